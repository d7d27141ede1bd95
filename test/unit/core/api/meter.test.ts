import assert from "node:assert/strict";
import { ApiError } from "../../../../src/core/api/errors.ts";
import type { RequestMeter } from "../../../../src/core/api/meter.ts";
import { modelOf } from "../../../../src/core/api/requestBody.ts";
import { bytes, fakeFetch, jsonResponse, sseResponse } from "./support/fakeFetch.ts";
import { streamEvents } from "./support/answers.ts";
import { failed, model, Scene } from "./support/scene.ts";

/** Writes down what it hears of each request. */
class Heard implements RequestMeter {
  readonly lines: string[] = [];
  refusal: Error | undefined;

  admit(): Promise<void> {
    return this.refusal === undefined ? Promise.resolve() : Promise.reject(this.refusal);
  }

  watch({ key, body }: Parameters<RequestMeter["watch"]>[0]) {
    const name = key.slice(0, 5);
    this.lines.push(
      `${name} ${modelOf(body).model} ${modelOf(body).completionWindow ?? "left to the server"}`,
    );
    return {
      event: ({ type }: { readonly type: string }) => void this.lines.push(type),
      ended: (error?: unknown) => void this.lines.push(error instanceof ApiError ? error.kind : "ended"),
    };
  }
}

describe("a meter", () => {
  const answer = () => sseResponse([bytes(streamEvents({ reasoning: "", content: "ok" }).join(""))]);

  it("hears of every request from its model to its end, also when it is run again", async () => {
    const heard = new Heard();
    const scene = new Scene({ meter: heard, fetch: fakeFetch(answer) });
    const request = await scene.prepare({ completionWindow: "standard" });
    assert.deepEqual(heard.lines, []);
    await scene.run(request);
    await scene.run(request);
    const once = [
      `key-1 ${model} standard`,
      "phase",
      "responded",
      "phase",
      "delta",
      "usage",
      "finished",
      "ended",
    ];
    assert.deepEqual(heard.lines, [...once, ...once]);
  });

  it("hears why a request failed, and of one that the person left", async () => {
    const heard = new Heard();
    const body = { error: { message: "No.", type: "invalid_request_error" } };
    const scene = new Scene({ meter: heard, fetch: fakeFetch(() => jsonResponse(body, 400)) });
    failed(await scene.run(await scene.prepare()), "invalidRequest");
    assert.deepEqual(heard.lines.slice(1), ["phase", "invalidRequest"]);

    const left = new Heard();
    const other = new Scene({ meter: left, fetch: fakeFetch(answer) });
    const events = other.client.streamChat(await other.prepare(), new AbortController().signal);
    for await (const event of events) if (event.type === "delta") break;
    assert.equal(left.lines.at(-1), "ended");
  });

  it("that admits no request keeps every new one from being sent, and none that was made before", async () => {
    const heard = new Heard();
    const scene = new Scene({ meter: heard, fetch: fakeFetch(answer) });
    const request = await scene.prepare();
    heard.refusal = new ApiError("overBudget", "Used up.");
    await assert.rejects(scene.prepare(), heard.refusal);
    assert.equal((await scene.run(request)).text.content, "ok");
    assert.equal(scene.sent.length, 1);
  });
});

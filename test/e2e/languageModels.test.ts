import assert from "node:assert/strict";
import type { ModelQuestion, ModelReply } from "../support/realVscode/helperClient.ts";
import { until } from "../support/realVscode/until.ts";
import { useStage } from "./support/stage.ts";

const model = "zai-org/GLM-5.1-FP8";
const weather = {
  name: "weather",
  description: "Tells the weather",
  inputSchema: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
};
/** One transparent pixel. */
const pixel =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

function textOf({ parts }: ModelReply): string {
  return parts.map((part) => ("text" in part ? part.text : "")).join("");
}

describe("Valar's models in another extension", () => {
  const stage = useStage({ settings: { "valar.reasoningEffort": "low" } });

  /** Asks through the second extension, and allows it once to use the models, as VS Code asks the person. */
  async function ask(
    question: Omit<ModelQuestion, "model"> & { readonly model?: string },
  ): Promise<ModelReply> {
    const reply = stage.window.helper.ask("askModel", { model, ...question });
    const allow = stage.window.page.getByRole("button", { name: "Allow", exact: true });
    let isDone = false;
    const done = reply.finally(() => (isDone = true));
    await until("the answer", async () => {
      if (await allow.isVisible()) await allow.click();
      return isDone;
    });
    return done;
  }

  const say = (text: string) => [{ role: "user" as const, parts: [{ text }] }];

  it("are listed by vendor, with what they can do", async () => {
    const models = await until("the models", async () => {
      const found = await stage.window.helper.ask("languageModels", { vendor: "valar" });
      return found.length > 0 ? found : undefined;
    });
    const found = models.find(({ id }) => id === model);
    assert.equal(found?.name, "GLM-5.1");
    assert.ok(found.maxInputTokens > 1000);
    assert.ok(models.length > 3);
  });

  it("answer in a stream, without their reasoning", async () => {
    stage.simulator.configure({ tokensPerSecond: 100 });
    const reply = await ask({ messages: say("Say: one two three four five six seven eight nine ten") });
    assert.equal(reply.error, null);
    assert.match(textOf(reply), /one two three .* ten/);
    assert.ok(reply.parts.length > 1, "more than one piece");
    assert.equal(stage.simulator.inferences, 1);
  });

  it("call tools, and take their results", async () => {
    const called = await ask({
      messages: say('Call weather with {"city":"Graz"}'),
      tools: [weather],
    });
    const call = called.parts.find((part) => "call" in part);
    assert.ok(call && "input" in call);
    assert.deepEqual(call.input, { city: "Graz" });
    const reply = await ask({
      messages: [
        ...say('Call weather with {"city":"Graz"}'),
        { role: "assistant", parts: [call] },
        { role: "user", parts: [{ id: call.id, result: "Sunny, 21 degrees" }] },
      ],
      tools: [weather],
    });
    assert.equal(reply.error, null);
    const sent = JSON.stringify(stage.simulator.requests.at(-1)?.body);
    assert.match(sent, /"role":"tool"/);
    assert.match(sent, /Sunny, 21 degrees/);
  });

  it("get images", async () => {
    const vision = "moonshotai/Kimi-K2.6";
    const messages = [{ role: "user" as const, parts: [{ text: "What is it?" }, { image: pixel }] }];
    const reply = await ask({ model: vision, messages });
    assert.equal(reply.error, null);
    assert.match(JSON.stringify(stage.simulator.requests.at(-1)?.body), /data:image\/png;base64,iVBOR/);
  });

  it("stop when they are cancelled", async () => {
    stage.simulator.configure({ tokensPerSecond: 50 });
    const reply = await ask({ messages: say("Write 20 KB of markdown."), cancelAfter: 3 });
    assert.ok(textOf(reply).length < 5000);
    await until("the end of the request", () => stage.simulator.requests.at(-1)?.outcome !== "open");
    assert.notEqual(stage.simulator.requests.at(-1)?.outcome, "answered");
  });

  it("count tokens", async () => {
    const count = (text: string) => stage.window.helper.ask("countTokens", { model, text });
    const short = await count("hello");
    const long = await count("hello ".repeat(1000));
    assert.ok(short >= 1 && short <= 5);
    assert.ok(long > 500 && long < 4000, String(long));
  });

  it("are listed while Valar cannot be reached, and say so when they are asked", async () => {
    stage.simulator.down();
    try {
      await stage.window.reloadWindow();
      const models = await until("the models", async () => {
        const found = await stage.window.helper.ask("languageModels", { vendor: "valar" });
        return found.length > 3 ? found : undefined;
      });
      assert.ok(models.some(({ id }) => id === model));
      const reply = await ask({ messages: say("Say: hello") });
      assert.match(reply.error?.message ?? "", /^The server refused the connection\./);
    } finally {
      await stage.simulator.up();
    }
  });

  it("fail with the codes that VS Code's callers know", async () => {
    stage.simulator.faults.add({ action: { type: "status", status: 402 } });
    const reply = await ask({ messages: say("Say: hello") });
    assert.equal(reply.error?.code, "Blocked");
  });
});

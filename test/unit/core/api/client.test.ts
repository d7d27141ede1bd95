import assert from "node:assert/strict";
import { createServer } from "node:http";
import { setImmediate as nextTurn } from "node:timers/promises";
import { ApiError } from "../../../../src/core/api/errors.ts";
import type { ChatEvent } from "../../../../src/core/api/types.ts";
import { isAbortError } from "../../../../src/core/util/abort.ts";
import { startSimulator, type Simulator } from "../../../support/simulator/server.ts";
import { bytes, fakeFetch, jsonResponse, sseResponse } from "./support/fakeFetch.ts";
import { chunk, done, streamEvents } from "./support/answers.ts";
import { model, Scene, token, userSays } from "./support/scene.ts";

const never = new AbortController().signal;
const isKind = (kind: ApiError["kind"]) => (error: unknown) =>
  error instanceof ApiError && error.kind === kind;

describe("ApiClient", function () {
  this.timeout(30_000);
  let simulator: Simulator;
  let at: Scene;
  before(async () => {
    simulator = await startSimulator();
  });
  beforeEach(() => {
    simulator.reset();
    at = new Scene({ baseUrl: simulator.baseUrl });
  });
  after(() => simulator.close());

  describe("prepareChat", () => {
    it("freezes key, bytes, hash, origin and a fingerprint; no token", async () => {
      const [one, two] = [await at.prepare(), await at.prepare()];
      assert.notEqual(one.key, two.key);
      assert.ok(one.key.length <= 255);
      assert.equal(one.body, two.body);
      assert.equal(one.bodyHash, two.bodyHash);
      assert.match(one.bodyHash, /^[0-9a-f]{64}$/);
      assert.match(one.tokenFingerprint, /^[0-9a-f]{16}$/);
      assert.equal(one.baseUrl, simulator.baseUrl);
      assert.ok(!JSON.stringify(one).includes(token));
      assert.equal(at.sent.length, 0);
    });

    it("gives another fingerprint for another token or origin", async () => {
      const prints = await Promise.all(
        [
          { baseUrl: "https://a.example/v1", token: "one" },
          { baseUrl: "https://a.example/v1", token: "two" },
          { baseUrl: "https://b.example/v1", token: "one" },
        ].map(async (access) => {
          const scene = new Scene({ access: () => Promise.resolve(access) });
          return (await scene.prepare()).tokenFingerprint;
        }),
      );
      assert.equal(new Set(prints).size, 3);
    });

    it("wants a token, a usable one, and a safe address", async () => {
      const by = (access: { baseUrl: string; token: string } | undefined): Promise<unknown> =>
        new Scene({ access: () => Promise.resolve(access) }).prepare();
      await assert.rejects(by(undefined), isKind("noToken"));
      await assert.rejects(by({ baseUrl: "http://a.example/v1", token }), isKind("invalidRequest"));
      for (const bad of ["", "two words", "line\nbreak", "schlüssel"]) {
        await assert.rejects(by({ baseUrl: "https://a.example/v1", token: bad }), isKind("unauthorized"));
      }
    });
  });

  describe("streamChat", () => {
    it("sends what the API wants", async () => {
      const seen: RequestInit[] = [];
      const scene = new Scene({
        fetch: fakeFetch((init) => {
          seen.push(init);
          return sseResponse([bytes(streamEvents({ reasoning: "", content: "ok" }).join(""))]);
        }),
      });
      const request = await scene.prepare();
      await scene.run(request);
      const [init] = seen;
      assert.ok(init);
      const headers = new Headers(init.headers);
      assert.equal(headers.get("authorization"), `Bearer ${token}`);
      assert.equal(headers.get("content-type"), "application/json");
      assert.match(headers.get("accept") ?? "", /^text\/event-stream/);
      assert.equal(headers.get("idempotency-key"), request.key);
      assert.deepEqual(
        [init.method, init.redirect, init.credentials, init.cache, init.body],
        ["POST", "error", "omit", "no-store", request.body],
      );
      assert.equal(scene.sent[0]?.url, "https://api.example.test/v1/chat/completions");
    });

    it("tells reasoning, content, usage and the end, in this order", async () => {
      const outcome = await at.run(await at.prepare("repeat: hi"));
      const order = outcome.events.map((event) => (event.type === "delta" ? event.channel : event.type));
      assert.deepEqual(
        order.filter((name, index) => name !== order[index - 1]),
        ["phase", "responded", "phase", "reasoning", "content", "usage", "finished"],
      );
      assert.equal(outcome.finish?.model, model);
      assert.match(outcome.finish.requestId ?? "", /^req_/);
      assert.match(outcome.finish.responseId ?? "", /^chatcmpl-/);
    });

    it("tells the request id as soon as the response begins, before anything of it is there", async () => {
      const scene = new Scene({
        fetch: fakeFetch(() => sseResponse([], "stall")),
      });
      const controller = new AbortController();
      const events: ChatEvent[] = [];
      for await (const event of scene.client.streamChat(await scene.prepare(), controller.signal)) {
        events.push(event);
        if (event.type === "responded") controller.abort();
      }
      assert.deepEqual(events.at(-1), { type: "responded", requestId: "req_fake" });
    });

    it("tells a refusal on its own channel", async () => {
      const outcome = await at.run(await at.prepare("refuse this"));
      assert.match(outcome.text.refusal, /cannot help/);
      assert.equal(outcome.text.content, "");
      assert.equal(outcome.finish?.reason, "stop");
    });

    for (const reason of ["stop", "length", "tool_calls", "content_filter", "function_call", "eos"]) {
      it(`knows what to make of finish_reason ${reason}`, async () => {
        const body = chunk({ content: "x" }) + chunk({}, reason) + done;
        const scene = new Scene({ fetch: fakeFetch(() => sseResponse([bytes(body)])) });
        const { finish } = await scene.run(await scene.prepare());
        assert.equal(finish?.reason, reason === "eos" ? undefined : reason);
        assert.equal(finish?.verified, reason !== "content_filter" && reason !== "eos");
        assert.equal(finish.truncated, reason === "length");
      });
    }

    it("puts tool calls together when they come in pieces", async () => {
      const piece = (index: number, more: object): string => chunk({ tool_calls: [{ index, ...more }] });
      const body =
        piece(0, { id: "a", type: "function", function: { name: "f", arguments: '{"x"' } }) +
        piece(1, { id: "b", type: "custom", custom: { name: "sh", input: "ls " } }) +
        piece(0, { function: { arguments: ":1}" } }) +
        piece(1, { custom: { input: "-l" } }) +
        chunk({}, "tool_calls") +
        done;
      const scene = new Scene({ fetch: fakeFetch(() => sseResponse([bytes(body)])) });
      const { toolCalls } = await scene.run(await scene.prepare());
      assert.deepEqual(toolCalls, [
        { id: "a", name: "f", arguments: '{"x":1}' },
        { type: "custom", id: "b", name: "sh", arguments: "ls -l" },
      ]);
    });

    it("leaves out token details the server does not give", async () => {
      simulator.configure({ usageDetails: false });
      const outcome = await at.run(await at.prepare());
      const usage = outcome.events.find((event) => event.type === "usage")?.usage;
      assert.deepEqual(Object.keys(usage ?? {}), ["promptTokens", "completionTokens", "totalTokens"]);
    });

    it("keeps the connection for the next request", async () => {
      let connections = 0;
      const server = createServer((_request, response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        // The end comes in a packet of its own.
        response.write(streamEvents({ reasoning: "", content: "ok" }).join(""));
        setImmediate(() => setImmediate(() => response.end()));
      });
      server.on("connection", () => (connections += 1));
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const address = server.address();
      assert.ok(address !== null && typeof address === "object");
      try {
        for (let n = 0; n < 5; n += 1) {
          const scene = new Scene({ baseUrl: `http://127.0.0.1:${address.port}/v1` });
          assert.ok((await scene.run(await scene.prepare())).finish);
        }
        assert.equal(connections, 1);
      } finally {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    });

    it("ends though the connection stays open after [DONE]", async () => {
      simulator.faults.add({ action: { type: "break", at: {}, then: "doneThenStall" } });
      const running = at.run(await at.prepare("repeat: hi"), {
        onEvent: async (event) => {
          if (event.type !== "finished") return;
          await nextTurn();
          void nextTurn().then(() => at.clock.advance(250));
        },
      });
      assert.equal((await running).text.content, "hi");
      await simulator.waitUntil(([entry]) => entry?.outcome !== "open");
    });

    it("refuses a stored request that was damaged", async () => {
      const request = await at.prepare();
      const outcome = await at.run({ ...request, body: request.body.slice(1) });
      assert.match(outcome.error?.message ?? "", /damaged/);
      assert.equal(at.sent.length, 0);
    });

    it("does not send a stored request to an address the settings do not name", async () => {
      const request = await at.prepare();
      const outcome = await at.run({ ...request, baseUrl: "https://evil.example/v1" });
      assert.equal(outcome.error?.kind, "tokenChanged");
      assert.equal(at.sent.length, 0);
    });

    it("recovers with the stored key: one inference", async () => {
      const request = await at.prepare("repeat: one two three");
      const first = await at.run(request);
      const stored = JSON.parse(JSON.stringify(request)) as typeof request;
      const later = new Scene({ baseUrl: simulator.baseUrl });
      const shown = { content: first.text.content.slice(0, 5), reasoning: first.text.reasoning };
      const outcome = await later.run(stored, { shown });
      assert.equal(shown.content + outcome.text.content, "one two three");
      assert.equal(outcome.text.reasoning, "");
      assert.equal(simulator.inferences, 1);
    });
  });

  describe("completeChat", () => {
    it("gives the whole answer", async () => {
      const request = await at.client.prepareChat({ model, messages: userSays("repeat: whole") });
      const answer = await at.client.completeChat(request, never);
      assert.equal(answer.content, "whole");
      assert.notEqual(answer.reasoning, "");
      assert.equal(answer.finish.reason, "stop");
      assert.ok((answer.usage?.totalTokens ?? 0) > 0);
      assert.equal(simulator.requests.at(-1)?.body?.["stream"], undefined);
    });

    it("throws AbortError on abort", async () => {
      simulator.faults.add({ action: { type: "stall" } });
      const controller = new AbortController();
      const request = await at.client.prepareChat({ model, messages: userSays("x") });
      const waiting = at.client.completeChat(request, controller.signal);
      await simulator.waitUntil((requests) => requests.length === 1);
      controller.abort();
      await assert.rejects(waiting, isAbortError);
      assert.equal(at.clock.pending, 0);
    });
  });

  describe("listModels and checkToken", () => {
    it("list models", async () => {
      const models = await at.client.listModels(never);
      assert.ok(models.some(({ id, created }) => id === model && created > 0));
      assert.equal(at.clock.pending, 0);
    });

    it("check a token before it is stored", async () => {
      const check = (given: string): Promise<unknown> =>
        at.client.checkToken({ baseUrl: simulator.baseUrl, token: given }, never);
      await check(token);
      await check(` ${token}\n`);
      await assert.rejects(check("sk_wrong"), isKind("unauthorized"));
      await assert.rejects(check("not a token"), isKind("unauthorized"));
    });

    it("say what is wrong", async () => {
      const list = (answer: () => Response): Promise<unknown> =>
        new Scene({ fetch: fakeFetch(answer) }).client.listModels(never);
      await assert.rejects(
        list(() => new Response("<html><title>Portal</title>")),
        /Portal/,
      );
      await assert.rejects(
        list(() => jsonResponse({})),
        isKind("protocol"),
      );
      await assert.rejects(
        list(() => jsonResponse({}, 500)),
        isKind("server"),
      );
      assert.deepEqual(await list(() => jsonResponse({ data: [{ id: 1 }, { id: "a" }, null] })), [
        { id: "a", ownedBy: "", created: 0 },
      ]);
    });

    it("time out and can be cancelled", async () => {
      const hanging = (): Promise<Response> => new Promise(() => undefined);
      const scene = new Scene({ fetch: fakeFetch(hanging) });
      const late = scene.client.listModels(never);
      await scene.advanceUntil(0, () => scene.sent.length === 1);
      scene.clock.advance(90_000);
      await assert.rejects(late, isKind("timeout"));
      const controller = new AbortController();
      const left = scene.client.listModels(controller.signal);
      await scene.advanceUntil(0, () => scene.sent.length === 2);
      controller.abort();
      await assert.rejects(left, isAbortError);
      assert.equal(scene.clock.pending, 0);
    });
  });
});

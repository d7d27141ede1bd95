/**
 * Rows 1 to 51 of the fault matrix, each against the simulator over real connections; what needs every place or
 * any chunking is in `replay.test.ts`. `Scene.run` checks the common oracle after every request.
 */
import assert from "node:assert/strict";
import { setGlobalProxyFromEnv } from "node:http";
import { setImmediate as nextTurn } from "node:timers/promises";
import { ApiError } from "../../../../src/core/api/errors.ts";
import { sha256 } from "../../../../src/core/api/fingerprint.ts";
import type { Access, PreparedRequest } from "../../../../src/core/api/types.ts";
import { matrixFaults } from "../../../support/simulator/faultMatrix.ts";
import {
  startRefusingProxy,
  startUntrustedTlsHost,
  unresolvableBaseUrl,
} from "../../../support/simulator/network/badNetwork.ts";
import { startSimulator, type Simulator } from "../../../support/simulator/server.ts";
import { bytes, fakeFetch, jsonResponse, sseResponse } from "./support/fakeFetch.ts";
import { chunk } from "./support/answers.ts";
import { failed, Scene, token, userSays, type Outcome, type SceneOptions } from "./support/scene.ts";

const text =
  "Grüße, 世界! 🎉 The quick brown fox jumps over the lazy dog — “twice”, says the 👩‍👩‍👧 family.\r\nEnd.";
const prompt = `repeat: ${text}`;

describe("fault matrix", function () {
  // Rows that write byte by byte are slow on a busy machine.
  this.timeout(30_000);
  let simulator: Simulator;

  before(async () => {
    simulator = await startSimulator();
  });
  afterEach(() => simulator.reset());
  after(() => simulator.close());

  const scene = (options: SceneOptions = {}): Scene => new Scene({ baseUrl: simulator.baseUrl, ...options });

  /** Sends the usual request into the faults of a row. */
  async function meet(row: number, options: SceneOptions = {}): Promise<{ outcome: Outcome; at: Scene }> {
    const at = scene(options);
    simulator.faults.add(...matrixFaults(row));
    const outcome = await at.run(await at.prepare(prompt));
    return { outcome, at };
  }

  /** The answer came whole, from one inference, after this many attempts. */
  function answered(outcome: Outcome, attempts: number, inferences = 1): void {
    assert.equal(outcome.error, undefined, outcome.error?.message);
    assert.equal(outcome.text.content, text);
    assert.notEqual(outcome.text.reasoning, "");
    assert.equal(outcome.finish?.attempts, attempts);
    assert.equal(outcome.finish.truncated, false);
    assert.equal(simulator.inferences, inferences);
  }

  /** Everything that failed without another attempt. */
  function failedOnce(outcome: Outcome, kind: ApiError["kind"], at: Scene): ApiError {
    const error = failed(outcome, kind);
    assert.equal(at.sent.length, 1);
    assert.deepEqual(at.waits, []);
    return error;
  }

  /** The first attempt meets another network, the rest the simulator. */
  const firstThrough =
    (first: typeof globalThis.fetch): typeof globalThis.fetch =>
    (input, init) => {
      const fetch = first;
      first = globalThis.fetch;
      return fetch(input, init);
    };

  it("row 1: DNS failure → retry", async () => {
    const away = firstThrough((_input, init) => fetch(`${unresolvableBaseUrl}/chat/completions`, init));
    const at = scene({ fetch: away });
    const outcome = await at.run(await at.prepare(prompt));
    answered(outcome, 2);
    assert.deepEqual(outcome.phases, ["sending", "reconnecting", "streaming"]);
  });

  it("row 1: DNS failure for good → named after four attempts", async () => {
    const at = scene({ fetch: (_input, init) => fetch(`${unresolvableBaseUrl}/chat/completions`, init) });
    const error = failed(await at.run(await at.prepare(prompt)), "network");
    assert.match(error.message, /name could not be found/);
    assert.equal(error.details.attempts, 4);
    assert.deepEqual(at.waits, [250, 500, 1000]);
  });

  it("row 2: refused → retry", async () => {
    const at = scene();
    const request = await at.prepare(prompt);
    simulator.down();
    const outcome = await at.run(request, {
      onEvent: async (event) => {
        if (event.type === "phase" && event.phase.type === "reconnecting") await simulator.up();
      },
    });
    answered(outcome, 2);
  });

  it("row 3: TLS error → no retry, certificate help", async () => {
    const host = await startUntrustedTlsHost();
    try {
      const at = scene({ baseUrl: `${host.origin}/v1` });
      const outcome = await at.run(await at.prepare(prompt));
      assert.match(failedOnce(outcome, "tls", at).message, /certificate.*systemCertificates/);
      assert.deepEqual(host.requests, []);
    } finally {
      await host.close();
    }
  });

  it("row 4: proxy 407 → no retry, proxy help", async () => {
    const proxy = await startRefusingProxy();
    const restore = setGlobalProxyFromEnv({ https_proxy: proxy.origin });
    try {
      const at = scene({ baseUrl: unresolvableBaseUrl });
      const outcome = await at.run(await at.prepare(prompt));
      assert.match(failedOnce(outcome, "proxy", at).message, /user name and password.*http\.proxy/);
      assert.deepEqual(proxy.requests, [{ method: "CONNECT", hadToken: false }]);
    } finally {
      restore();
      await proxy.close();
    }
  });

  it("row 4: 407 as an answer → no retry, proxy help", async () => {
    simulator.faults.add({ action: { type: "status", status: 407, body: "<html><body>No</body></html>" } });
    const at = scene();
    assert.match(failedOnce(await at.run(await at.prepare(prompt)), "proxy", at).message, /proxy/i);
  });

  it("row 5: stall before headers → timeout, retry", async () => {
    simulator.faults.add(...matrixFaults(5));
    const at = scene();
    const running = at.run(await at.prepare(prompt));
    await simulator.waitUntil((requests) => requests.length === 1);
    await nextTurn();
    at.clock.advance(89_999);
    await nextTurn();
    assert.equal(at.sent.length, 1);
    at.clock.advance(1);
    answered(await running, 2);
  });

  it("row 6: reset before headers → retry", async () => {
    const { outcome } = await meet(6);
    answered(outcome, 2);
  });

  it("row 7: reset after headers → replay", async () => {
    const { outcome } = await meet(7);
    answered(outcome, 2);
  });

  it("row 8: reset after N characters → exact suffix, at every 7th N", async () => {
    for (let content = 0; content <= text.length; content += 7) {
      simulator.reset();
      simulator.faults.add({ action: { type: "break", at: { content }, then: "reset" } });
      const at = scene();
      answered(await at.run(await at.prepare(prompt)), 2);
    }
  });

  it("row 9: clean end without finish → replay", async () => {
    const { outcome } = await meet(9);
    answered(outcome, 2);
    assert.equal(outcome.finish?.verified, true);
  });

  it("row 10: finish, then end without [DONE] → complete", async () => {
    const { outcome } = await meet(10);
    answered(outcome, 1);
    assert.equal(outcome.finish?.verified, true);
  });

  it("row 11: [DONE] without finish → complete, but unverified", async () => {
    const { outcome } = await meet(11);
    answered(outcome, 1);
    assert.equal(outcome.finish?.reason, undefined);
    assert.equal(outcome.finish?.verified, false);
  });

  it("row 12: [DONE], then reset → complete", async () => {
    const { outcome } = await meet(12);
    answered(outcome, 1);
  });

  it("row 13: data after [DONE] → ignored", async () => {
    const { outcome } = await meet(13);
    answered(outcome, 1);
  });

  it("row 14: idle stall → replay", async () => {
    simulator.faults.add(...matrixFaults(14));
    const at = scene();
    const running = at.run(await at.prepare(prompt));
    await simulator.waitUntil((requests) => (requests[0]?.contentWritten ?? 0) >= 40);
    await at.advanceUntil(20_000, () => at.waits.length > 0);
    const outcome = await running;
    answered(outcome, 2);
    assert.deepEqual(outcome.phases, ["sending", "streaming", "reconnecting", "catchingUp", "streaming"]);
  });

  it("row 15: heartbeats for ever → total timeout", async () => {
    let beats = 0;
    const at = scene({
      fetch: fakeFetch(() => {
        const body = new ReadableStream<Uint8Array>({
          async pull(controller) {
            beats += 1;
            await nextTurn();
            at.clock.advance(20_000);
            controller.enqueue(bytes(": still here\n\n"));
          },
        });
        return new Response(body, { headers: { "content-type": "text/event-stream" } });
      }),
    });
    const error = failed(await at.run(await at.prepare(prompt)), "timeout");
    assert.match(error.message, /time limit for the whole request/);
    assert.equal(at.sent.length, 1);
    assert.ok(beats >= 29 && beats <= 32, `${beats} beats of 20 s make 10 minutes`);
  });

  it("row 15: heartbeats over a real connection count as life", async () => {
    simulator.configure({ heartbeatMs: 5, firstTokenMs: 60 });
    const at = scene();
    const running = at.run(await at.prepare(prompt));
    await simulator.waitUntil((requests) => requests.length === 1);
    answered(await running, 1);
  });

  it("row 16: 400 → fails once", async () => {
    const { outcome, at } = await meet(16);
    assert.match(failedOnce(outcome, "invalidRequest", at).message, /The request is not valid/);
  });

  it("row 17: idempotency_error → stop", async () => {
    const { outcome, at } = await meet(17);
    failedOnce(outcome, "idempotency", at);
  });

  it("row 17: another body with the same key, refused by the server's own reckoning", async () => {
    const first = scene();
    const request = await first.prepare(prompt);
    await first.run(request);
    const body = request.body.replace("quick", "slow");
    const other: PreparedRequest = { ...request, body, bodyHash: await sha256(body) };
    const at = scene();
    failedOnce(await at.run(other), "idempotency", at);
    assert.equal(simulator.inferences, 1);
  });

  it("row 18: 401 → sign in", async () => {
    const { outcome, at } = await meet(18);
    const error = failedOnce(outcome, "unauthorized", at);
    assert.equal(error.details.status, 401);
    assert.match(error.details.requestId ?? "", /^req_/);
  });

  it("row 18: 401 that quotes the token → not passed on", async () => {
    const envelope = { error: { message: `Key ${token} is wrong`, type: token, param: null, code: null } };
    simulator.faults.add({ action: { type: "status", status: 401, envelope } });
    const at = scene();
    assert.match(failedOnce(await at.run(await at.prepare(prompt)), "unauthorized", at).message, /\[token\]/);
  });

  it("row 19: token changed during retry → ask", async () => {
    let access: Access | undefined = { baseUrl: simulator.baseUrl, token };
    const at = scene({ access: () => Promise.resolve(access) });
    simulator.faults.add(...matrixFaults(19));
    const outcome = await at.run(await at.prepare(prompt), {
      onEvent: (event) => {
        if (event.type === "phase" && event.phase.type === "reconnecting") {
          access = { baseUrl: simulator.baseUrl, token: "sk_second" };
        }
      },
    });
    failed(outcome, "tokenChanged");
    assert.equal(at.sent.length, 1);
  });

  it("row 19: signed out, or another server, during retry → not sent there", async () => {
    const original = { baseUrl: simulator.baseUrl, token };
    const changes = [
      [undefined, "noToken"],
      [{ ...original, baseUrl: "https://other.example.test/v1" }, "tokenChanged"],
    ] as const;
    for (const [change, kind] of changes) {
      let access: Access | undefined = original;
      const at = scene({ access: () => Promise.resolve(access) });
      simulator.faults.add(...matrixFaults(19));
      const request = await at.prepare(prompt);
      const outcome = await at.run(request, { onEvent: () => void (access = change) });
      failed(outcome, kind);
      assert.deepEqual(
        at.sent.map(({ url }) => new URL(url).origin),
        at.sent.map(() => simulator.origin),
      );
    }
  });

  it("row 20: 402 → billing", async () => {
    const { outcome, at } = await meet(20);
    failedOnce(outcome, "billing", at);
  });

  it("row 21: 403/404 → explained", async () => {
    const forbidden = await meet(21);
    assert.match(failedOnce(forbidden.outcome, "forbidden", forbidden.at).message, /may not/);
    const at = scene();
    assert.match(
      failedOnce(await at.run(await at.prepare(prompt)), "notFound", at).message,
      /address or model/,
    );
  });

  it("row 22: 408 → retry", async () => {
    const { outcome } = await meet(22);
    answered(outcome, 2);
  });

  it("row 23: 409 → back off, same key", async () => {
    const { outcome, at } = await meet(23);
    answered(outcome, 2);
    assert.deepEqual(at.waits, [250]);
  });

  it("row 24: 413 → offer less context", async () => {
    const { outcome, at } = await meet(24);
    assert.match(failedOnce(outcome, "tooLarge", at).message, /less context/);
  });

  it("row 25: 429 in seconds → waits as told", async () => {
    const { outcome, at } = await meet(25);
    answered(outcome, 2);
    assert.deepEqual(at.waits, [1000]);
    assert.deepEqual(outcome.phases, ["sending", "rateLimited", "sending", "streaming"]);
  });

  it("row 26: 429 with an HTTP date → waits until then", async () => {
    const { outcome, at } = await meet(26);
    answered(outcome, 2);
    // The date has whole seconds.
    assert.ok((at.waits[0] ?? 0) >= 1000 && (at.waits[0] ?? 0) <= 2000, `${at.waits[0]} ms`);
  });

  it("row 27: 429 with a past or invalid date → jitter", async () => {
    const { outcome, at } = await meet(27);
    answered(outcome, 3);
    assert.deepEqual(at.waits, [250, 500]);
  });

  it("row 28: 429 at 3,600 s → a countdown, never sooner", async () => {
    simulator.faults.add(...matrixFaults(28));
    const at = scene();
    const running = at.run(await at.prepare(prompt), { passWaits: false });
    await simulator.waitUntil((requests) => requests[0]?.outcome === "answered");
    await at.advanceUntil(0, () => at.waits.length === 1);
    assert.deepEqual(at.waits, [3_600_000]);
    await nextTurn();
    at.clock.advance(3_599_999);
    await nextTurn();
    assert.equal(at.sent.length, 1);
    at.clock.advance(1);
    answered(await running, 2);
  });

  it("row 28: the countdown can be cancelled", async () => {
    simulator.faults.add(...matrixFaults(28));
    const at = scene();
    const controller = new AbortController();
    const running = at.run(await at.prepare(prompt), { passWaits: false, signal: controller.signal });
    await at.advanceUntil(0, () => at.waits.length === 1);
    await nextTurn();
    controller.abort();
    const outcome = await running;
    assert.equal(outcome.error, undefined);
    assert.equal(outcome.finish, undefined);
    assert.equal(at.sent.length, 1);
  });

  it("row 29: insufficient_quota → stop", async () => {
    const { outcome, at } = await meet(29);
    failedOnce(outcome, "quota", at);
  });

  it("row 30: 500/502/503/504 → retry, four attempts in all", async () => {
    const { outcome, at } = await meet(30);
    const error = failed(outcome, "server");
    assert.equal(error.details.status, 504);
    assert.equal(at.sent.length, 4);
    for (const { action } of matrixFaults(30)) {
      simulator.reset();
      simulator.faults.add({ action });
      const one = scene();
      answered(await one.run(await one.prepare(prompt)), 2);
    }
  });

  it("row 31: HTML 502 → readable message", async () => {
    const [fault] = matrixFaults(31);
    assert.ok(fault);
    simulator.faults.add({ ...fault, times: -1 });
    const at = scene();
    const { message } = failed(await at.run(await at.prepare(prompt)), "server");
    assert.match(message, /web page titled “502 Bad Gateway”/);
    assert.doesNotMatch(message, /</);
  });

  it("row 32: 200 with a JSON error → classified", async () => {
    const { outcome } = await meet(32);
    answered(outcome, 2);
    const envelope = { error: { message: "No.", type: "invalid_request_error", param: "model", code: null } };
    simulator.faults.add({ action: { type: "status", status: 200, envelope } });
    const at = scene();
    const error = failedOnce(await at.run(await at.prepare(prompt)), "invalidRequest", at);
    assert.equal(error.details.param, "model");
  });

  it("row 33: 200 with a JSON completion → shown once", async () => {
    const { outcome } = await meet(33);
    answered(outcome, 1);
    assert.equal(outcome.events.filter(({ type }) => type === "delta").length, 2);
  });

  it("row 34: error event mid-stream → classified, replayed if transient", async () => {
    const { outcome } = await meet(34);
    answered(outcome, 2);
    simulator.faults.add({
      action: {
        type: "insert",
        at: { content: 20 },
        raw: 'event: error\ndata: {"type":"billing_error","message":"No credit."}\n\n',
      },
    });
    const at = scene();
    const stopped = await at.run(await at.prepare(prompt));
    assert.match(failedOnce(stopped, "billing", at).message, /No credit/);
    assert.equal(stopped.text.content, text.slice(0, stopped.text.content.length));
  });

  it("row 35: malformed JSON event → replay, nothing partial", async () => {
    const { outcome } = await meet(35);
    answered(outcome, 2);
  });

  it("row 36: replay cut into other chunks → identical", async () => {
    const { outcome } = await meet(36);
    answered(outcome, 2);
  });

  it("row 37: replay as JSON → exact suffix", async () => {
    const { outcome } = await meet(37);
    answered(outcome, 2);
  });

  it("row 38: replay shorter, in progress → holds, backs off", async () => {
    const { outcome, at } = await meet(38);
    answered(outcome, 3);
    assert.deepEqual(at.waits, [250, 500]);
  });

  it("row 39: replay shorter, complete → diverged", async () => {
    const { outcome } = await meet(39);
    const error = failed(outcome, "diverged");
    assert.ok(text.startsWith(outcome.text.content));
    assert.ok(outcome.text.content.length > (error.details.replay?.content.length ?? Infinity));
    assert.equal(error.details.replay?.finish?.reason, "stop");
  });

  it("row 40: replay differs at character k → diverged, no splice", async () => {
    const { outcome } = await meet(40);
    const error = failed(outcome, "diverged");
    assert.ok(text.startsWith(outcome.text.content), "what is shown stays");
    assert.equal(error.details.replay?.content, `${text.slice(0, 20)}#${text.slice(21)}`);
  });

  it("row 41: replay drops twice → longer prefix kept", async () => {
    const { outcome, at } = await meet(41);
    answered(outcome, 3);
    assert.deepEqual(at.waits, [250, 500]);
  });

  it("row 41: drops for ever → the budget ends it, the text stays", async () => {
    simulator.faults.add({ times: -1, action: { type: "break", at: { content: 30 }, then: "reset" } });
    const at = scene();
    const outcome = await at.run(await at.prepare(prompt));
    failed(outcome, "network");
    assert.equal(at.sent.length, 4);
    assert.ok(text.startsWith(outcome.text.content) && outcome.text.content.length >= 28);
  });

  it("row 42: UTF-8 or surrogate split → intact", async () => {
    const { outcome } = await meet(42);
    answered(outcome, 1);
    for (const event of outcome.events) {
      if (event.type === "delta")
        assert.doesNotMatch(event.text, /\p{Surrogate}/u, "no half of a character is emitted");
    }
  });

  it("row 43: CR/CRLF split → one newline", async () => {
    const { outcome } = await meet(43);
    answered(outcome, 1);
    const at = scene();
    answered(await at.run(await at.prepare(prompt)), 1, 2);
  });

  it("row 44: 10 MB line → bounded failure", async () => {
    const { outcome, at } = await meet(44);
    assert.match(failedOnce(outcome, "protocol", at).message, /too long/);
  });

  it("row 45: truncated gzip → replay", async () => {
    const { outcome } = await meet(45);
    answered(outcome, 2);
  });

  it("row 46: usage-only chunk → no text", async () => {
    const { outcome } = await meet(46);
    answered(outcome, 1);
    const usages = outcome.events.filter((event) => event.type === "usage");
    assert.equal(usages.length, 1);
    assert.ok((usages[0]?.usage.completionTokens ?? 0) > 1, "the last usage counts");
  });

  const tools = [{ name: "read_file", parameters: { type: "object", properties: {} } }];
  const toolRequest = { messages: userSays('call read_file with {"path":"src/a.ts"}'), tools };

  it("row 47: tool arguments cut → never run", async () => {
    simulator.faults.add(...matrixFaults(47));
    const at = scene();
    const outcome = await at.run(await at.prepare(toolRequest));
    assert.equal(outcome.finish?.attempts, 2);
    assert.deepEqual(
      outcome.toolCalls.map((call) => call.arguments),
      ['{"path":"src/a.ts"}'],
    );
    simulator.reset();
    simulator.faults.add({ times: -1, action: { type: "break", at: { toolArguments: 5 }, then: "reset" } });
    const never = scene();
    const broken = await never.run(await never.prepare(toolRequest));
    failed(broken, "network");
    assert.deepEqual(broken.toolCalls, []);
  });

  it("row 47: tool arguments cut by the token limit → never run", async () => {
    const call = {
      index: 0,
      id: "call_1",
      type: "function",
      function: { name: "read_file", arguments: '{"pa' },
    };
    for (const reason of ["length", null]) {
      const body = chunk({ tool_calls: [call] }, reason) + "data: [DONE]\n\n";
      const at = scene({ fetch: fakeFetch(() => sseResponse([bytes(body)])) });
      const outcome = await at.run(await at.prepare(toolRequest));
      assert.ok(outcome.finish);
      assert.deepEqual(outcome.toolCalls, []);
    }
  });

  it("row 48: replay after a tool ran → not run again", async () => {
    simulator.faults.add(...matrixFaults(48));
    const at = scene();
    const request = await at.prepare(toolRequest);
    const outcome = await at.run(request);
    assert.equal(outcome.toolCalls.length, 1, "once, though it came twice");
    const { text: shownText, toolCalls } = outcome;
    const again = await scene().run(request, { shown: { ...shownText, toolCalls } });
    assert.deepEqual(again.toolCalls, []);
    assert.ok(again.finish);
    const other = toolCalls.map((call) => ({ ...call, arguments: "{}" }));
    failed(await scene().run(request, { shown: { ...shownText, toolCalls: other } }), "diverged");
    assert.equal(simulator.inferences, 1);
  });

  it("row 49: redirect → refused, no token sent", async () => {
    const elsewhere = await startSimulator();
    try {
      for (const status of [301, 302, 307, 308]) {
        const headers = { Location: `${elsewhere.baseUrl}/chat/completions` };
        simulator.faults.add({ action: { type: "status", status, headers, body: "" } });
        const at = scene();
        failedOnce(await at.run(await at.prepare(prompt)), "redirect", at);
      }
      assert.equal(elsewhere.requests.length, 0);
    } finally {
      await elsewhere.close();
    }
  });

  describe("row 50: cancel in every state → nothing written after", () => {
    const cancelled = async (at: Scene, until: () => Promise<unknown>): Promise<void> => {
      const controller = new AbortController();
      let late = 0;
      const request = await at.prepare(prompt);
      const running = at.run(request, {
        signal: controller.signal,
        passWaits: false,
        onEvent: () => void (late += controller.signal.aborted ? 1 : 0),
      });
      await until();
      await nextTurn();
      controller.abort();
      const outcome = await running;
      assert.equal(outcome.error, undefined);
      assert.equal(outcome.finish, undefined);
      assert.equal(late, 0);
      await simulator.waitUntil((requests) => requests.every((entry) => entry.outcome !== "open"));
      assert.ok(at.sent.length <= 2);
    };
    const waiting = (at: Scene) => (): Promise<void> => at.advanceUntil(0, () => at.waits.length > 0);

    it("row 50: before sending", () => cancelled(scene(), () => Promise.resolve()));

    it("row 50: waiting for headers", async () => {
      simulator.faults.add({ action: { type: "stall" } });
      await cancelled(scene(), () => simulator.waitUntil((requests) => requests.length === 1));
    });

    it("row 50: streaming", async () => {
      simulator.faults.add(...matrixFaults(50));
      await cancelled(scene(), () => simulator.waitUntil((requests) => requests.some(({ held }) => held)));
    });

    it("row 50: backing off", async () => {
      simulator.faults.add({ action: { type: "reset" } });
      const at = scene();
      await cancelled(at, waiting(at));
    });

    it("row 50: catching up", async () => {
      simulator.faults.add(
        { action: { type: "break", at: { content: 60 }, then: "reset" } },
        { action: { type: "break", at: { content: 20 }, then: "hold" } },
      );
      const at = scene();
      await cancelled(at, async () => {
        await waiting(at)();
        await nextTurn();
        at.clock.advance(250);
        await simulator.waitUntil((requests) => requests.some(({ held }) => held));
      });
    });

    it("row 50: between two events of one read", async () => {
      const at = scene();
      const controller = new AbortController();
      let count = 0;
      const outcome = await at.run(await at.prepare(prompt), {
        signal: controller.signal,
        onEvent: (event) => {
          if (event.type !== "delta") return;
          count += 1;
          controller.abort();
        },
      });
      assert.equal(count, 1);
      assert.equal(outcome.finish, undefined);
    });

    it("row 50: leaving the iteration ends the request", async () => {
      simulator.faults.add(...matrixFaults(50));
      const at = scene();
      const request = await at.prepare(prompt);
      for await (const event of at.client.streamChat(request, new AbortController().signal)) {
        if (event.type === "delta") break;
      }
      assert.equal(at.clock.pending, 0);
      await simulator.waitUntil(([entry]) => entry?.outcome === "clientLeft");
    });
  });

  it("row 51: double submit → one request", async () => {
    simulator.faults.add(...matrixFaults(51));
    const at = scene();
    const request = await at.prepare(prompt);
    const first = at.run(request);
    await simulator.waitUntil((requests) => requests.some(({ held }) => held));
    await assert.rejects(
      at.client.streamChat(request, new AbortController().signal).next(),
      (error) => error instanceof ApiError && error.kind === "conflict",
    );
    simulator.release();
    answered(await first, 1);
    assert.equal(simulator.requests.length, 1);
  });

  it("row 54: a sleep of ten minutes → replay", async () => {
    simulator.faults.add({ action: { type: "break", at: { content: 40 }, then: "stall" } });
    const at = scene();
    const running = at.run(await at.prepare(prompt));
    await simulator.waitUntil((requests) => (requests[0]?.contentWritten ?? 0) >= 40);
    await at.advanceUntil(600_000, () => at.waits.length > 0);
    answered(await running, 2);
  });

  it("row 55: a clock jump leaves delays unharmed", async () => {
    const at = scene();
    simulator.faults.add({ action: { type: "status", status: 503 } });
    const outcome = await at.run(await at.prepare(prompt), {
      onEvent: (event) => {
        if (event.type === "phase") at.clock.jumpWall(-86_400_000);
      },
    });
    answered(outcome, 2);
    assert.deepEqual(at.waits, [250]);
  });

  it("row 56: stopped at the token limit → truncated, whatever the reason says", async () => {
    const at = scene();
    const request = await at.prepare({ messages: userSays(prompt), maxCompletionTokens: 3 });
    const outcome = await at.run(request);
    assert.equal(outcome.finish?.reason, "stop");
    assert.equal(outcome.finish.truncated, true);
  });

  it("answers nothing but JSON with a plain message when a page comes instead", async () => {
    const page = (): Response =>
      new Response("<!DOCTYPE html><title>Log in</title>", { headers: { "content-type": "text/html" } });
    const at = scene({ fetch: fakeFetch(page) });
    const { message } = failedOnce(await at.run(await at.prepare(prompt)), "protocol", at);
    assert.match(message, /web page titled “Log in”.*base URL/);
    const cut = scene({
      fetch: fakeFetch(
        () => new Response('{"choices": [', { headers: { "content-type": "application/json" } }),
        () =>
          jsonResponse({
            id: "x",
            model: "m",
            choices: [{ message: { content: "a" }, finish_reason: "stop" }],
          }),
      ),
    });
    assert.equal((await cut.run(await cut.prepare(prompt))).text.content, "a");
  });
});

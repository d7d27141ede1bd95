import assert from "node:assert/strict";
import { startSimulator, type Simulator } from "../../support/simulator/server.ts";
import type { Break, Fault, FaultAction } from "../../support/simulator/faults.ts";
import { FaultQueue } from "../../support/simulator/faults.ts";
import { matrixFaults, matrixRows } from "../../support/simulator/faultMatrix.ts";
import { at, json, post, question, readStream, refusal, textAt, withSimulator } from "./talk.ts";

const text = "0123456789 äöü 👋 0123456789 0123456789 0123456789 0123456789";
const body = question(`say ${text}`, { stream: true, reasoning_effort: "none" });
const key = { idempotencyKey: "k" };

describe("the simulator's faults", function () {
  this.timeout(20_000);

  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator();
  });
  beforeEach(() => simulator.reset());
  after(() => simulator.close());

  const faulty = (action: FaultAction, more: Partial<Fault> = {}) =>
    simulator.faults.add({ ...more, action });
  const outcomes = () => simulator.requests.map((entry) => entry.outcome);

  it("are used up in order by the requests they match", () => {
    const queue = new FaultQueue();
    const none = { type: "none" } as const;
    queue.add(
      { name: "models", match: { path: "/models" }, action: none },
      { name: "second try", match: { attempt: 2 }, action: none },
      { name: "word", match: { bodyIncludes: "word" }, action: none },
      { name: "never", match: { when: (subject) => subject.method === "GET" }, action: none },
      { name: "twice", times: 2, action: none },
      { name: "for ever", times: -1, action: none },
    );
    const take = (path: string, attempt: number, bodyText = "") =>
      queue.take({ method: "POST", path, attempt, bodyText })?.name;
    const chat = "/v1/chat/completions";
    assert.deepEqual(
      [take(chat, 1), take(chat, 2), take(chat, 1, "a word"), take(chat, 1), take(chat, 1), take(chat, 9)],
      ["twice", "second try", "word", "twice", "for ever", "for ever"],
    );
    assert.deepEqual([take("/v1/models", 1), take("/v1/models", 1)], ["models", undefined]);
    assert.deepEqual(
      queue.pending.map((fault) => fault.name),
      ["never", "for ever"],
    );
  });

  it("cut the content after every number of characters, and a replay has all of it", async () => {
    for (let n = 0; n <= text.length; n++) {
      faulty({ type: "break", at: { content: n }, then: n % 2 === 0 ? "reset" : "drop" });
      const idempotencyKey = `cut-${n}`;
      const cut = await readStream(await post(simulator, body, { idempotencyKey }));
      assert.deepEqual([cut.content, cut.end], [text.slice(0, n), "broken"]);
      assert.equal((await readStream(await post(simulator, body, { idempotencyKey }))).content, text);
    }
    assert.equal(simulator.inferences, text.length + 1);
  });

  it("cut the body after every number of bytes", async () => {
    const whole = Buffer.from(await (await post(simulator, body, key)).text());
    for (let n = 1; n < whole.length; n += 97) {
      faulty({ type: "break", at: { bytes: n }, then: "end" });
      const cut = Buffer.from(await (await post(simulator, body, key)).arrayBuffer());
      assert.ok(cut.equals(whole.subarray(0, n)), `${n} bytes`);
    }
  });

  it("cut the reasoning and the arguments of a tool call", async () => {
    faulty({ type: "break", at: { reasoning: 10 }, then: "end" });
    const thinking = await readStream(await post(simulator, { ...body, reasoning_effort: "high" }));
    assert.deepEqual([thinking.reasoning.length, thinking.content], [10, ""]);
    const tools = [{ type: "function", function: { name: "look" } }];
    faulty({ type: "break", at: { toolArguments: 7 }, then: "reset" });
    const calling = question('call look with {"path":"a"}', { tools, stream: true });
    const { chunks } = await readStream(await post(simulator, calling));
    assert.equal(textAt(chunks.at(-1), "choices.0.delta.tool_calls.0.function.arguments"), '{"path"');
  });

  const endings: readonly (readonly [then: Break, last: string, finish: boolean, end: "clean" | "broken"])[] =
    [
      ["finish", "[DONE]", true, "clean"],
      ["finishThenEnd", "stop", true, "clean"],
      ["finishThenReset", "stop", true, "broken"],
      ["doneOnly", "[DONE]", false, "clean"],
      ["doneThenReset", "[DONE]", true, "broken"],
      ["doneThenData", "This came after [DONE].", true, "clean"],
      ["end", "", false, "clean"],
      ["drop", "", false, "broken"],
    ];
  for (const [then, last, finish, end] of endings) {
    it(`end a stream with ${then}`, async () => {
      faulty({ type: "break", at: {}, then });
      const stream = await readStream(await post(simulator, body));
      const finishes = stream.chunks.filter((chunk) => at(chunk, "choices.0.finish_reason") === "stop");
      const content = stream.content.replace("This came after [DONE].", "");
      assert.deepEqual([content, finishes.length === 1, stream.end], [text, finish, end]);
      assert.ok(last === "" || stream.data.at(-1)?.includes(last), stream.data.at(-1));
    });
  }

  it("stall before and after the headers, and in mid-answer, until the client leaves", async () => {
    const actions: FaultAction[] = [
      { type: "stall" },
      { type: "break", at: { content: 5 }, then: "stall" },
      { type: "break", at: { content: 5 }, then: "heartbeats" },
      { type: "break", at: {}, then: "doneThenStall" },
    ];
    for (const [i, action] of actions.entries()) {
      faulty(action);
      const leaving = new AbortController();
      const answer = post(simulator, body, { signal: leaving.signal }).then((response) => response.text());
      const wanted = i === 0 ? undefined : i === 3 ? text.length : 5;
      await simulator.waitUntil((entries) => {
        const entry = entries[i];
        return entry?.fault !== undefined && (wanted === undefined || entry.contentWritten === wanted);
      });
      assert.equal(simulator.requests[i]?.outcome, "open");
      leaving.abort();
      await assert.rejects(answer);
      assert.ok(await simulator.waitUntil((entries) => entries[i]?.outcome === "clientLeft"));
    }
  });

  it("send heartbeats for ever", async () => {
    simulator.configure({ heartbeatMs: 1 });
    faulty({ type: "break", at: { content: 5 }, then: "heartbeats" });
    const response = await post(simulator, body);
    let beats = 0;
    for await (const bytes of response.body ?? []) {
      beats += Buffer.from(bytes).toString().split(": keep-alive").length - 1;
      if (beats > 20) break;
    }
    assert.ok(beats > 20);
  });

  it("hold an answer until it is released", async () => {
    faulty({ type: "break", at: { content: 5 }, then: "hold" });
    const stream = readStream(await post(simulator, body));
    await simulator.waitUntil(([entry]) => entry?.held === true);
    assert.deepEqual([simulator.stats().held, simulator.requests[0]?.contentWritten], [1, 5]);
    simulator.release();
    assert.equal((await stream).content, text);
    faulty({ type: "hold" });
    const whole = post(simulator, body);
    await simulator.waitUntil(([, entry]) => entry?.held === true);
    assert.equal(simulator.requests[1]?.status, undefined);
    simulator.release();
    assert.equal((await readStream(await whole)).content, text);
  });

  it("reset before and right after the headers; the inference runs all the same", async () => {
    faulty({ type: "reset" });
    await assert.rejects(post(simulator, body, key));
    faulty({ type: "resetAfterHeaders" });
    const response = await post(simulator, body, key);
    assert.equal(response.status, 200);
    await assert.rejects(response.text());
    assert.equal((await readStream(await post(simulator, body, key))).content, text);
    assert.deepEqual([simulator.inferences, ...outcomes()], [1, "broken", "broken", "answered"]);
  });

  it("answer with any status, envelope, headers and page", async () => {
    faulty({ type: "status", status: 429, headers: { "Retry-After": "7" } });
    const limited = await post(simulator, body, key);
    assert.deepEqual(
      [limited.headers.get("retry-after"), await refusal(limited), simulator.inferences],
      ["7", "429 rate_limit_exceeded null rate_limit_exceeded", 0],
    );
    faulty({ type: "status", status: 502, body: "<h1>Bad Gateway</h1>" });
    const page = await post(simulator, body, key);
    assert.deepEqual(
      [page.headers.get("content-type"), await page.text()],
      ["text/html", "<h1>Bad Gateway</h1>"],
    );
    assert.equal(simulator.inferences, 1, "a failure of the server comes after the reservation");
    faulty({
      type: "status",
      status: 200,
      envelope: { error: { message: "m", type: "t", param: null, code: null } },
    });
    assert.equal(await refusal(await post(simulator, body, key)), "200 t null null");
  });

  it("put anything between two events, and differ from the first answer", async () => {
    faulty({ type: "insert", at: { content: 6 }, raw: 'data: {"broken\n\n' });
    const inserted = await readStream(await post(simulator, body, key));
    assert.equal(inserted.content, text);
    assert.equal(inserted.data.filter((data) => data === '{"broken').length, 1);
    faulty({ type: "insert", at: { content: 6 }, raw: 'data: {"error":{}}\n\n', then: "end" });
    const ended = await readStream(await post(simulator, body, key));
    assert.deepEqual([ended.content, ended.data.at(-1)], [text.slice(0, 6), '{"error":{}}']);
    faulty({ type: "differ", content: 3 });
    assert.equal((await readStream(await post(simulator, body, key))).content, `012#${text.slice(4)}`);
    faulty({ type: "longLine", at: { content: 6 }, bytes: 1_000_000, field: "comment" });
    const long = await (await post(simulator, body, key)).text();
    assert.ok(long.includes(`\n: ${"x".repeat(1_000_000)}\n\n`));
  });

  it("cut a zipped body short", async () => {
    faulty({ type: "break", at: { bytes: 200 }, then: "end" }, { delivery: { gzip: true } });
    const { content, data } = await readStream(await post(simulator, body));
    // Node's fetch takes what it got for an answer: only the missing end tells.
    assert.ok(text.startsWith(content) && content.length < text.length, content);
    assert.ok(!data.includes("[DONE]"));
  });

  it("answer a stream as JSON, and a JSON request as a stream", async () => {
    faulty({ type: "none" }, { delivery: { as: "json" } });
    assert.equal(textAt(await json(await post(simulator, body)), "choices.0.message.content"), text);
    faulty({ type: "none" }, { delivery: { as: "sse" } });
    assert.equal((await readStream(await post(simulator, { ...body, stream: false }))).content, text);
  });

  it("cut a JSON answer", async () => {
    const plain = { ...body, stream: false };
    faulty({ type: "break", at: { bytes: 20 }, then: "end" });
    assert.equal((await (await post(simulator, plain)).text()).length, 20);
    faulty({ type: "break", at: { bytes: 20 }, then: "reset" });
    await assert.rejects((await post(simulator, plain)).text());
  });

  it("wait before they do anything", async () => {
    faulty({ type: "status", status: 500 }, { latencyMs: 30 });
    const start = performance.now();
    assert.equal((await post(simulator, body)).status, 500);
    assert.ok(performance.now() - start > 25);
  });

  it("redirect elsewhere, where no token may arrive", async () => {
    await withSimulator({}, async (other) => {
      const headers = { Location: `${other.baseUrl}/chat/completions` };
      faulty({ type: "status", status: 307, headers, body: "" }, { times: 2 });
      await assert.rejects(post(simulator, body, { redirect: "error" }));
      assert.equal(other.requests.length, 0);
      // A client that follows is seen: without its token, as fetch drops it, or with it.
      await post(simulator, body);
      assert.deepEqual(
        other.requests.map((entry) => entry.keyHash),
        [undefined],
      );
    });
  });

  it("take the server away and bring it back on the same port", async () => {
    faulty({ type: "break", at: { content: 5 }, then: "reset" }, { downMs: 60 });
    assert.equal((await readStream(await post(simulator, body, key))).end, "broken");
    const refused = (error: unknown) => at(error, "cause.code") === "ECONNREFUSED";
    await assert.rejects(post(simulator, body, key), refused);
    let answer: Response | undefined;
    while (!answer) {
      answer = await post(simulator, body, key).catch((error: unknown) => {
        assert.ok(refused(error));
        return undefined;
      });
    }
    assert.equal((await readStream(answer)).content, text);
    assert.equal(simulator.inferences, 1);
  });

  it("are ready for every row of the matrix that is a server's doing", async () => {
    assert.deepEqual(
      matrixRows(),
      Array.from({ length: 47 }, (_, i) => i + 5),
    );
    for (const row of matrixRows().filter((number) => ![5, 14, 15, 50, 51].includes(number))) {
      simulator.reset();
      const faults = matrixFaults(row);
      simulator.faults.add(...faults);
      for (const [i] of faults.entries()) {
        const response = await post(simulator, body, { ...key, redirect: "manual" }).catch(() => undefined);
        await response?.text().catch(() => "");
        assert.equal(simulator.requests[i]?.fault, `row ${row}`);
      }
      assert.equal(simulator.stats().faultsLeft, 0, `row ${row}`);
    }
  });
});

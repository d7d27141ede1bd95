import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { ApiClient } from "../../../src/core/api/client.ts";
import { findAnswer } from "../../../src/core/chat/conversation.ts";
import { unfoldBody } from "../../../src/core/chat/sentRequest.ts";
import { createSystemClock } from "../../../src/core/util/clock.ts";
import { testKey } from "../../support/simulator/config.ts";
import { type Simulator, startSimulator } from "../../support/simulator/server.ts";
import { Stage, TestLog } from "./stage.ts";

describe("a chat with the simulator", () => {
  let folder: string;
  let simulator: Simulator;
  let stage: Stage;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "valar-simulated-"));
    simulator = await startSimulator();
    stage = new Stage(folder, new TestLog(), makeClient(simulator));
  });
  afterEach(async () => {
    await stage.flush();
    stage.dispose();
    await simulator.close();
    await rm(folder, { recursive: true, force: true });
  });

  const chats = () => simulator.requests.filter(({ method }) => method === "POST");
  const lastId = async () => (await stage.snapshot()).messages.at(-1)?.id ?? "";

  it("keeps what was sent, byte for byte as the server got it, after a reload too", async () => {
    await stage.session.send("1", "Hello, “world” 🌍");
    await stage.idle();
    await stage.session.send("2", "And again?");
    await stage.idle();
    await stage.flush();
    stage.dispose();
    stage = new Stage(folder, new TestLog());
    const { messages } = await stage.snapshot();
    const { current } = await stage.live();
    assert.equal((await stage.answer()).state.type, "complete");
    const bodies = messages.flatMap((message) => {
      const answer = message.kind === "answer" ? findAnswer(current, message.id) : undefined;
      assert.ok(message.kind === "user" || message.hasRequest);
      return answer?.sent ? [unfoldBody(answer.sent, current.sentMessages)] : [];
    });
    assert.equal(bodies.length, 2);
    assert.deepEqual(
      bodies,
      chats().map(({ bodyText }) => bodyText),
    );
  });

  it("asks the model that was chosen for one answer, under a key of its own", async () => {
    await stage.session.send("1", "Hello");
    await stage.idle();
    await (await stage.live()).regenerate(await lastId(), { model: "moonshotai/Kimi-K2.6" });
    await stage.idle();
    assert.deepEqual(
      chats().map(({ body }) => body?.["model"]),
      ["zai-org/GLM-5.1-FP8", "moonshotai/Kimi-K2.6"],
    );
    assert.equal(new Set(chats().map(({ idempotencyKey }) => idempotencyKey)).size, 2);
  });

  it("row 51: sends one request for one press of Send, however often it comes", async () => {
    const results = await Promise.all([1, 2, 3].map(() => stage.session.send("once", "Hello")));
    assert.deepEqual(new Set(results.map(({ type }) => type)), new Set(["accepted"]));
    await stage.idle();
    assert.equal(chats().length, 1);
  });

  it("row 52: gives a page that was reloaded in mid-answer everything back, and goes on", async () => {
    const arrived = stage.textShown();
    await stage.session.send("1", "Hello");
    await arrived;
    const before = await stage.answer();
    await stage.idle();
    const after = await stage.answer();
    assert.notEqual(before.reasoning + before.content, "");
    assert.ok(after.reasoning.startsWith(before.reasoning) && after.content.startsWith(before.content));
    assert.equal(chats().length, 1);
  });
});

function makeClient(simulator: Simulator): ApiClient {
  return new ApiClient({
    access: () => Promise.resolve({ baseUrl: simulator.baseUrl, token: testKey }),
    fetch: (input, init) => globalThis.fetch(input, init),
    clock: createSystemClock(),
    random: () => Math.random(),
    randomUuid: () => crypto.randomUUID(),
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined },
    timeouts: () => ({ headersMs: 5000, idleMs: 5000, totalMs: 15_000 }),
  });
}

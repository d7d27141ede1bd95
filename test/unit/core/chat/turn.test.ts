import assert from "node:assert/strict";
import type { ChatEvent } from "../../../../src/core/api/types.ts";
import { runTurn, TurnTimer } from "../../../../src/core/chat/turn.ts";

const finish = {
  reason: "stop",
  verified: true,
  truncated: false,
  responseId: "r",
  model: "m",
  requestId: "req",
  attempts: 1,
} as const;
const usage = { promptTokens: 3, completionTokens: 2, totalTokens: 5 };

async function* replay(events: readonly (readonly [number, ChatEvent])[], clock: { time: number }) {
  for (const [time, event] of events) {
    clock.time = time;
    await Promise.resolve();
    yield event;
  }
}

describe("a turn", () => {
  it("tells its text in order and measures first token, reasoning and the whole, in ms", async () => {
    const clock = { time: 0 };
    const timer = new TurnTimer(() => clock.time);
    const seen: string[] = [];
    const events = replay(
      [
        [10, { type: "phase", phase: { type: "sending" } }],
        [100, { type: "delta", channel: "reasoning", text: "hm" }],
        [200, { type: "delta", channel: "reasoning", text: "…" }],
        [400, { type: "delta", channel: "content", text: "Yes" }],
        [450, { type: "delta", channel: "content", text: "." }],
        [480, { type: "usage", usage }],
        [500, { type: "finished", finish }],
      ],
      clock,
    );
    const observer = {
      text: (channel: string, text: string) => void seen.push(`${channel}:${text}`),
      phase: (phase: { type: string }) => void seen.push(phase.type),
    };
    const result = await runTurn(events, observer, timer);
    assert.deepEqual(seen, ["sending", "reasoning:hm", "reasoning:…", "content:Yes", "content:."]);
    assert.deepEqual(result, {
      finish,
      usage,
      timing: { firstTokenMs: 100, reasoningMs: 300, totalMs: 500 },
      toolCalls: [],
    });
  });

  it("tells nothing of how fast a replay came", async () => {
    const clock = { time: 0 };
    const timer = new TurnTimer(() => clock.time, true);
    const events = replay(
      [
        [1, { type: "delta", channel: "reasoning", text: "hm" }],
        [2, { type: "delta", channel: "content", text: "Yes" }],
        [200, { type: "finished", finish }],
      ],
      clock,
    );
    const result = await runTurn(events, { text: () => undefined, phase: () => undefined }, timer);
    assert.deepEqual(result.timing, { firstTokenMs: undefined, reasoningMs: undefined, totalMs: 200 });
  });

  it("has no finish when it was cancelled, and no first token when there was none", async () => {
    const clock = { time: 7 };
    const timer = new TurnTimer(() => clock.time);
    const result = await runTurn(
      replay([], clock),
      { text: () => assert.fail(), phase: () => assert.fail() },
      timer,
    );
    assert.equal(result.finish, undefined);
    assert.deepEqual(result.timing, { firstTokenMs: undefined, reasoningMs: undefined, totalMs: 0 });
  });

  it("passes on what the stream throws", async () => {
    async function* failing(): AsyncGenerator<ChatEvent> {
      yield { type: "delta", channel: "content", text: "a" };
      await Promise.resolve();
      throw new Error("gone");
    }
    const observer = { text: () => undefined, phase: () => undefined };
    await assert.rejects(runTurn(failing(), observer, new TurnTimer(() => 0)), /gone/);
  });
});

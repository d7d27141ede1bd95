import assert from "node:assert/strict";
import type { ChatEvent, Finish } from "../../../../src/core/api/types.ts";
import { AnswerCollector, type EditOutcome } from "../../../../src/core/edit/answerCollector.ts";
import type { EditTarget } from "../../../../src/core/edit/target.ts";
import { answerEvents } from "./answerEvents.ts";

const target: EditTarget = {
  lines: ["  let a = 1;"],
  before: [],
  after: [],
  indent: { tabs: false, size: 2 },
  languageId: "javascript",
};
const whole = "```js\nconst a = 1;\n```";

async function outcomeOf(
  events: AsyncIterable<ChatEvent>,
): Promise<{ outcome: EditOutcome; lines: string[] }> {
  const collector = new AnswerCollector(target, "selection");
  const lines: string[] = [];
  for await (const line of collector.lines(events)) lines.push(line);
  return { outcome: collector.outcome(), lines };
}

describe("answer collector", () => {
  it("previews lines with their final indentation", async () => {
    const { outcome, lines } = await outcomeOf(answerEvents(whole, { size: 4 }));
    assert.deepEqual(lines, ["  const a = 1;"]);
    assert.deepEqual(outcome.ok && outcome.proposal.lines, ["  const a = 1;"]);
  });

  const finishes: readonly [string, Partial<Finish> | "none", string][] = [
    ["an answer at the token limit", { truncated: true }, "truncated"],
    ["finish reason length", { reason: "length" }, "truncated"],
    ["an end that is not certain", { verified: false }, "unverified"],
    ["[DONE] without a finish reason", { reason: undefined }, "unverified"],
    ["no end at all", "none", "unverified"],
    ["a content filter", { reason: "content_filter" }, "stopped"],
    ["a tool call", { reason: "tool_calls" }, "stopped"],
  ];
  for (const [name, finish, type] of finishes) {
    it(`proposes nothing after ${name}`, async () => {
      const { outcome } = await outcomeOf(answerEvents(whole, { finish }));
      assert.equal(outcome.ok ? "proposed" : outcome.failure.type, type);
    });
  }

  it("tells a refusal, and ignores reasoning", async () => {
    async function* events(): AsyncGenerator<ChatEvent, void> {
      yield { type: "delta", channel: "reasoning", text: whole };
      yield { type: "delta", channel: "refusal", text: "I will not." };
      yield* answerEvents("");
    }
    const { outcome, lines } = await outcomeOf(events());
    assert.deepEqual(outcome, { ok: false, failure: { type: "refusal", text: "I will not." } });
    assert.deepEqual(lines, []);
  });
});

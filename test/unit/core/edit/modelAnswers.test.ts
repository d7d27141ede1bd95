import assert from "node:assert/strict";
import { AnswerCollector, propose, type EditOutcome } from "../../../../src/core/edit/answerCollector.ts";
import type { EditTarget } from "../../../../src/core/edit/target.ts";
import { TargetTracker } from "../../../../src/core/edit/targetTracker.ts";
import { applyEdits } from "../../../../src/core/edit/minimalEdits.ts";
import { modelAnswers, type ModelAnswer } from "./modelAnswers.ts";
import { answerEvents } from "./answerEvents.ts";

describe("answers as open models give them", () => {
  it("are many", () => assert.ok(modelAnswers.length >= 60, String(modelAnswers.length)));
  for (const example of modelAnswers) {
    for (const size of [1, 3, 7, Infinity]) {
      it(`${example.name} (pieces of ${size})`, async () => {
        const opened = open(example);
        const outcome = await collect(example, opened.target, size);
        assert.deepEqual(judge(outcome, opened), example.becomes);
      });
    }
  }
});

interface Opened {
  readonly text: string;
  readonly start: number;
  readonly eol: "\n" | "\r\n";
  readonly target: EditTarget;
}

function open({ document, languageId = "javascript", tabs = false }: ModelAnswer): Opened {
  const eol = document.includes("\r\n") ? "\r\n" : "\n";
  const [before = "", rest = ""] = document.split("⟦");
  const [selected = "", after = ""] = rest.split("⟧");
  const target: EditTarget = {
    lines: selected.split(eol),
    before: before.split(eol).slice(0, -1),
    after: after.split(eol).slice(1),
    indent: { tabs, size: 4 },
    languageId,
  };
  return { text: before + selected + after, start: before.length, eol, target };
}

async function collect({ answer }: ModelAnswer, target: EditTarget, size: number): Promise<EditOutcome> {
  const collector = new AnswerCollector(target, "selection");
  for await (const line of collector.lines(answerEvents(answer, { size }))) assert.ok(!/[\r\n]/.test(line));
  return collector.outcome();
}

function judge(outcome: EditOutcome, opened: Opened): unknown {
  if (outcome.ok) return applied(outcome, opened);
  if (outcome.failure.type !== "answer") return { failure: outcome.failure.type };
  const { problem, candidate } = outcome.failure;
  if (candidate === undefined) return { problem };
  return { problem, offers: applied(propose(opened.target.lines, candidate), opened) };
}

function applied(outcome: EditOutcome, { text, start, eol, target }: Opened): string {
  assert.ok(outcome.ok);
  const source = { length: text.length, slice: (from: number, to: number) => text.slice(from, to) };
  const edits = new TargetTracker(target.lines, start, eol).plan(outcome.proposal.hunks, source, eol);
  assert.ok(edits);
  return applyEdits(text, edits);
}

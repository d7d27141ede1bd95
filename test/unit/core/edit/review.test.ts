import assert from "node:assert/strict";
import { toHunks } from "../../../../src/core/edit/hunks.ts";
import { diffLines } from "../../../../src/core/edit/lineDiff.ts";
import { changesOf, decide, hunksOf, type Decisions } from "../../../../src/core/edit/review.ts";

const lines = (text: string): string[] => text.split("");
const hunks = toHunks(diffLines(lines("abcdefghij"), lines("AbcDefgHij")));
const none: Decisions = new Map();

describe("review of changes", () => {
  const decisionsOf = (decisions: Decisions): unknown[] =>
    changesOf(hunks, decisions).map(({ decision }) => decision);

  it("starts with nothing decided; changes close to one another are one", () =>
    assert.deepEqual(decisionsOf(none), [undefined, undefined]));

  it("decides one change, takes it back, and decides the rest without touching what was decided", () => {
    const rejected = decide(hunks, none, 0, "rejected");
    assert.deepEqual(decisionsOf(rejected), ["rejected", undefined]);
    assert.deepEqual(decisionsOf(decide(hunks, rejected, 0, "accepted")), ["accepted", undefined]);
    assert.deepEqual(decisionsOf(decide(hunks, rejected, "rest", "accepted")), ["rejected", "accepted"]);
  });

  it("knows no change that is not there", () =>
    assert.deepEqual(decisionsOf(decide(hunks, none, 7, "accepted")), [undefined, undefined]));

  it("gives the hunks of a decision", () => {
    const decisions = decide(hunks, none, 1, "rejected");
    const texts = hunksOf(hunks, decisions, ["accepted", undefined]).map(({ newLines }) => newLines.join());
    assert.deepEqual(texts, ["A", "D"]);
  });
});

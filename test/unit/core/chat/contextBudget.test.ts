import assert from "node:assert/strict";
import fc from "fast-check";
import { SizeEstimates } from "../../../../src/core/chat/branchSize.ts";
import { dropContext, dropOldest, promptLimit } from "../../../../src/core/chat/contextBudget.ts";
import type { ContextItem, Message } from "../../../../src/core/chat/conversation.ts";
import { answer, question } from "./samples.ts";

const item = (id: string, length: number): ContextItem => ({
  kind: "file",
  id,
  path: `${id}.ts`,
  languageId: "typescript",
  text: "x".repeat(length),
});

interface Turn {
  readonly asked: number;
  readonly context: readonly number[];
  readonly answered: readonly number[];
}

/** Turns of a question with context and one or several answers; the last one has none yet. */
function branchOf(turns: readonly Turn[]): readonly Message[] {
  return turns.flatMap(({ asked, context, answered }, at) => {
    const items = context.map((length, n) => item(`c${at}-${n}`, length));
    const asking = { ...question(`q${at}`, undefined, "x".repeat(asked)), context: items };
    const isLast = at === turns.length - 1;
    const answers = answered.map((length, n) =>
      answer(`a${at}-${n}`, asking.id, {
        content: "x".repeat(length),
        outcome: { type: "complete", truncated: false },
      }),
    );
    return [asking, ...(isLast ? [] : answers)];
  });
}

const length = fc.integer({ min: 0, max: 3000 });
const turns = fc.array(
  fc.record({
    asked: length,
    context: fc.array(length, { maxLength: 3 }),
    answered: fc.array(length, { minLength: 1, maxLength: 2 }),
  }),
  { minLength: 1, maxLength: 8 },
);

describe("the room of a request", () => {
  it("is the smaller limit, less room for the answer, of which at most half is kept", () => {
    assert.equal(promptLimit(undefined, undefined, 100), undefined);
    assert.equal(promptLimit(undefined, 128_000, undefined), 128_000 - 8192);
    assert.equal(promptLimit(32_000, 128_000, 1000), 31_000);
    assert.equal(promptLimit(200_000, 4000, undefined), 3000);
    assert.equal(promptLimit(undefined, 10_000, 64_000), 5000);
    assert.equal(promptLimit(1, undefined, 5), 1);
  });
});

describe("the size of a branch", () => {
  it("is measured once for each message, though it is asked for at every keystroke", () => {
    let reads = 0;
    const text = "x".repeat(1_000_000);
    const message: Message = {
      kind: "user",
      id: "q",
      parentId: undefined,
      get text() {
        reads++;
        return text;
      },
      context: [],
    };
    const sizes = new SizeEstimates();
    const first = sizes.branch([message]);
    assert.ok(first > 200_000);
    for (let n = 0; n < 100; n++) assert.equal(sizes.branch([message]), first);
    assert.equal(reads, 1);
  });

  it("counts a text that was given before as the note that stands for it", () => {
    const file = item("a", 8000);
    const asked = (id: string) => ({ ...question(id, undefined, "x"), context: [file] });
    const sizes = new SizeEstimates();
    const once = sizes.branch([asked("q1")]);
    assert.ok(sizes.branch([asked("q1"), asked("q2")]) < once + 50);
    const left = dropOldest([asked("q1"), asked("q2")], once, sizes);
    assert.equal(left.size, once);
  });

  it("counts what is sent: the instruction of a command, not failed answers that were replaced", () => {
    const sizes = new SizeEstimates();
    const command = { ...question("q", undefined, "/fix"), instruction: "x".repeat(1000) };
    assert.ok(sizes.message(command) > 200);
    const failed = answer("a", "q", {
      content: "x".repeat(1000),
      outcome: { type: "failed", failure: { kind: "network", message: "", requestId: undefined } },
    });
    const again = answer("b", "q", { content: "yes" });
    assert.equal(sizes.branch([failed, again]), sizes.branch([again]));
    assert.equal(sizes.message(answer("c", "q")), 0);
  });
});

describe("leaving out what does not fit", () => {
  it("leaves out whole turns from the start, no more than needed, and keeps the last question", () => {
    fc.assert(
      fc.property(turns, fc.integer({ min: 0, max: 8000 }), (given, limit) => {
        const branch = branchOf(given);
        const sizes = new SizeEstimates();
        const reduced = dropOldest(branch, limit, sizes);
        assert.deepEqual(reduced.branch, branch.slice(reduced.droppedMessages));
        assert.equal(reduced.branch[0]?.kind, "user");
        assert.equal(reduced.branch.at(-1), branch.at(-1));
        assert.ok(Math.abs(reduced.size - sizes.branch(reduced.branch)) < 1e-6);
        const isLastTurn = reduced.branch.filter(({ kind }) => kind === "user").length === 1;
        assert.ok(isLastTurn || reduced.size <= limit + 1e-6);
        const before = branch.slice(0, reduced.droppedMessages).findLastIndex(({ kind }) => kind === "user");
        if (before >= 0) assert.ok(sizes.branch(branch.slice(before)) > limit - 1e-6);
      }),
    );
  });

  it("leaves out the largest context first, and old turns only when that is not enough", () => {
    fc.assert(
      fc.property(turns, fc.integer({ min: 0, max: 8000 }), (given, limit) => {
        const branch = branchOf(given);
        const sizes = new SizeEstimates();
        const { branch: left, droppedContext, droppedMessages, size } = dropContext(branch, limit, sizes);
        assert.ok(Math.abs(size - sizes.branch(left)) < 1e-6);
        const all = branch.flatMap((message) => (message.kind === "user" ? message.context : []));
        const kept = left.flatMap((message) => (message.kind === "user" ? message.context : []));
        const dropped = droppedContext.map((gone) => sizes.item(gone));
        assert.deepEqual(
          dropped,
          dropped.toSorted((a, b) => b - a),
        );
        if (droppedMessages > 0) assert.equal(droppedContext.length, all.length);
        else assert.equal(kept.length + droppedContext.length, all.length);
        const smallest = dropped.at(-1) ?? Infinity;
        for (const stays of kept) assert.ok(sizes.item(stays) <= smallest);
        if (sizes.branch(branch) <= limit) assert.deepEqual(left, branch);
      }),
    );
  });

  it("changes no message that keeps its context", () => {
    const branch = branchOf([
      { asked: 10, context: [5000], answered: [10] },
      { asked: 10, context: [10], answered: [] },
    ]);
    const sizes = new SizeEstimates();
    const { branch: left, droppedContext } = dropContext(branch, 200, sizes);
    assert.deepEqual(
      droppedContext.map(({ id }) => id),
      ["c0-0"],
    );
    assert.equal(left[1], branch[1]);
    assert.equal(left[2], branch[2]);
    assert.deepEqual(left[0], { ...branch[0], context: [] });
  });
});

describe("what a request does not send", () => {
  const rules = (id: string): ContextItem => ({
    kind: "rules",
    id,
    path: "AGENTS.md",
    languageId: "markdown",
    text: "x".repeat(4000),
  });
  const sizes = new SizeEstimates();
  const first = { ...question("q1", undefined, "one"), context: [rules("r1")] };
  const last = { ...question("q2", "q1", "two"), context: [rules("r2")] };

  it("is not counted: the rules of earlier messages", () => {
    const bare = { ...first, context: [] };
    assert.equal(Math.round(sizes.branch([first, last])), Math.round(sizes.branch([bare, last])));
    assert.ok(sizes.branch([last]) > sizes.branch([{ ...last, context: [] }]));
  });

  it("is not offered to be left out", () => {
    const { droppedContext } = dropContext([first, last], 0, sizes);
    assert.deepEqual(
      droppedContext.map(({ id }) => id),
      ["r2"],
    );
  });

  it("is of many images all but the newest", () => {
    const images = Array.from({ length: 25 }, (_, at): ContextItem => {
      const id = String(at);
      return { kind: "image", id, name: id, url: id, width: 1, height: 1, bytes: 1 };
    });
    const many = sizes.branch([{ ...last, context: images }]);
    const twenty = sizes.branch([{ ...last, context: images.slice(5) }]);
    assert.ok(many > twenty && many < twenty + 5 * 100, `${many} and ${twenty}`);
  });
});

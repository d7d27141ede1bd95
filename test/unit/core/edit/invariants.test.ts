import assert from "node:assert/strict";
import fc from "fast-check";
import { AnswerCollector } from "../../../../src/core/edit/answerCollector.ts";
import type { DocumentChange } from "../../../../src/core/edit/anchor.ts";
import { hunksOf, type Decision } from "../../../../src/core/edit/review.ts";
import { isFinal, reduceEdit, type EditState } from "../../../../src/core/edit/session.ts";
import type { Hunk } from "../../../../src/core/edit/hunks.ts";
import { applyEdits } from "../../../../src/core/edit/minimalEdits.ts";
import { streamDiff } from "../../../../src/core/edit/streamDiff.ts";
import { wholeLines, type EditTarget } from "../../../../src/core/edit/target.ts";
import { TargetTracker } from "../../../../src/core/edit/targetTracker.ts";
import { answerEvents } from "./answerEvents.ts";
import { DocumentModel } from "./documentModel.ts";

/**
 * Random documents, selections, answers, cuts and interleaved doings of a person, against the same parts the
 * editor uses: a target tracker, an answer collector, the state reducer and the edit planner.
 */

const line = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom("", "}", "  return a;", "\tlet b = 1;", "const c = 'é😀';", "  // x  "),
  },
  {
    weight: 1,
    arbitrary: fc.string({ unit: "grapheme", maxLength: 12 }).map((text) => text.replace(/[\r\n`~]/g, "")),
  },
);
const eol = fc.constantFrom("\n" as const, "\r\n" as const);
const position = fc.nat({ max: 1000 });

type Doing =
  | { type: "typeOutside"; where: number; text: string; before: boolean }
  | { type: "typeAnywhere"; at: number; length: number; text: string }
  | { type: "undo" }
  | { type: "redo" }
  | { type: "reject" }
  | { type: "close" }
  | { type: "decide"; change: number; decision: Decision }
  | { type: "accept" };

const doing: fc.Arbitrary<Doing> = fc.oneof(
  fc.record({
    type: fc.constant("typeOutside" as const),
    where: position,
    text: fc.constantFrom("x", "new line¶", "¶", ""),
    before: fc.boolean(),
  }),
  fc.record({
    type: fc.constant("typeAnywhere" as const),
    at: position,
    length: fc.nat({ max: 5 }),
    text: fc.constantFrom("y", "¶", "a¶b", ""),
  }),
  fc.constantFrom<Doing>({ type: "undo" }, { type: "redo" }, { type: "reject" }, { type: "close" }),
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant("decide" as const),
      change: fc.nat({ max: 4 }),
      decision: fc.constantFrom<Decision>("accepted", "rejected"),
    }),
  },
  { weight: 3, arbitrary: fc.constant<Doing>({ type: "accept" }) },
);

const scenario = fc.record({
  lines: fc.array(line, { minLength: 1, maxLength: 12 }),
  eol,
  from: position,
  to: position,
  answer: fc.array(line, { minLength: 1, maxLength: 8 }),
  answerEol: fc.constantFrom("\n", "\r\n", "\r"),
  ending: fc.constantFrom("whole", "whole", "whole", "whole", "cut", "unverified", "truncated", "prose"),
  size: fc.integer({ min: 1, max: 9 }),
  early: fc.array(doing, { maxLength: 3 }),
  late: fc.array(doing, { maxLength: 4 }),
});
type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never;

/** One edit from beginning to end, with everything a test may want to look at. */
class Edit {
  readonly document: DocumentModel;
  readonly target: EditTarget;
  readonly tracker: TargetTracker;
  readonly #first: number;
  state: EditState = reduceEdit({ type: "queued" }, { type: "started" });
  touchedByUs: string[] = [];

  constructor(s: Scenario) {
    this.document = new DocumentModel(s.lines.join(s.eol), s.eol);
    const [a, b] = [s.from % s.lines.length, s.to % s.lines.length];
    const range = wholeLines(
      { startLine: Math.min(a, b), startCharacter: 0, endLine: Math.max(a, b), endCharacter: 1 },
      (at) => s.lines[at]!,
    );
    this.#first = range.first;
    this.target = {
      lines: s.lines.slice(range.first, range.last + 1),
      before: s.lines.slice(0, range.first),
      after: s.lines.slice(range.last + 1),
      indent: { tabs: false, size: 2 },
      languageId: "typescript",
    };
    const start = s.lines.slice(0, this.#first).join(s.eol).length + (this.#first > 0 ? s.eol.length : 0);
    this.tracker = new TargetTracker(this.target.lines, start, s.eol);
    this.document.onChange = (changes) => {
      const intact = this.tracker.update(changes, () => this.document, s.eol);
      this.state = reduceEdit(this.state, { type: intact ? "restored" : "touched" });
    };
  }

  get targetText(): string {
    return this.target.lines.join(this.document.eol);
  }

  do(what: Doing): void {
    const { document, tracker } = this;
    switch (what.type) {
      case "typeOutside": {
        const text = what.text.replaceAll("¶", document.eol);
        const { start, end } = tracker.anchor;
        const before = what.before && start > 0;
        if (!before && end >= document.length) return;
        const [low, high] = before
          ? [0, start - document.eol.length]
          : [end + document.eol.length, document.length];
        document.edit([
          { offset: boundary(document, low + (what.where % (high - low + 1))), length: 0, text },
        ]);
        return;
      }
      case "typeAnywhere": {
        const offset = boundary(document, what.at % (document.length + 1));
        const end = boundary(document, Math.min(document.length, offset + what.length));
        document.edit([{ offset, length: end - offset, text: what.text.replaceAll("¶", document.eol) }]);
        return;
      }
      case "undo":
        document.undo();
        return;
      case "redo":
        document.redo();
        return;
      case "reject":
        this.state = reduceEdit(this.state, { type: "rejected" });
        return;
      case "close":
        this.state = reduceEdit(this.state, { type: "ended", cause: "closed" });
        return;
      case "decide": {
        const { text } = document;
        this.state = reduceEdit(this.state, { ...what, type: "decided" });
        assert.equal(document.text, text, "a decision is only a plan");
        return;
      }
      case "accept":
        this.accept();
    }
  }

  /** The target's lines with the hunks that were not rejected, put together line by line. */
  #decidedLines(hunks: readonly Hunk[]): string[] {
    const lines: string[] = [];
    let next = 0;
    for (const hunk of hunks) {
      lines.push(...this.target.lines.slice(next, hunk.oldStart), ...hunk.newLines);
      next = hunk.oldStart + hunk.oldLines.length;
    }
    return [...lines, ...this.target.lines.slice(next)];
  }

  accept(): void {
    this.state = reduceEdit(this.state, { type: "decided", change: "rest", decision: "accepted" });
    if (this.state.type !== "reviewing") return;
    const { proposal, decisions } = this.state;
    assert.deepEqual(hunksOf(proposal.hunks, decisions, [undefined]), [], "nothing waits any more");
    const hunks = hunksOf(proposal.hunks, decisions, ["accepted"]);
    if (hunks.length === 0) {
      this.state = reduceEdit(this.state, { type: "rejected" });
      return;
    }
    const lines = this.#decidedLines(hunks);
    if (hunks.length === proposal.hunks.length) assert.equal(lines.join("\n"), proposal.lines.join("\n"));
    const edits = this.tracker.plan(hunks, this.document, this.document.eol);
    assert.ok(edits, "an edit under review is applicable");
    const before = this.document.text;
    const { start, end } = this.tracker.anchor;
    const expected = before.slice(0, start) + lines.join(this.document.eol) + before.slice(end);
    const wasDirty = this.document.isDirty;
    this.document.onChange = () => undefined;
    this.document.edit(edits);
    if (this.document.text !== applyEdits(before, edits)) {
      this.state = reduceEdit(this.state, { type: "failed", failure: { type: "notWritten" } });
      return;
    }
    assert.equal(this.document.text, expected, "1, 5, 6: outside byte-identical, inside the complete answer");
    this.document.undo();
    assert.equal(this.document.text, before, "2: one undo");
    assert.equal(this.document.isDirty, wasDirty, "2: and the dirty state with it");
    this.document.redo();
    this.state = reduceEdit(this.state, { type: "accepted" });
    this.touchedByUs.push(expected);
  }

  async stream(s: Scenario): Promise<void> {
    const text = s.answer.join(s.answerEol);
    const whole = `\`\`\`ts${s.answerEol}${text}${s.answerEol}\`\`\``;
    const collector = new AnswerCollector(this.target, "selection");
    const given =
      s.ending === "prose" ? "I would leave it." : s.ending === "cut" ? whole.slice(0, -4) : whole;
    const finish = { verified: s.ending !== "unverified", truncated: s.ending === "truncated" };
    const preview = streamDiff(
      this.target.lines,
      collector.lines(answerEvents(given, { size: s.size, finish })),
    );
    while ((await preview.next()).done !== true);
    const outcome = collector.outcome();
    this.state = reduceEdit(
      this.state,
      outcome.ok
        ? { type: "completed", proposal: outcome.proposal }
        : { type: "failed", failure: outcome.failure },
    );
  }
}

/** No one types between CR and LF, or inside a surrogate pair. */
function boundary(document: DocumentModel, offset: number): number {
  const pair = document.slice(offset - 1, offset + 1);
  return pair === "\r\n" || /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(pair) ? offset - 1 : offset;
}

const runs = { numRuns: 10_000 };

describe("editing safely, with random documents and doings", function () {
  this.timeout(120_000);
  let cases = 0;

  /** Tries a property with many random cases, and counts them. */
  async function holds<T>(property: fc.IRawProperty<T>): Promise<void> {
    const details = await fc.check(property, runs);
    if (details.failed) throw new Error(fc.defaultReportMessage(details));
    cases += details.numRuns;
  }

  it("row 56, invariants 1, 2, 5, 6, 7: writes only by accepting, the whole answer, in one step", () =>
    holds(
      fc.asyncProperty(scenario, async (s) => {
        const edit = new Edit(s);
        for (const what of s.early) edit.do(what);
        await edit.stream(s);
        if (s.ending !== "whole") assert.ok(isFinal(edit.state), "7: nothing to review");
        for (const what of s.late) edit.do(what);
        if (edit.touchedByUs.length === 0) assert.notEqual(edit.state.type, "accepted");
        assert.ok(edit.touchedByUs.length <= 1);
      }),
    ));

  it("row 60, invariants 3, 8: leaves the document and its dirty state alone without an accept", () =>
    holds(
      fc.asyncProperty(
        scenario,
        fc.constantFrom<Doing>({ type: "reject" }, { type: "close" }),
        async (s, end) => {
          const edit = new Edit(s);
          await edit.stream(s);
          edit.do(end);
          edit.do({ type: "accept" });
          assert.equal(edit.document.text, edit.document.disk);
          assert.equal(edit.document.isDirty, false);
        },
      ),
    ));

  it("row 58, invariant 4: follows the target while one types elsewhere", () =>
    holds(
      fc.property(scenario, (s) => {
        const edit = new Edit(s);
        for (const what of [...s.early, ...s.late]) {
          if (what.type === "typeOutside" || what.type === "undo" || what.type === "redo") edit.do(what);
        }
        const { start, end } = edit.tracker.anchor;
        assert.equal(edit.document.slice(start, end), edit.targetText);
        assert.equal(edit.tracker.intact, true);
      }),
    ));

  it("row 57, invariant 4: is stale exactly while the target's lines are not what they were", () =>
    holds(
      fc.asyncProperty(scenario, async (s) => {
        const edit = new Edit(s);
        await edit.stream(s);
        for (const what of [...s.early, ...s.late]) if (what.type.startsWith("type")) edit.do(what);
        const { start, end } = edit.tracker.anchor;
        const { document } = edit;
        const holds =
          document.slice(start, end) === edit.targetText &&
          (start === 0 || document.slice(start - 1, start) === "\n") &&
          (end === document.length || /[\r\n]/.test(document.slice(end, end + 1)));
        assert.equal(edit.tracker.intact, holds);
        if (!isFinal(edit.state)) assert.equal(edit.state.type, holds ? "reviewing" : "stale");
        assert.equal(edit.tracker.plan([], document, s.eol) !== undefined, holds);
      }),
    ));

  it("rows 57, 59: comes back when one's own typing is undone", () =>
    holds(
      fc.asyncProperty(scenario, position, async (s, at) => {
        const edit = new Edit(s);
        await edit.stream(s);
        const before = edit.state.type;
        const { start, end } = edit.tracker.anchor;
        const offset = boundary(edit.document, start + (at % (end - start + 1)));
        edit.do({ type: "typeAnywhere", at: offset, length: 0, text: "z" });
        if (before === "reviewing") assert.equal(edit.state.type, "stale");
        edit.do({ type: "undo" });
        assert.equal(edit.state.type, before);
      }),
    ));

  it("rows 57, 59: comes back where it was when a change anywhere is undone, across its edges too", () =>
    holds(
      fc.property(
        scenario,
        fc.array(
          fc.record({
            type: fc.constant("typeAnywhere" as const),
            at: position,
            length: fc.nat({ max: 60 }),
            text: fc.constantFrom("", "", "y", "¶", "a¶b", "}¶}"),
          }),
          { minLength: 1, maxLength: 1 },
        ),
        (s, changes) => {
          const edit = new Edit(s);
          const { anchor } = edit.tracker;
          // One line among others that look the same is any of them.
          const { text } = edit.document;
          fc.pre(text.indexOf(edit.targetText) === text.lastIndexOf(edit.targetText));
          for (const change of changes) edit.do(change);
          for (const change of changes) edit.do({ ...change, type: "undo" });
          assert.equal(edit.document.text, edit.document.disk);
          assert.equal(edit.tracker.intact, true);
          assert.deepEqual(edit.tracker.anchor, anchor);
        },
      ),
    ));

  it("invariant 10: gives the same result however the stream was cut", () =>
    holds(
      fc.asyncProperty(scenario, fc.integer({ min: 1, max: 40 }), async (s, size) => {
        const [one, other] = [new Edit(s), new Edit(s)];
        await one.stream(s);
        await other.stream({ ...s, size });
        assert.deepEqual(one.state, other.state);
      }),
    ));

  it("row 61, invariant 5: claims nothing that the document did not take", () =>
    holds(
      fc.asyncProperty(scenario, async (s) => {
        const edit = new Edit(s);
        await edit.stream(s);
        edit.document.isReadOnly = true;
        const { text } = edit.document;
        const isReviewing = edit.state.type === "reviewing";
        edit.accept();
        assert.notEqual(edit.state.type, "accepted");
        if (isReviewing) assert.equal(edit.state.type, "failed");
        assert.equal(edit.document.text, text);
      }),
    ));

  it("invariant 9: saves nothing, and leaves a cursor outside the target at its text", () =>
    holds(
      fc.asyncProperty(scenario, position, async (s, at) => {
        const edit = new Edit(s);
        const { document } = edit;
        await edit.stream(s);
        const cursor = at % (document.length + 1);
        const { start, end } = edit.tracker.anchor;
        const [before, after] = [document.slice(0, cursor), document.slice(cursor, document.length)];
        edit.accept();
        if (cursor < start) assert.ok(document.text.startsWith(before));
        if (cursor > end) assert.ok(document.text.endsWith(after));
        assert.equal(document.disk, s.lines.join(s.eol));
        assert.equal(document.isDirty, edit.state.type === "accepted");
      }),
    ));

  it("is tried with 20,000 random cases and more", function () {
    if (cases === 0) this.skip();
    assert.ok(cases >= 20_000, String(cases));
  });
});

describe("the document model of these tests", () => {
  it("undoes several changes as one step", () => {
    const document = new DocumentModel("a\nb\nc", "\n");
    const changes: DocumentChange[] = [
      { offset: 0, length: 1, text: "long" },
      { offset: 4, length: 1, text: "" },
    ];
    document.edit(changes);
    assert.equal(document.text, "long\nb\n");
    document.undo();
    assert.equal(document.text, "a\nb\nc");
  });
});

import assert from "node:assert/strict";
import { moveAnchor } from "../../../../src/core/edit/anchor.ts";
import { TargetTracker } from "../../../../src/core/edit/targetTracker.ts";
import { DocumentModel } from "./documentModel.ts";

describe("anchor", () => {
  const anchor = { start: 10, end: 20 };
  const after = (offset: number, length: number, text: string): unknown =>
    moveAnchor(anchor, [{ offset, length, text }]);

  it("moves with changes before it", () => assert.deepEqual(after(2, 3, "x"), { start: 8, end: 18 }));
  it("moves with an insertion at its start", () =>
    assert.deepEqual(after(10, 0, "x"), { start: 11, end: 21 }));
  it("stays with an insertion at its end", () => assert.deepEqual(after(20, 0, "x"), anchor));
  it("stretches with changes inside", () => assert.deepEqual(after(12, 1, "long"), { start: 10, end: 23 }));
  it("keeps its tail when the head is cut", () =>
    assert.deepEqual(after(5, 10, "ab"), { start: 7, end: 12 }));
  it("keeps its head when the tail is cut", () =>
    assert.deepEqual(after(15, 10, "ab"), { start: 10, end: 15 }));
  it("is empty when all is replaced", () => assert.deepEqual(after(0, 30, "ab"), { start: 2, end: 2 }));
  it("takes several changes in the coordinates before them", () =>
    assert.deepEqual(
      moveAnchor(anchor, [
        { offset: 0, length: 0, text: "ab" },
        { offset: 15, length: 1, text: "" },
      ]),
      { start: 12, end: 21 },
    ));
  it("takes them in any order", () => {
    const changes = [
      { offset: 0, length: 9, text: "" },
      { offset: 12, length: 0, text: "abc" },
    ];
    assert.deepEqual(moveAnchor(anchor, changes), { start: 1, end: 14 });
    assert.deepEqual(moveAnchor(anchor, changes.toReversed()), { start: 1, end: 14 });
  });
});

describe("target tracker", () => {
  function open(): { document: DocumentModel; tracker: TargetTracker } {
    const document = new DocumentModel("one\ntwo\nthree\nfour", "\n");
    const tracker = new TargetTracker(["two", "three"], 4, "\n");
    document.onChange = (changes) => void tracker.update(changes, () => document, "\n");
    return { document, tracker };
  }
  const type = (offset: number, length: number, text: string): boolean => {
    const { document, tracker } = open();
    document.edit([{ offset, length, text }]);
    return tracker.intact;
  };

  it("takes a new line above or below for typing outside", () => {
    assert.equal(type(4, 0, "new\n"), true);
    assert.equal(type(13, 0, "\nnew"), true);
  });
  it("takes letters at either edge for typing inside", () => {
    assert.equal(type(4, 0, "x"), false);
    assert.equal(type(13, 0, "x"), false);
  });
  it("takes joined lines for typing inside", () => {
    assert.equal(type(3, 1, ""), false);
    assert.equal(type(13, 1, ""), false);
  });
  const undone: readonly [string, number, number, string][] = [
    ["its first line", 4, 4, ""],
    ["its last letter", 12, 1, ""],
    ["the line break before it", 3, 1, ""],
    ["all of it", 4, 9, ""],
    ["more than it", 1, 16, ""],
    ["the whole document", 0, 18, ""],
    ["the whole document, replaced", 0, 18, "other"],
  ];
  for (const [what, offset, length, text] of undone) {
    it(`is back when the loss of ${what} is undone`, () => {
      const { document, tracker } = open();
      document.edit([{ offset, length, text }]);
      assert.equal(tracker.intact, false);
      document.edit([{ offset, length: 0, text: "typed" }]);
      document.undo();
      document.undo();
      assert.equal(tracker.intact, true);
      assert.deepEqual(tracker.anchor, { start: 4, end: 13 });
    });
  }
  it("is back where it was among lines that look the same", () => {
    const document = new DocumentModel("}\n}\n}\n}", "\n");
    const tracker = new TargetTracker(["}"], 4, "\n");
    document.onChange = (changes) => void tracker.update(changes, () => document, "\n");
    document.edit([{ offset: 0, length: 7, text: "" }]);
    document.undo();
    assert.deepEqual([tracker.intact, tracker.anchor], [true, { start: 4, end: 5 }]);
  });
  it("is back where it was though its lines were typed beside it meanwhile", () => {
    const document = new DocumentModel("}", "\n");
    const tracker = new TargetTracker(["}"], 0, "\n");
    document.onChange = (changes) => void tracker.update(changes, () => document, "\n");
    document.edit([{ offset: 0, length: 0, text: "}\n}" }]);
    document.undo();
    assert.deepEqual([tracker.intact, tracker.anchor], [true, { start: 0, end: 1 }]);
  });
  it("is not taken for one of two places that look the same", () => {
    const { document, tracker } = open();
    document.edit([{ offset: 0, length: 18, text: "two\nthree\nx\ntwo\nthree" }]);
    assert.equal(tracker.intact, false);
  });
  it("is found in the only place where its lines are typed anew", () => {
    const { document, tracker } = open();
    document.edit([{ offset: 0, length: 18, text: "" }]);
    document.edit([{ offset: 0, length: 0, text: "x\ntwo\nthree" }]);
    assert.deepEqual([tracker.intact, tracker.anchor], [true, { start: 2, end: 11 }]);
  });
  for (const [text, other, eol] of [
    ["one\ntwo\nthree\nfour", "one\r\ntwo\r\nthree\r\nfour", "\r\n"],
    ["one\r\ntwo\r\nthree\r\nfour", "one\ntwo\nthree\nfour", "\n"],
  ] as const) {
    it(`stays at its lines when the line breaks become ${JSON.stringify(eol)}`, () => {
      const before = eol === "\n" ? "\r\n" : "\n";
      const tracker = new TargetTracker(["two", "three"], text.indexOf("two"), before);
      const source = { length: other.length, slice: (from: number, to: number) => other.slice(from, to) };
      const change = { offset: 0, length: text.length, text: other };
      assert.equal(
        tracker.update([change], () => source, eol),
        true,
      );
      assert.equal(tracker.anchor.start, other.indexOf("two"));
      assert.ok(tracker.plan([], source, eol));
    });
  }
  it("plans nothing on other text", () => {
    const { document, tracker } = open();
    document.edit([{ offset: 5, length: 1, text: "W" }]);
    assert.equal(tracker.plan([], document, "\n"), undefined);
  });
  it("plans where the target now is", () => {
    const { document, tracker } = open();
    document.edit([{ offset: 0, length: 0, text: "zero\n" }]);
    const hunk = { oldStart: 1, oldLines: ["three"], newStart: 1, newLines: ["3"] };
    assert.deepEqual(tracker.plan([hunk], document, "\n"), [{ offset: 13, length: 5, text: "3" }]);
  });
});

import assert from "node:assert/strict";
import fc from "fast-check";
import { countLines, toHunks, type DiffLine } from "../../../../src/core/edit/hunks.ts";
import { diffLines } from "../../../../src/core/edit/lineDiff.ts";
import { applyEdits, isWritten, minimalEdits } from "../../../../src/core/edit/minimalEdits.ts";
import { streamDiff } from "../../../../src/core/edit/streamDiff.ts";
import { wordMarks } from "../../../../src/core/edit/wordMarks.ts";

const texts = fc.array(
  fc.constantFrom("", "}", "a", "b", "const value = 1;", "const value = 2;", "return x;"),
  {
    minLength: 1,
    maxLength: 14,
  },
);
const side = (diff: readonly DiffLine[], without: DiffLine["type"]): string[] =>
  diff.filter(({ type }) => type !== without).map(({ text }) => text);

async function* each(lines: readonly string[], asked: string[] = []): AsyncGenerator<string, void> {
  for (const line of lines) {
    await Promise.resolve();
    asked.push(line);
    yield line;
  }
}

describe("line diff", () => {
  it("holds both texts, in order", () =>
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        const diff = diffLines(a, b);
        assert.deepEqual(side(diff, "added"), a);
        assert.deepEqual(side(diff, "removed"), b);
      }),
    ));

  it("falls back to one change when texts share nothing and are long", () => {
    const a = Array.from({ length: 4000 }, (_, i) => `a${i}`);
    const b = Array.from({ length: 4000 }, (_, i) => `b${i}`);
    const [hunk, ...others] = toHunks(diffLines(["same", ...a, "end"], ["same", ...b, "end"]));
    assert.equal(others.length, 0);
    assert.deepEqual([hunk!.oldStart, hunk!.oldLines.length, hunk!.newLines.length], [1, 4000, 4000]);
  });
});

describe("hunks and minimal edits", () => {
  it("turn one text into the other, touching changed lines only", () =>
    fc.assert(
      fc.property(texts, texts, fc.constantFrom("\n", "\r\n"), (a, b, eol) => {
        const hunks = toHunks(diffLines(a, b));
        const edits = minimalEdits(a, hunks, eol);
        assert.equal(applyEdits(a.join(eol), edits), b.join(eol));
        const removed = edits.reduce((sum, edit) => sum + edit.length, 0);
        const most = hunks
          .flatMap((hunk) => hunk.oldLines)
          .reduce((sum, l) => sum + l.length + eol.length, 0);
        assert.ok(removed <= most, `${removed} of ${most}`);
      }),
      { numRuns: 2000 },
    ));

  it("may be applied in part", () => {
    const old = ["a", "b", "c", "d", "e"];
    const hunks = toHunks(diffLines(old, ["A", "b", "d", "e", "f"]));
    assert.equal(hunks.length, 3);
    assert.deepEqual(countLines(hunks), { added: 2, removed: 2 });
    const part = hunks.filter((_, i) => i !== 1);
    assert.equal(applyEdits(old.join("\n"), minimalEdits(old, part, "\n")), "A\nb\nc\nd\ne\nf");
  });

  it("leave one empty line of a target whose lines all go", () => {
    const hunks = toHunks([
      { type: "removed", text: "a" },
      { type: "removed", text: "b" },
    ]);
    assert.deepEqual(minimalEdits(["a", "b"], hunks, "\n"), [{ offset: 0, length: 3, text: "" }]);
  });
});

describe("whether edits were written", () => {
  const edits = [
    { offset: 0, length: 3, text: "ONE" },
    { offset: 8, length: 5, text: "3" },
  ];
  const typed = { offset: 0, length: 0, text: "x" };
  const before = "one\ntwo\nthree";

  it("tells them in any order, and in one piece", () => {
    assert.equal(isWritten(before, edits, [edits.toReversed()]), true);
    assert.equal(isWritten(before, edits, [[{ offset: 0, length: 13, text: "ONE\ntwo\n3" }]]), true);
  });
  it("tells them though one typed right after", () =>
    assert.equal(isWritten(before, edits, [edits, [typed]]), true));
  it("tells typing that came in their place", () => assert.equal(isWritten(before, edits, [[typed]]), false));
  it("tells that nothing came", () => assert.equal(isWritten(before, edits, []), false));
});

describe("streamed diff", () => {
  it("holds both texts, in order, and looks no line ahead", () =>
    fc.assert(
      fc.asyncProperty(texts, texts, async (a, b) => {
        const diff: DiffLine[] = [];
        const asked: string[] = [];
        for await (const one of streamDiff(a, each(b, asked))) {
          diff.push(one);
          assert.deepEqual(side(diff, "added"), a.slice(0, side(diff, "added").length));
          const said = side(diff, "removed");
          assert.deepEqual(said, b.slice(0, said.length));
          assert.ok(asked.length - said.length <= 1);
        }
        assert.deepEqual(side(diff, "added"), a);
        assert.deepEqual(side(diff, "removed"), b);
      }),
    ));

  it("does not jump far ahead for a line that says little", async () => {
    const old = ["if (a) {", "  one();", "  two();", "  three();", "  four();", "}"];
    const types: string[] = [];
    for await (const { type } of streamDiff(old, each(["if (b) {", "}"]))) types.push(type);
    assert.deepEqual(types.slice(0, 2), ["added", "added"]);
  });
});

describe("word marks", () => {
  const marksOf = (oldText: string, newText: string): unknown => {
    const [hunk] = toHunks(diffLines(oldText.split("\n"), newText.split("\n")));
    assert.ok(hunk);
    const { removed, added } = wordMarks(hunk);
    const cut = (lines: readonly string[], marks: typeof removed): string[] =>
      marks.map(({ line, start, end }) => lines[line]!.slice(start, end));
    return { removed: cut(hunk.oldLines, removed), added: cut(hunk.newLines, added) };
  };

  it("name the words that changed", () =>
    assert.deepEqual(marksOf("let total = price * 2;", "let total = price * rate;"), {
      removed: ["2"],
      added: ["rate"],
    }));
  it("find the changed line among new ones", () =>
    assert.deepEqual(marksOf("return sum + 1;", "// why\nreturn sum + 2;"), {
      removed: ["1"],
      added: ["2"],
    }));
  it("leave other lines alone", () =>
    assert.deepEqual(marksOf("for (const a of b) {", "return 7;"), { removed: [], added: [] }));
  it("cut no surrogate pair", () =>
    assert.deepEqual(marksOf("say('good 😀')", "say('good 😁')"), { removed: ["😀"], added: ["😁"] }));
});

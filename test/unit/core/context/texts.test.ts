import assert from "node:assert/strict";
import fc from "fast-check";
import { countLines, cutText } from "../../../../src/core/context/cutText.ts";
import { folderTree } from "../../../../src/core/context/folderTree.ts";
import { splitDiff } from "../../../../src/core/context/gitDiff.ts";

describe("cutting a text", () => {
  it("keeps whole lines, or the start of a line that is too long", () => {
    assert.deepEqual(cutText("ab\ncd\nef", 7), { text: "ab\ncd\n", keptLines: 2, totalLines: 3 });
    assert.deepEqual(cutText("ab\ncd\nef", 8), { text: "ab\ncd\nef", keptLines: 3, totalLines: 3 });
    assert.deepEqual(cutText("abcdef\n", 3), { text: "abc", keptLines: 0, totalLines: 1 });
  });

  it("gives a start within the limit that cuts no character in two", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "é", "字", "🙂", "\n") });
    fc.assert(
      fc.property(text, fc.integer({ min: 4, max: 40 }), (whole, limit) => {
        const cut = cutText(whole, limit);
        assert.ok(whole.startsWith(cut.text));
        assert.ok(cut.text === whole || Buffer.byteLength(cut.text) <= limit);
        assert.equal(Buffer.from(cut.text).toString(), cut.text);
        assert.equal(
          cut.totalLines,
          whole.split("\n").length - (whole === "" || whole.endsWith("\n") ? 1 : 0),
        );
        assert.equal(cut.text === whole, Buffer.byteLength(whole) <= limit);
      }),
    );
  });

  it("counts lines", () => {
    assert.deepEqual(["", "a", "a\n", "a\nb", "\n\n"].map(countLines), [0, 1, 1, 2, 2]);
  });
});

describe("a folder's tree", () => {
  it("names every folder once", () => {
    const tree = folderTree(["b/c/d.ts", "a.ts", "b/a.ts", "b/c/e.ts", "c/x/y.ts"]);
    assert.equal(tree, "a.ts\nb/\n  a.ts\n  c/\n    d.ts\n    e.ts\nc/\n  x/\n    y.ts\n");
  });
});

describe("git's output", () => {
  it("is cut into files without loss", () => {
    const one =
      "diff --git a/a.ts b/a.ts\nindex 1..2\n--- a/a.ts\n+++ b/a.ts\n@@ -1 +1 @@\n-x\n+diff --git\n";
    const two = 'diff --git "a/\\303\\244 b" "b/\\303\\244 b"\nnew file mode 100644\n';
    assert.deepEqual(splitDiff(one + two), [
      { paths: "a/a.ts b/a.ts", text: one },
      { paths: '"a/\\303\\244 b" "b/\\303\\244 b"', text: two },
    ]);
    assert.deepEqual(splitDiff(""), []);
  });
});

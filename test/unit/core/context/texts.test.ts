import assert from "node:assert/strict";
import fc from "fast-check";
import { countLines, cutText } from "../../../../src/core/context/cutText.ts";
import { folderTree } from "../../../../src/core/context/folderTree.ts";
import { pathsOf, splitDiff } from "../../../../src/core/context/gitDiff.ts";

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

  const forms: Readonly<Record<string, readonly [string, readonly string[]]>> = {
    "as usual": ["diff --git a/.env b/.env\n--- a/.env\n+++ b/.env\n@@ -1 +1 @@\n", ["a/.env", "b/.env"]],
    "with prefixes that say which side": [
      "diff --git i/.env w/.env\n--- i/.env\n+++ w/.env\n",
      ["i/.env", "w/.env"],
    ],
    "without prefixes": ["diff --git .env .env\n--- .env\n+++ .env\n", [".env"]],
    "of a merge": [
      "diff --cc src/.env\nindex 1,2..3\n--- a/src/.env\n+++ b/src/.env\n@@@ -1 @@@\n",
      ["a/src/.env", "b/src/.env", "src/.env"],
    ],
    "of a combined merge": ["diff --combined .env\n", [".env"]],
    "before and after a rename": [
      "diff --git a/.env b/c.txt\nsimilarity index 100%\nrename from .env\nrename to c.txt\n",
      [".env", "c.txt", "a/.env", "b/c.txt"],
    ],
    "of a new file": [
      "diff --git a/x.pem b/x.pem\nnew file mode 100644\n--- /dev/null\n+++ b/x.pem\n",
      ["b/x.pem", "a/x.pem"],
    ],
    "of a binary file": [
      "diff --git a/x.pem b/x.pem\nBinary files a/x.pem and b/x.pem differ\n",
      ["a/x.pem", "b/x.pem"],
    ],
    "in quotes": [
      'diff --git "a/\\303\\244 \\"b\\".env" "b/.env.\\303\\244"\n--- "a/\\303\\244 \\"b\\".env"\n+++ "b/.env.\\303\\244"\n',
      ['a/ä "b".env', "b/.env.ä"],
    ],
    "with spaces, after which git puts a tab": [
      "diff --git a/my app/.env b/my app/.env\n--- a/my app/.env\t\n+++ b/my app/.env\t\n",
      ["a/my app/.env", "b/my app/.env", "a/my", "app/.env", "b/my"],
    ],
  };
  for (const [what, [text, paths]] of Object.entries(forms)) {
    it(`finds paths ${what}`, () => {
      assert.deepEqual(splitDiff(`${text}@@ -1 +1 @@\n--- not/a/path\n`).map(pathsOf), [paths]);
    });
  }
});

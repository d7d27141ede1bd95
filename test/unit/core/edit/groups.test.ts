import assert from "node:assert/strict";
import { groupChanges } from "../../../../src/core/edit/changeGroups.ts";
import { groupHtml } from "../../../../src/core/edit/groupHtml.ts";
import { toHunks } from "../../../../src/core/edit/hunks.ts";
import { diffLines } from "../../../../src/core/edit/lineDiff.ts";

function htmlOf(oldText: string, newText: string): (string | undefined)[] {
  const old = oldText.split("\n");
  const groups = groupChanges(toHunks(diffLines(old, newText.split("\n"))));
  return groups.map((group) => groupHtml(group, old, (lines) => `${lines} more`));
}

describe("groups of changes", () => {
  const ranges = (oldText: string, newText: string): number[][] =>
    groupChanges(toHunks(diffLines(oldText.split("\n"), newText.split("\n")))).map((group) => [
      group.oldStart,
      group.oldEnd,
      group.hunks.length,
    ]);

  it("join changes with up to two unchanged lines between them", () => {
    assert.deepEqual(ranges("a\nb\nc\nd", "A\nb\nc\nD"), [[0, 4, 2]]);
    assert.deepEqual(ranges("a\nb\nc\nd\ne", "A\nb\nc\nd\nE"), [
      [0, 1, 1],
      [4, 5, 1],
    ]);
  });
});

describe("a group as HTML", () => {
  it("marks new lines and changed words, and keeps the lines between them", () => {
    const [html = ""] = htmlOf("let a = 1;\nsame();\nlet b = 2;", "let a = 3;\nsame();\nlet b = 4;");
    const text = html.replace(/<[^>]*>/g, "");
    assert.equal(text, "+ let a = 3;\n  same();\n+ let b = 4;");
    assert.match(html, /<strong><span [^>]*insertedTextBackground\);">3<\/span><\/strong>/);
  });

  it("lets no tag, entity or hidden direction of the code through", () => {
    const [html = ""] = htmlOf("a", "<img src=x onerror=1> & </pre><script>\u202E");
    assert.deepEqual(
      [...html.matchAll(/<\/?(\w+)/g)].map((match) => match[1]),
      ["pre", "span", "span", "pre"],
    );
    assert.match(html, /&amp; &lt;\/pre&gt;&lt;script&gt;&lt;U\+202E&gt;/);
  });

  it("has nothing to show where lines only go", () => assert.deepEqual(htmlOf("a\nb", "a"), [undefined]));

  it("says how much it leaves out of a long change", () => {
    const [html = ""] = htmlOf("a", Array.from({ length: 300 }, (_, i) => `line ${i}`).join("\n"));
    assert.match(html, /line 199<\/span>\n100 more<\/pre>$/);
  });
});

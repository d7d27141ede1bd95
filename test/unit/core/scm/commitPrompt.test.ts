import assert from "node:assert/strict";
import fc from "fast-check";
import type { ChatMessage } from "../../../../src/core/api/types.ts";
import { commitPrompt, commitText, cutDiff } from "../../../../src/core/scm/commitPrompt.ts";

const diff = (path: string, lines: number) =>
  `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n@@ -1 +1,${String(lines)} @@\n${"+line\n".repeat(lines)}`;

function contentOf(message: ChatMessage | undefined): string {
  assert.ok(typeof message?.content === "string");
  return message.content;
}

describe("the prompt for a commit message", () => {
  it("holds the diff, the style of the last commits and what the person began", () => {
    const [system, user] = commitPrompt({
      diff: diff("src/a.ts", 2),
      untracked: [],
      past: ["Add the cart", "Fix the total\n\nIt counted twice."],
      draft: "orders",
    });
    assert.match(contentOf(system), /message alone/);
    assert.match(contentOf(user), /- Add the cart\n- Fix the total\n {2}\n {2}It counted twice\./);
    assert.match(contentOf(user), /with these words; keep their meaning:\n\norders/);
    assert.match(contentOf(user), /```diff\ndiff --git a\/src\/a\.ts/);
  });

  it("cannot be ended by a fence in the diff", () => {
    const [, user] = commitPrompt({
      diff: `${diff("a.md", 1)}+\`\`\`\`\n`,
      past: [],
      draft: "",
      untracked: [],
    });
    assert.match(contentOf(user), /^`````diff$/m);
  });

  it("names every file of a diff that is too long", () => {
    const long = ["a.ts", "b.ts", "c.ts"].map((path) => diff(path, 5000)).join("");
    const cut = cutDiff(long, 3000);
    assert.ok(cut.length < 4000);
    for (const path of ["a.ts", "b.ts", "c.ts"]) assert.ok(cut.includes(`+++ b/${path}\n`));
    assert.equal(cutDiff(long, long.length), long);
  });

  it("names every file of a long diff of a merge too", () => {
    const long = ["a.ts", "b.ts"].map((path) => diff(path, 5000).replace("--git", "--cc")).join("");
    assert.match(cutDiff(long, 3000), /\+\+\+ b\/a\.ts[^]*\[cut\][^]*\+\+\+ b\/b\.ts/);
  });

  it("names new files, and says how many more there are", () => {
    const untracked = Array.from({ length: 203 }, (_, n) => `src/${String(n)}.ts`);
    const [, user] = commitPrompt({ diff: "", untracked, past: [], draft: "" });
    assert.match(contentOf(user), /for the new files below/);
    assert.match(contentOf(user), /\nsrc\/199\.ts\n\[3 more\]\n```$/);
    assert.doesNotMatch(contentOf(user), /```diff|src\/200\.ts/);
  });
});

describe("the message in an answer", () => {
  it("is the answer, without a fence or quotes around the whole", () => {
    assert.equal(commitText("Add a\n\nBecause.\n"), "Add a\n\nBecause.");
    assert.equal(commitText("```\nAdd a\n```"), "Add a");
    assert.equal(commitText("```text\nAdd `a`\n"), "Add `a`");
    assert.equal(commitText('"Add a"'), "Add a");
    assert.equal(commitText("```\n```"), "");
  });

  it("keeps quotes and fences that are part of it", () => {
    assert.equal(commitText('"Add" and "b"'), '"Add" and "b"');
    assert.equal(commitText('Say "no"'), 'Say "no"');
    assert.equal(commitText("Add a\n\n```\ncode\n```"), "Add a\n\n```\ncode\n```");
  });

  it("does not depend on spaces around it", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        assert.equal(commitText(`\n ${text}\n`), commitText(text));
      }),
    );
  });
});

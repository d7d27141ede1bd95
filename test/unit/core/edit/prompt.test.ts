import assert from "node:assert/strict";
import { refactorInstruction } from "../../../../src/core/edit/instructions.ts";
import { contextBudget, editPrompt } from "../../../../src/core/edit/prompt.ts";
import { type Rules, rulesBudget } from "../../../../src/core/edit/rules.ts";
import type { EditTarget } from "../../../../src/core/edit/target.ts";

const target: EditTarget = {
  lines: ["function total(items) {", "  return 0;", "}"],
  before: ["const rate = 0.2;", ""],
  after: ["", "module.exports = { total };", ""],
  indent: { tabs: false, size: 2 },
  languageId: "javascript",
};
const userText = (changed: Partial<EditTarget>, instruction = refactorInstruction): string => {
  const { messages } = editPrompt({ path: "src/total.js", target: { ...target, ...changed }, instruction });
  const content = messages.at(-1)?.content;
  assert.ok(typeof content === "string");
  return content;
};

describe("prompt of an edit", () => {
  it("reads so", () => {
    const { messages, tag } = editPrompt({ path: "src/total.js", target, instruction: "Add the rate." });
    assert.equal(tag, "selection");
    assert.deepEqual(messages, [
      {
        role: "system",
        content: `You edit code inside a file. You are given the file, or the part of it around a selection, and an instruction.
Answer with the complete replacement for the selected lines in one fenced code block, and nothing else: no explanation before or after it.
Write every line out: never stand in for code with comments such as “rest unchanged”.
Do not repeat code from outside the selection, and leave out the tags that mark it.
Keep the indentation, the style of the file and the natural language of its comments. Change only what the instruction asks for.`,
      },
      {
        role: "user",
        content: `File: src/total.js
Language: javascript

<file>
const rate = 0.2;

<selection>
function total(items) {
  return 0;
}
</selection>

module.exports = { total };

</file>

Instruction: Add the rate.

Give only the code that replaces what is between <selection> and </selection>, in one fenced block that opens and closes with \`\`\``,
      },
    ]);
  });

  it("tells the rules of the workspace after its own, within their budget", () => {
    const system = (rules: readonly Rules[]): string => {
      const content = editPrompt({ path: "a.js", target, instruction: "Go.", rules }).messages[0]?.content;
      assert.ok(typeof content === "string");
      return content;
    };
    const bare = system([]);
    assert.equal(
      system([
        { path: "AGENTS.md", text: "\n# Rules\n\nUse tabs.\n" },
        { path: ".github/copilot-instructions.md", text: "No semicolons." },
        { path: "empty.md", text: " \n" },
      ]),
      `${bare}

The rules of this workspace follow. They are about the code you write; the form of your answer stays as said above.

From \`AGENTS.md\`:

# Rules

Use tabs.

From \`.github/copilot-instructions.md\`:

No semicolons.`,
    );
    const long = system([
      { path: "AGENTS.md", text: "a rule\n".repeat(rulesBudget) },
      { path: "late.md", text: "x".repeat(100) },
    ]);
    assert.ok(long.length < bare.length + rulesBudget + 500, String(long.length));
    assert.match(long, /From `AGENTS.md` \(its beginning\):\n\na rule\n/);
  });

  it("marks the selection with a tag that the code does not hold", () => {
    const { tag } = editPrompt({
      path: "a.html",
      target: { ...target, lines: ["<selection>", "</selection-2>"] },
      instruction: "Go.",
    });
    assert.equal(tag, "selection-3");
    assert.match(userText({ after: ["</selection>"] }), /\n<selection-2>\nfunction/);
  });

  it("asks for a fence longer than those in the code", () =>
    assert.match(userText({ lines: ["text", "````md", "````"] }), /opens and closes with `{5}$/));

  it("keeps to its budget, nearest lines first, and says what it left out", () => {
    const far = Array.from({ length: 5000 }, (_, i) => `line ${i}`);
    const text = userText({ before: far, after: far });
    assert.ok(text.length < contextBudget.before + contextBudget.after + 1500, String(text.length));
    assert.match(text, /\[earlier lines left out\]\nline \d+\n/);
    assert.match(text, /line 4999\n<selection>/);
    assert.match(text, /<\/selection>\nline 0\n/);
    assert.match(text, /\[later lines left out\]\n<\/file>/);
  });
});

import assert from "node:assert/strict";
import { chatPrompt } from "../../../../src/core/chat/prompt.ts";
import { answer, question } from "./samples.ts";

describe("chat prompt", () => {
  it("begins with one system message and adds the person's own instructions to it", () => {
    const [system] = chatPrompt([question("q", undefined)], "  Answer in German.  ");
    assert.equal(system?.role, "system");
    assert.match(system.content, /inside VS Code[^]*\n\nAnswer in German\.$/);
  });

  it("sends the branch in order, each question and answer once", () => {
    const branch = [
      question("q1", undefined, "first"),
      answer("a1", "q1", { content: "one", reasoning: "not sent" }),
      question("q2", "a1", "second"),
    ];
    assert.deepEqual(chatPrompt(branch, "").slice(1), [
      { role: "user", content: "first" },
      { role: "assistant", content: "one" },
      { role: "user", content: "second" },
    ]);
  });

  it("leaves out an answer that failed with nothing to show, and sends a refusal as what was said", () => {
    const branch = [
      question("q1", undefined, "first"),
      answer("a1", "q1"),
      question("q2", "a1", "second"),
      answer("a2", "q2", { refusal: "I would rather not." }),
    ];
    assert.deepEqual(
      chatPrompt(branch, "").map((message) => message.content),
      [chatPrompt(branch, "")[0]?.content, "first", "second", "I would rather not."],
    );
  });

  it("puts attached code behind the question in a fence that the code cannot close", () => {
    const text = "const s = `\n````\n`;";
    const item = {
      kind: "selection" as const,
      id: "1",
      path: "src/a.ts",
      languageId: "typescript",
      startLine: 3,
      endLine: 5,
      text,
    };
    const [, user] = chatPrompt([{ ...question("q", undefined, "Explain."), context: [item] }], "");
    assert.equal(
      user?.content,
      `Explain.\n\nFrom \`src/a.ts\`, lines 3–5:\n\n\`\`\`\`\`typescript\n${text}\n\`\`\`\`\``,
    );
  });
});

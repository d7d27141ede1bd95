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

  it("gives a place once while it stays as it is, and again when it changed", () => {
    const file = (text: string) => ({
      ...{ kind: "file" as const, id: text, path: "src/a.ts", languageId: "typescript" },
      text,
    });
    const asked = (id: string, text: string) => ({ ...question(id, undefined, id), context: [file(text)] });
    const branch = [asked("q1", "one"), asked("q2", "one"), asked("q3", "two"), asked("q4", "one")];
    assert.deepEqual(
      chatPrompt(branch, "")
        .slice(1)
        .map(({ content }) => content),
      [
        "q1\n\nFrom `src/a.ts`:\n\n```typescript\none\n```",
        "q2\n\nWith `src/a.ts`, unchanged since it was given above.",
        "q3\n\nFrom `src/a.ts`:\n\n```typescript\ntwo\n```",
        "q4\n\nFrom `src/a.ts`:\n\n```typescript\none\n```",
      ],
    );
  });

  const rules = (id: string, text: string) => ({
    kind: "rules" as const,
    id,
    path: "AGENTS.md",
    languageId: "markdown",
    text,
  });

  it("puts the last question's rules into the system message, and those of earlier ones nowhere", () => {
    const branch = [
      { ...question("q1", undefined, "first"), context: [rules("1", "Old rule.")] },
      answer("a1", "q1", { content: "one" }),
      { ...question("q2", "a1", "second"), context: [rules("2", "Use tabs.\n")] },
    ];
    const [system, ...others] = chatPrompt(branch, "Be kind.");
    assert.ok(system?.role === "system");
    assert.match(
      system.content,
      /Be kind\.\n\nThe rules of this workspace, from `AGENTS.md`:\n\nUse tabs\.$/,
    );
    assert.deepEqual(
      others.map(({ content }) => content),
      ["first", "one", "second"],
    );
  });

  it("sends images as parts after the text, and says what was cut", () => {
    const image = {
      kind: "image" as const,
      id: "i",
      name: "a.png",
      url: "data:image/png;base64,AA==",
      width: 1,
      height: 1,
      bytes: 1,
    };
    const log = {
      kind: "terminal" as const,
      id: "t",
      path: "terminal",
      languageId: "",
      text: "x\n",
      cut: "last 1 of 9 lines",
    };
    const [, user] = chatPrompt([{ ...question("q", undefined, "What?"), context: [image, log] }], "");
    assert.deepEqual(user?.content, [
      { type: "text", text: "What?\n\nFrom `terminal` (last 1 of 9 lines):\n\n```\nx\n```" },
      { type: "image", url: image.url },
    ]);
  });

  it("sends what a slash command stands for in place of it", () => {
    const [, user] = chatPrompt([{ ...question("q", undefined, "/fix"), instruction: "Find bugs." }], "");
    assert.equal(user?.content, "Find bugs.");
  });

  it("sends the newest images alone, as many as may go along, and says of the others that they were there", () => {
    const image = (id: string) =>
      ({ kind: "image", id, name: `${id}.png`, url: `data:${id}`, width: 1, height: 1, bytes: 1 }) as const;
    const branch = [
      { ...question("q1", undefined, "first"), context: [image("a"), image("b")] },
      { ...question("q2", "q1", "second"), context: [image("c")] },
    ];
    const note = (name: string) => `The image \`${name}\` was attached here. It is not part of this request.`;
    const sent = (most?: number) =>
      chatPrompt(branch, "", undefined, most)
        .slice(1)
        .map(({ content }) => content);
    assert.deepEqual(sent(2), [
      [
        { type: "text", text: `first\n\n${note("a.png")}` },
        { type: "image", url: "data:b" },
      ],
      [
        { type: "text", text: "second" },
        { type: "image", url: "data:c" },
      ],
    ]);
    assert.deepEqual(sent(0), [
      `first\n\n${note("a.png")}\n\n${note("b.png")}`,
      `second\n\n${note("c.png")}`,
    ]);
    assert.equal(JSON.stringify(sent()).match(/data:/g)?.length, 3);
  });
});

import assert from "node:assert/strict";
import {
  type Answer,
  changeConversation,
  type Conversation,
  type ConversationChange,
  emptyConversation,
} from "../../../../src/core/chat/conversation.ts";
import { exportJson, importJson } from "../../../../src/core/chat/exportJson.ts";
import { exportMarkdown } from "../../../../src/core/chat/exportMarkdown.ts";
import { answer, question } from "./samples.ts";

const complete = { type: "complete", truncated: false } as const;
const request = {
  ...{ key: "secret-key", body: '{"metadata":{}}', bodyHash: "h", baseUrl: "https://api.example/v1" },
  ...{ tokenFingerprint: "fingerprint-0123", stream: true },
};
const changes: readonly ConversationChange[] = [
  {
    type: "asked",
    message: {
      ...question("q1", undefined, "What is this?"),
      context: [
        {
          ...{ kind: "selection", id: "s", path: "src/a.ts", languageId: "typescript" },
          ...{ startLine: 3, endLine: 9, text: "code" },
        },
        {
          kind: "image",
          id: "i",
          name: "a.png",
          url: "data:image/png;base64,AA",
          width: 1,
          height: 1,
          bytes: 1,
        },
      ],
    },
  },
  { type: "answerStarted", answer: answer("a1", "q1", { content: "Old answer", outcome: complete }) },
  { type: "branchChosen", leafId: "q1" },
  {
    type: "answerStarted",
    answer: answer("a2", "q1", {
      ...{ content: "A function.", reasoning: "Let me see.", outcome: complete },
      ...{ request, sent: undefined, usage: { promptTokens: 1, completionTokens: 2, totalTokens: 3 } },
    }),
  },
  { type: "renamed", title: "My chat" },
];
const chat: Conversation = changes.reduce(changeConversation, emptyConversation("c", 1));
const words = {
  you: "You",
  valar: "Valar",
  reasoning: "Reasoning",
  context: "Context",
  figures: ({ model, usage }: Answer) => `model_${model}, ${String(usage?.totalTokens)} tokens, $1`,
};

describe("an exported chat", () => {
  it("as Markdown, has the branch that is shown, with its context and its reasoning folded", () => {
    assert.equal(
      exportMarkdown(chat, words),
      [
        "# My chat",
        "## You",
        "What is this?",
        "Context:\n\n- `src/a.ts:3-9`\n- `a.png`",
        "## Valar",
        "<details>\n<summary>Reasoning</summary>\n\nLet me see.\n\n</details>",
        "A function.",
        "_model\\_m, 3 tokens, \\$1_\n",
      ].join("\n\n"),
    );
  });

  it("as Markdown, has its title as it is, whatever marks are in it", () => {
    const title = "Explain <b>quantities</b> | `ticks` & *stars* [x](y) \\ $a_b$ ~~no~~ C#";
    const [first = ""] = exportMarkdown({ ...chat, title }, words).split("\n");
    assert.doesNotMatch(first.slice(1), /(?<!\\)[<>|`&*[\]$_~#]/);
    assert.equal(first.slice(2).replaceAll(/\\([^ ])/g, "$1"), title);
  });

  it("as Markdown, keeps its figures out of code that was cut off", () => {
    const cut = {
      ...chat,
      messages: [question("q", undefined), answer("a", "q", { content: "See:\n```ts\nlet a" })],
    };
    const text = exportMarkdown({ ...cut, leafId: "a" }, words);
    assert.ok(text.includes("let a\n```\n\n_model"), text);
  });

  it("as JSON, comes back with all branches and no request, key or fingerprint", () => {
    const text = exportJson({ conversation: chat, changedAt: 5 });
    assert.doesNotMatch(text, /secret-key|fingerprint/);
    const messages = chat.messages.map((message) =>
      message.kind === "answer" ? { ...message, request: undefined, sent: undefined } : message,
    );
    assert.deepEqual(importJson(text), { conversation: { ...chat, messages }, changedAt: 5 });
    const earlier = text.replace('"changedAt": 5,', "");
    assert.equal(importJson(earlier).changedAt, chat.createdAt);
  });

  it("leaves out what was deleted, and marks what was still running as interrupted", () => {
    const deleted = changeConversation(chat, { type: "deleted", id: "a2" });
    assert.doesNotMatch(exportJson({ conversation: deleted, changedAt: 5 }), /A function/);
    const running = changeConversation(chat, { type: "answerStarted", answer: answer("a3", "q1") });
    const last = importJson(exportJson({ conversation: running, changedAt: 5 })).conversation.messages.at(-1);
    assert.ok(last?.kind === "answer" && last.outcome.type === "failed");
    assert.equal(last.outcome.failure.kind, "interrupted");
  });

  it("is not imported when it is something else, or does not hang together", () => {
    const changed = (change: (conversation: Record<string, unknown>) => void): string => {
      const file = JSON.parse(exportJson({ conversation: chat, changedAt: 5 })) as {
        conversation: Record<string, unknown>;
      };
      change(file.conversation);
      return JSON.stringify(file);
    };
    for (const [bad, reason] of [
      ["", /not an exported chat/],
      ["[]", /not an exported chat/],
      ['{"format":"valar.chat","version":2}', /another version/],
      ['{"format":"valar.chat","version":1}', /not an object/],
      [changed((one) => (one["leafId"] = "none")), /end of the chat/],
      [changed((one) => (one["messages"] = chat.messages.slice(1))), /follow one another/],
      [changed((one) => (one["messages"] = [...chat.messages, chat.messages[0]])), /follow one another/],
      [
        exportJson({ conversation: chat, changedAt: 5 }).replace("data:image/png", "https://evil.example/"),
        /not part of the file/,
      ],
    ] as const) {
      assert.throws(
        () => importJson(bad),
        (error) => error instanceof Error && reason.test(error.message),
        bad,
      );
    }
  });
});

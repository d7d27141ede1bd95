import assert from "node:assert/strict";
import fc from "fast-check";
import { changeEntries, decodeEntry, toJson } from "../../../../src/core/chat/historyEntry.ts";
import {
  changeConversation,
  type Conversation,
  conversationTitle,
  emptyConversation,
  findAnswer,
  lastWords,
  newestLeaf,
  shownMessages,
  siblings,
} from "../../../../src/core/chat/conversation.ts";
import { answer, question } from "./samples.ts";

function build(): Conversation {
  let conversation = emptyConversation("c", 1);
  conversation = changeConversation(conversation, { type: "asked", message: question("q1", undefined) });
  conversation = changeConversation(conversation, { type: "answerStarted", answer: answer("a1", "q1") });
  return conversation;
}

const ids = (conversation: Conversation) => shownMessages(conversation).map((message) => message.id);

describe("conversation", () => {
  it("shows the branch from the first question to the newest answer", () => {
    assert.deepEqual(ids(build()), ["q1", "a1"]);
  });

  it("keeps the old answer when another is asked for", () => {
    let conversation = changeConversation(build(), { type: "branchChosen", leafId: "q1" });
    conversation = changeConversation(conversation, { type: "answerStarted", answer: answer("a2", "q1") });
    assert.deepEqual(ids(conversation), ["q1", "a2"]);
    assert.ok(findAnswer(conversation, "a1"));
    conversation = changeConversation(conversation, { type: "branchChosen", leafId: "a1" });
    assert.deepEqual(ids(conversation), ["q1", "a1"]);
  });

  it("grows an answer by appending to each channel", () => {
    const grow = { type: "answerGrew", id: "a1", content: "x", reasoning: "y", refusal: "" } as const;
    const conversation = changeConversation(changeConversation(build(), grow), grow);
    const grown = findAnswer(conversation, "a1");
    assert.deepEqual([grown?.content, grown?.reasoning, grown?.refusal], ["xx", "yy", ""]);
  });

  it("grows an answer once that two windows recover, however what they add is mixed", () => {
    const text = "Half and whole";
    const growths = (cuts: readonly number[]) => {
      const places = [0, ...cuts.map((cut) => cut % text.length).sort((a, b) => a - b), text.length];
      return places.slice(1).map((end, at) => {
        const start = places[at] ?? 0;
        const from = { content: start, reasoning: 0, refusal: start };
        const piece = text.slice(start, end);
        return { type: "answerGrew", id: "a1", content: piece, reasoning: "", refusal: piece, from } as const;
      });
    };
    const cuts = fc.array(fc.nat(), { maxLength: 6 });
    fc.assert(
      fc.property(cuts, cuts, fc.array(fc.boolean(), { minLength: 14, maxLength: 14 }), (one, two, order) => {
        const [first, second] = [growths(one), growths(two)];
        let conversation = build();
        for (let step = 0; first.length + second.length > 0; step++) {
          const isFirst = second.length === 0 || (first.length > 0 && order[step] === true);
          const grow = (isFirst ? first : second).shift();
          assert.ok(grow);
          const [entry] = changeEntries(conversation, [grow]).map((each) => decodeEntry(toJson(each)));
          assert.ok(entry?.type === "change");
          conversation = changeConversation(conversation, entry.change);
        }
        const grown = findAnswer(conversation, "a1");
        assert.deepEqual([grown?.content, grown?.reasoning, grown?.refusal], [text, "", text]);
      }),
    );
  });

  it("leaves the conversation before a change as it was", () => {
    const before = build();
    changeConversation(before, { type: "answerUpdated", id: "a1", fields: { content: "new" } });
    assert.equal(findAnswer(before, "a1")?.content, "");
  });

  it("ignores a change of an answer that is not there", () => {
    const before = build();
    assert.equal(changeConversation(before, { type: "answerUpdated", id: "no", fields: {} }), before);
  });

  it("ends even when a file names a circle of parents", () => {
    const circle: Conversation = {
      ...emptyConversation("c", 1),
      messages: [question("q1", "a1"), answer("a1", "q1")],
      leafId: "a1",
    };
    assert.deepEqual(ids(circle), ["q1", "a1"]);
  });

  it("takes a message and what follows out of sight, and back", () => {
    let conversation = changeConversation(build(), { type: "asked", message: question("q2", "a1") });
    conversation = changeConversation(conversation, { type: "deleted", id: "a1" });
    assert.deepEqual(ids(conversation), ["q1"]);
    conversation = changeConversation(conversation, { type: "restored", id: "a1", leafId: "q2" });
    assert.deepEqual(ids(conversation), ["q1", "a1", "q2"]);
    assert.equal(
      conversation.messages.some(({ deleted }) => deleted === true),
      false,
    );
  });

  it("brings back what a message hangs on together with it", () => {
    let conversation = changeConversation(build(), { type: "asked", message: question("q2", "a1") });
    conversation = changeConversation(conversation, { type: "deleted", id: "q2" });
    conversation = changeConversation(conversation, { type: "deleted", id: "a1" });
    conversation = changeConversation(conversation, { type: "restored", id: "q2", leafId: "q2" });
    assert.deepEqual(ids(conversation), ["q1", "a1", "q2"]);
    assert.ok(conversation.messages.every(({ deleted }) => deleted !== true));
  });

  it("goes on in the newest other answer when one is deleted, at its newest end", () => {
    let conversation = changeConversation(build(), { type: "asked", message: question("q2", "a1") });
    conversation = changeConversation(conversation, { type: "branchChosen", leafId: "q1" });
    conversation = changeConversation(conversation, { type: "answerStarted", answer: answer("a2", "q1") });
    conversation = changeConversation(conversation, { type: "deleted", id: "a2" });
    assert.deepEqual(ids(conversation), ["q1", "a1", "q2"]);
    assert.deepEqual(
      siblings(conversation, "a1").map(({ id }) => id),
      ["a1"],
    );
  });

  it("stays in its branch when another is deleted", () => {
    let conversation = changeConversation(build(), { type: "branchChosen", leafId: "q1" });
    conversation = changeConversation(conversation, { type: "answerStarted", answer: answer("a2", "q1") });
    conversation = changeConversation(conversation, { type: "deleted", id: "a1" });
    assert.deepEqual(ids(conversation), ["q1", "a2"]);
  });

  it("names the wordings of a question and the answers to it as siblings, oldest first", () => {
    let conversation = changeConversation(build(), { type: "branchChosen", leafId: undefined });
    conversation = changeConversation(conversation, { type: "asked", message: question("q1b", undefined) });
    assert.deepEqual(
      siblings(conversation, "q1").map(({ id }) => id),
      ["q1", "q1b"],
    );
    assert.deepEqual(
      siblings(conversation, "a1").map(({ id }) => id),
      ["a1"],
    );
    assert.deepEqual(siblings(conversation, "none"), []);
    assert.equal(newestLeaf(conversation, "q1"), "a1");
    assert.equal(newestLeaf(conversation, "q1b"), "q1b");
  });

  it("stays where it is when a branch is chosen or restored that another window erased", () => {
    const before = build();
    assert.equal(changeConversation(before, { type: "branchChosen", leafId: "gone" }), before);
    assert.equal(changeConversation(before, { type: "restored", id: "gone", leafId: "a1" }), before);
    const deleted = changeConversation(before, { type: "deleted", id: "a1" });
    const restored = changeConversation(deleted, { type: "restored", id: "a1", leafId: "gone" });
    assert.deepEqual(ids(restored), ["q1", "a1"]);
  });

  it("has the name it was given, or else that of the first question that is left", () => {
    let conversation = changeConversation(build(), { type: "renamed", title: "Mine" });
    assert.equal(conversationTitle(conversation), "Mine");
    conversation = changeConversation(conversation, { type: "renamed", title: undefined });
    conversation = changeConversation(conversation, { type: "deleted", id: "q1" });
    conversation = changeConversation(conversation, { type: "asked", message: question("q2", undefined) });
    assert.equal(conversationTitle(conversation), "q2");
  });

  it("is named after no question that hangs on a deleted one, until that comes back", () => {
    let conversation = changeConversation(build(), { type: "asked", message: question("q2", "a1") });
    conversation = changeConversation(conversation, { type: "deleted", id: "q1" });
    assert.equal(conversationTitle(conversation), "");
    conversation = changeConversation(conversation, { type: "restored", id: "q1", leafId: "q2" });
    assert.equal(conversationTitle(conversation), "q1");
  });

  it("takes its title from the first line of the first question, whole characters only", () => {
    const conversation = changeConversation(emptyConversation("c", 1), {
      type: "asked",
      message: question("q", undefined, `${"🦊".repeat(70)}\nsecond line`),
    });
    assert.equal(conversationTitle(conversation), `${"🦊".repeat(59)}…`);
  });

  it("gives the beginning of the last answer that is shown, without Markdown's marks", () => {
    assert.equal(lastWords(emptyConversation("c", 1)), "");
    const content = "## Outline\n\n**First** `a()` " + "x".repeat(60);
    const conversation = changeConversation(build(), {
      type: "answerUpdated",
      id: "a1",
      fields: { content },
    });
    const asked = { type: "asked", message: question("q2", "a1") } as const;
    const last = lastWords(changeConversation(conversation, asked));
    assert.equal(last, `Outline First a() ${"x".repeat(41)}…`);
  });

  describe("how the last answer begins", () => {
    const texts: Readonly<Record<string, string>> = {
      "With `src/cart.ts`, unchanged": "With src/cart.ts, unchanged",
      "**bold**, *it*, ~~gone~~, `code`, _too_.": "bold, it, gone, code, too.",
      "***both***, **a *b* c** and __d__": "both, a b c and d",
      "这是**粗体**文字": "这是粗体文字",
      "snake_case and __snake_case__ of C#": "snake_case and snake_case of C#",
      "2 * 3 is 6, and `a*b*c` or `_x_` is code": "2 * 3 is 6, and a*b*c or _x_ is code",
      "A star: \\*, no mark": "A star: *, no mark",
      "> ## Head\n\n* one\n* **two**": "Head one two",
      "Run:\n\n```ts\nlet a = b;\n```\nDone": "Run: let a = b; Done",
      "An **open end": "An open end",
    };
    for (const [content, words] of Object.entries(texts)) {
      it(words, () => {
        const fields = { content };
        assert.equal(
          lastWords(changeConversation(build(), { type: "answerUpdated", id: "a1", fields })),
          words,
        );
      });
    }

    it("leaves JSON as it is", () => {
      const fields = { content: '{"_id_": "*"}', json: true };
      const conversation = changeConversation(build(), { type: "answerUpdated", id: "a1", fields });
      assert.equal(lastWords(conversation), fields.content);
    });
  });
});

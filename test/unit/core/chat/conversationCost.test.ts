import assert from "node:assert/strict";
import { type Answer, emptyConversation } from "../../../../src/core/chat/conversation.ts";
import { conversationCost } from "../../../../src/core/chat/conversationCost.ts";
import { answer, question } from "./samples.ts";

const usage = { promptTokens: 1, completionTokens: 1, totalTokens: 2 };
const failed = { type: "failed", failure: { kind: "network", message: "", requestId: undefined } } as const;
const costOf = (one: Answer): number | undefined => (one.usage === undefined ? undefined : 0.25);

/** The cost of a conversation with these answers, wherever they stand in it. */
function cost(...answers: readonly Partial<Answer>[]) {
  const asked = question("q", undefined);
  const messages = answers.map((fields, at) => ({ ...answer(`a${String(at)}`, "q"), ...fields }));
  return conversationCost({ ...emptyConversation("c", 0), messages: [asked, ...messages] }, costOf);
}

describe("the cost of a conversation", () => {
  it("is that of all its answers, those on other branches and deleted ones too", () => {
    assert.deepEqual(cost({ usage }, { usage }, { usage, deleted: true }), { usd: 0.75, isAtLeast: false });
  });

  it("is at least what is known where an answer does not say what it took", () => {
    const stopped = { usage: undefined, outcome: { type: "cancelled" } } as const;
    assert.deepEqual(cost({ usage }, stopped), { usd: 0.25, isAtLeast: true });
    assert.deepEqual(cost(stopped), { usd: 0, isAtLeast: true });
    assert.deepEqual(cost({ usage: undefined, outcome: failed, content: "half" }), {
      usd: 0,
      isAtLeast: true,
    });
  });

  it("is not known before the first answer, and nothing for one that failed at once", () => {
    assert.equal(cost(), undefined);
    assert.equal(cost({ usage: undefined, outcome: { type: "running" }, content: "so far" }), undefined);
    assert.equal(cost({ usage: undefined, outcome: failed, content: "" }), undefined);
  });
});

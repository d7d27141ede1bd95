import assert from "node:assert/strict";
import fc from "fast-check";
import {
  changeConversation,
  type Conversation,
  emptyConversation,
  findAnswer,
  shownMessages,
} from "../../../../src/core/chat/conversation.ts";
import { eraseDeleted } from "../../../../src/core/chat/eraseDeleted.ts";
import { foldRequest, unfoldBody } from "../../../../src/core/chat/sentRequest.ts";
import { answer, question } from "./samples.ts";

/** A tree of questions and answers: message n hangs on one of those before it. */
const tree = fc.array(fc.tuple(fc.nat(), fc.boolean()), { minLength: 1, maxLength: 12 }).map((choices) => {
  let conversation = emptyConversation("c", 1);
  for (const [at, [choice, isDeleted]] of choices.entries()) {
    const parentId = at === 0 ? undefined : `m${choice % at}`;
    const isAnswer = at % 2 === 1 && parentId !== undefined;
    conversation = changeConversation(
      conversation,
      isAnswer
        ? { type: "answerStarted", answer: answer(`m${at}`, parentId) }
        : { type: "asked", message: question(`m${at}`, parentId) },
    );
    if (isDeleted) {
      conversation = changeConversation(conversation, { type: "deleted", id: `m${at}` });
    }
  }
  return conversation;
});

function isGone(conversation: Conversation, id: string | undefined): boolean {
  const message = conversation.messages.find((one) => one.id === id);
  return message !== undefined && (message.deleted === true || isGone(conversation, message.parentId));
}

describe("erasing what was deleted", () => {
  it("leaves exactly what neither was deleted nor hangs on it, and shows a whole branch of that", () => {
    fc.assert(
      fc.property(tree, fc.nat(), (conversation, choice) => {
        // Another window may have gone on in a branch that this one deleted.
        const leafId = conversation.messages[choice % conversation.messages.length]?.id;
        const erased = eraseDeleted({ ...conversation, leafId });
        assert.deepEqual(
          erased.messages,
          conversation.messages.filter(({ id }) => !isGone(conversation, id)),
        );
        const shown = shownMessages(erased);
        assert.equal(shown.length === 0, erased.messages.length === 0);
        assert.equal(shown[0]?.parentId, undefined);
        if (!isGone(conversation, leafId)) {
          assert.equal(erased.leafId, leafId);
        }
      }),
    );
  });

  it("leaves a conversation without deleted messages as it is", () => {
    const conversation = changeConversation(emptyConversation("c", 1), {
      type: "asked",
      message: question("q", undefined),
    });
    assert.equal(eraseDeleted(conversation), conversation);
  });

  it("erases what was sent for the deleted answers alone", () => {
    let conversation = changeConversation(emptyConversation("c", 1), {
      type: "asked",
      message: question("q", undefined),
    });
    const send = (id: string, texts: readonly string[]) => {
      const body = JSON.stringify({ model: "m", messages: texts });
      const request = { key: id, body, bodyHash: "", baseUrl: "", tokenFingerprint: "", stream: true };
      const { sent, added } = foldRequest(request, conversation.sentMessages);
      conversation = changeConversation(conversation, { type: "sent", messages: added });
      conversation = changeConversation(conversation, {
        type: "answerStarted",
        answer: answer(id, "q", { sent }),
      });
      return body;
    };
    send("a1", ["rules", "secret"]);
    const kept = send("a2", ["rules", "question"]);
    const erased = eraseDeleted(changeConversation(conversation, { type: "deleted", id: "a1" }));
    assert.doesNotMatch(JSON.stringify(erased), /secret/);
    const sent = findAnswer(erased, "a2")?.sent;
    assert.equal(sent && unfoldBody(sent, erased.sentMessages), kept);
  });
});

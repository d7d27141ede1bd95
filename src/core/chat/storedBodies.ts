import type { Answer, Conversation } from "./conversation.ts";
import { type SentMessage, type SentRequest, unfoldBody } from "./sentRequest.ts";

/** An answer to be stored, without its request's body when that is `sent`, which is stored too. */
export function withoutBody(
  answer: Answer,
  sent: SentRequest | undefined,
  pool: readonly SentMessage[] | undefined,
): Answer {
  const { request } = answer;
  const isKnown = request !== undefined && sent !== undefined && unfoldBody(sent, pool) === request.body;
  return isKnown ? { ...answer, request: { ...request, body: "" } } : answer;
}

/** A stored conversation with the bodies back that were left out; empty where they are lost. */
export function withBodies(conversation: Conversation): Conversation {
  const messages = conversation.messages.map((message) => {
    if (message.kind !== "answer" || message.request?.body !== "" || message.sent === undefined) {
      return message;
    }
    const body = unfoldBody(message.sent, conversation.sentMessages) ?? "";
    return { ...message, request: { ...message.request, body } };
  });
  return { ...conversation, messages };
}

import type { Answer, Conversation, Message } from "./conversation.ts";

/**
 * A conversation with what another window added to the `stored` one: its messages, what was sent for them, and those
 * answers that came further there.
 */
export function withOthers(conversation: Conversation, stored: Conversation): Conversation {
  const further = new Map(stored.messages.map((message) => [message.id, message]));
  const messages = conversation.messages.map((message) => {
    const other = further.get(message.id);
    return isAnswer(other) && isAnswer(message) && length(other) > length(message) ? other : message;
  });
  const sent = conversation.sentMessages ?? [];
  return {
    ...conversation,
    messages: [...messages, ...missing(stored.messages, messages)],
    sentMessages: [...sent, ...missing(stored.sentMessages ?? [], sent)],
  };
}

function missing<T extends { readonly id: string }>(all: readonly T[], known: readonly T[]): readonly T[] {
  const ids = new Set(known.map(({ id }) => id));
  return all.filter(({ id }) => !ids.has(id));
}

function isAnswer(message: Message | undefined): message is Answer {
  return message?.kind === "answer";
}

function length({ content, reasoning, refusal }: Answer): number {
  return content.length + reasoning.length + refusal.length;
}

import { phrase, PhraseError } from "../util/phrase.ts";
import { isRecord, parseJson } from "../util/record.ts";
import type { Conversation } from "./conversation.ts";
import { decodeConversation } from "./decodeConversation.ts";
import { eraseDeleted } from "./eraseDeleted.ts";
import { withInterruptions } from "./historyEntry.ts";

/**
 * A chat as a file: `{"format": "valar.chat", "version": 1, "changedAt": 0, "conversation": {…}}`, with all its
 * branches and what was attached, without the requests: those belong to the account they were sent from.
 */
const format = "valar.chat";
const version = 1;

export interface DatedChat {
  readonly conversation: Conversation;
  /** Unix time of the last message, ms. */
  readonly changedAt: number;
}

export function exportJson({ conversation, changedAt }: DatedChat): string {
  const exported = withoutRequests(eraseDeleted(conversation));
  return `${JSON.stringify({ format, version, changedAt, conversation: exported }, undefined, 2)}\n`;
}

/** Reads an exported chat. Throws a `PhraseError` that says what is wrong with it. */
export function importJson(text: string): DatedChat {
  const file = parseJson(text);
  if (!isRecord(file) || file["format"] !== format) {
    throw new PhraseError(phrase("It is not an exported chat."));
  }
  if (file["version"] !== version) {
    throw new PhraseError(phrase("It was exported by another version."));
  }
  const conversation = withoutRequests(decodeConversation(file["conversation"]));
  checkTree(conversation);
  const { changedAt } = file;
  // Earlier exports have none.
  return { conversation, changedAt: typeof changedAt === "number" ? changedAt : conversation.createdAt };
}

function withoutRequests(conversation: Conversation): Conversation {
  const { id, createdAt, title, pinned, messages, leafId } = withInterruptions(conversation);
  return {
    ...{ id, createdAt, leafId },
    ...(title === undefined ? {} : { title }),
    ...(pinned === true ? { pinned } : {}),
    messages: messages.map((message) =>
      message.kind === "user" ? message : { ...message, request: undefined, sent: undefined },
    ),
  };
}

function checkTree({ messages, leafId }: Conversation): void {
  const ids = new Set<string>();
  for (const message of messages) {
    if (ids.has(message.id) || (message.parentId !== undefined && !ids.has(message.parentId))) {
      throw new PhraseError(phrase("Its messages do not follow one another."));
    }
    ids.add(message.id);
    const items = message.kind === "user" ? message.context : [];
    if (items.some((item) => item.kind === "image" && !item.url.startsWith("data:image/"))) {
      throw new PhraseError(phrase("It holds an image that is not part of the file."));
    }
  }
  if (leafId !== undefined && !ids.has(leafId)) {
    throw new PhraseError(phrase("The end of the chat is missing."));
  }
}

import { assertNever } from "../util/assertNever.ts";
import { isRecord } from "../util/record.ts";
import {
  changeConversation,
  type Conversation,
  type ConversationChange,
  findAnswer,
  type TextLengths,
} from "./conversation.ts";
import { decodeAnswerFields, decodeConversation, decodeMessage, sentMessages } from "./decodeConversation.ts";
import { type Fields, number, object, optional, string } from "./decodeFields.ts";
import { withBodies, withoutBody } from "./storedBodies.ts";

/** A record of a conversation's file: where it starts from, or what changed. */
export type HistoryEntry =
  | { readonly type: "conversation"; readonly conversation: Conversation }
  | { readonly type: "change"; readonly change: ConversationChange };

/** An entry as JSON can hold it: what is undefined is written, as null, since a change may take a value away. */
export function toJson(entry: HistoryEntry): unknown {
  const text = JSON.stringify(entry, (_name, value: unknown) => (value === undefined ? null : value));
  const json: unknown = JSON.parse(text);
  return json;
}

/** Throws a `TypeError` that says what is wrong with a stored entry. */
export function decodeEntry(stored: unknown): HistoryEntry {
  const fields = object(stored, "entry");
  const type = string(fields, "type");
  if (type === "conversation") {
    return { type, conversation: decodeConversation(fields["conversation"]) };
  }
  if (type === "change") {
    return { type, change: decodeChange(fields["change"]) };
  }
  throw new TypeError(`A stored entry of an unknown type: ${type}.`);
}

function decodeChange(stored: unknown): ConversationChange {
  const fields = object(stored, "change");
  const type = string(fields, "type");
  switch (type) {
    case "asked":
    case "answerStarted": {
      const message = decodeMessage(fields[type === "asked" ? "message" : "answer"]);
      return message.kind === "user"
        ? { type: "asked", message }
        : { type: "answerStarted", answer: message };
    }
    case "answerGrew":
      return {
        type,
        id: string(fields, "id"),
        content: string(fields, "content"),
        reasoning: string(fields, "reasoning"),
        refusal: string(fields, "refusal"),
        ...(isRecord(fields["from"]) && { from: lengths(fields["from"]) }),
      };
    case "answerUpdated":
      return {
        type,
        id: string(fields, "id"),
        fields: decodeAnswerFields(object(fields["fields"], "fields")),
      };
    case "branchChosen":
      return { type, leafId: optional(fields, "leafId", string) };
    case "deleted":
      return { type, id: string(fields, "id") };
    case "restored":
      return { type, id: string(fields, "id"), leafId: optional(fields, "leafId", string) };
    case "renamed":
      return { type, title: optional(fields, "title", string) };
    case "pinned":
      return { type, pinned: fields["pinned"] === true };
    case "sent":
      return { type, messages: sentMessages(fields, "messages") };
    default:
      throw new TypeError(`A stored change of an unknown type: ${type}.`);
  }
}

function lengths(fields: Fields): TextLengths {
  return {
    content: number(fields, "content"),
    reasoning: number(fields, "reasoning"),
    refusal: number(fields, "refusal"),
  };
}

/**
 * The entries that store some changes; `conversation` is how it stands after them. Text that grew piece by piece is
 * one entry, and a request's body is left out where the conversation can give it again.
 */
export function changeEntries(
  conversation: Conversation,
  changes: readonly ConversationChange[],
): readonly HistoryEntry[] {
  return joinGrowth(changes).map((change) => {
    if (change.type !== "answerStarted") {
      return { type: "change", change };
    }
    const sent = findAnswer(conversation, change.answer.id)?.sent;
    const answer = withoutBody(change.answer, sent, conversation.sentMessages);
    return { type: "change", change: { type: "answerStarted", answer } };
  });
}

/** The entry that stores a conversation as a whole. */
export function wholeEntry(conversation: Conversation): HistoryEntry {
  const messages = conversation.messages.map((message) =>
    message.kind === "answer" ? withoutBody(message, message.sent, conversation.sentMessages) : message,
  );
  return { type: "conversation", conversation: { ...conversation, messages } };
}

/** What a file's entries come to; undefined when it has no beginning. */
export function replayEntries(entries: readonly HistoryEntry[]): Conversation | undefined {
  let conversation: Conversation | undefined;
  for (const entry of entries) {
    switch (entry.type) {
      case "conversation":
        conversation = entry.conversation;
        break;
      case "change":
        conversation = conversation && changeConversation(conversation, entry.change);
        break;
      default:
        assertNever(entry);
    }
  }
  return conversation && withBodies(conversation);
}

/** The conversation with every answer that was running when its window went away marked as interrupted. */
export function withInterruptions(conversation: Conversation): Conversation {
  const messages = conversation.messages.map((message) =>
    message.kind === "answer" && message.outcome.type === "running"
      ? { ...message, outcome: interrupted }
      : message,
  );
  return { ...conversation, messages };
}

const interrupted = {
  type: "failed",
  failure: { kind: "interrupted", message: "", requestId: undefined },
} as const;

/** Joins pieces of text of the same answer that follow each other: one record for them all. */
export function joinGrowth(changes: readonly ConversationChange[]): readonly ConversationChange[] {
  const joined: ConversationChange[] = [];
  for (const change of changes) {
    const last = joined.at(-1);
    if (change.type === "answerGrew" && last?.type === "answerGrew" && last.id === change.id) {
      joined[joined.length - 1] = {
        ...last,
        content: last.content + change.content,
        reasoning: last.reasoning + change.reasoning,
        refusal: last.refusal + change.refusal,
      };
    } else {
      joined.push(change);
    }
  }
  return joined;
}

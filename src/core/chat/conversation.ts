import type { CompletionWindow, PreparedRequest, Usage } from "../api/types.ts";
import { unmarked } from "../markdown/unmarked.ts";
import { assertNever } from "../util/assertNever.ts";
import { shortened } from "../util/shortened.ts";
import type { SentMessage, SentRequest } from "./sentRequest.ts";

/** Of a question or an answer, where it stands for the whole, characters. */
const maxBeginning = 60;

/**
 * A conversation as an immutable tree: every message knows its parent, `leafId` names the end of the branch
 * that is shown. Answering again or editing a message adds a sibling; nothing is thrown away.
 */
export interface Conversation {
  readonly id: string;
  /** Unix time, ms. */
  readonly createdAt: number;
  /** The name the person gave it; undefined while it goes by its first question. */
  readonly title?: string | undefined;
  readonly pinned?: boolean;
  /** The messages of all requests: answers refer to them (see `sentRequest.ts`). */
  readonly sentMessages?: readonly SentMessage[];
  readonly messages: readonly Message[];
  readonly leafId: string | undefined;
}

export type Message = UserMessage | Answer;

export interface UserMessage {
  readonly kind: "user";
  readonly id: string;
  readonly parentId: string | undefined;
  readonly text: string;
  readonly context: readonly ContextItem[];
  /** True when the answer is to be read by the person, whatever format the settings ask for. */
  readonly prose?: boolean;
  /** What is sent in place of `text`, when a slash command or a prompt of one's own stands for it. */
  readonly instruction?: string;
  /** Out of sight with all that follows from it; erased when the conversation is next opened. */
  readonly deleted?: boolean;
}

/** A piece of context, as it was when the message was sent. */
export type ContextItem = TextContext | ImageContext;

export const textContextKinds = [
  "selection",
  "file",
  "folder",
  "symbol",
  "problems",
  "changes",
  "terminal",
  "rules",
] as const;
export type TextContextKind = (typeof textContextKinds)[number];

export interface TextContext {
  readonly kind: TextContextKind;
  readonly id: string;
  /** Workspace-relative path, the name of an untitled document, or what else names it. */
  readonly path: string;
  /** Where it can be opened. */
  readonly uri?: string;
  readonly languageId: string;
  /** Line numbers from 1, both included; left out for what is whole or has no lines. */
  readonly startLine?: number;
  readonly endLine?: number;
  readonly text: string;
  /** What was left out of it and why, for the person and the model; e.g. “first 2,000 of 9,120 lines”. */
  readonly cut?: string;
}

export interface ImageContext {
  readonly kind: "image";
  readonly id: string;
  readonly name: string;
  /** A data URI as the API takes it. */
  readonly url: string;
  /** Pixels; undefined when they could not be read. */
  readonly width: number | undefined;
  readonly height: number | undefined;
  /** Decoded size. */
  readonly bytes: number;
}

export interface Answer {
  readonly kind: "answer";
  readonly id: string;
  readonly parentId: string;
  readonly content: string;
  readonly reasoning: string;
  readonly refusal: string;
  readonly outcome: Outcome;
  readonly model: string;
  readonly completionWindow: CompletionWindow | undefined;
  /** What was sent; kept until the answer is complete so that it can be recovered without a second charge. */
  readonly request: PreparedRequest | undefined;
  readonly requestId: string | undefined;
  readonly usage: Usage | undefined;
  readonly timing: Timing | undefined;
  /** True when JSON was asked for: such an answer is shown as it is, not as Markdown. */
  readonly json?: boolean;
  /** True when the person asked this very model, whatever was set. */
  readonly ownModel?: boolean;
  /** What was sent for it, for “Show Request”. */
  readonly sent?: SentRequest | undefined;
  readonly deleted?: boolean;
  /** Of an answer that diverged: what the server gave the second time, until the person has been shown it. */
  readonly replay?: Replay | undefined;
}

/** The other answer to a request whose replay differed from what was shown. */
export interface Replay {
  readonly content: string;
  readonly reasoning: string;
  readonly refusal: string;
  readonly usage: Usage | undefined;
  /** False when the replay broke off: then this is its beginning. */
  readonly whole: boolean;
  readonly truncated: boolean;
}

/** In UTF-16 code units. */
export interface TextLengths {
  readonly content: number;
  readonly reasoning: number;
  readonly refusal: number;
}

/** How long an answer took, ms. */
export interface Timing {
  readonly firstTokenMs: number | undefined;
  readonly reasoningMs: number | undefined;
  readonly totalMs: number;
}

/** How an answer stands. `running` read back from disk means it was interrupted. */
export type Outcome =
  | { readonly type: "running" }
  /** `filtered`: the server's content filter ended it. */
  | { readonly type: "complete"; readonly truncated: boolean; readonly filtered?: true }
  | { readonly type: "cancelled" }
  | { readonly type: "failed"; readonly failure: Failure };

/** A failure as it is stored: enough to explain it again, nothing secret. */
export interface Failure {
  /** An `ApiErrorKind`, or `interrupted`, or `parameter`. */
  readonly kind: string;
  readonly message: string;
  readonly requestId: string | undefined;
  /** For a refused completion window, those that the model has. */
  readonly windows?: readonly CompletionWindow[];
}

export type ConversationChange =
  | { readonly type: "asked"; readonly message: UserMessage }
  | { readonly type: "answerStarted"; readonly answer: Answer }
  | {
      readonly type: "answerGrew";
      readonly id: string;
      readonly content: string;
      readonly reasoning: string;
      readonly refusal: string;
      /** How long its texts were before, since another window may recover the same answer; else they are as known. */
      readonly from?: TextLengths | undefined;
    }
  | {
      readonly type: "answerUpdated";
      readonly id: string;
      readonly fields: Partial<Omit<Answer, "kind" | "id">>;
    }
  | { readonly type: "branchChosen"; readonly leafId: string | undefined }
  /** Takes a message and all that follows from it out of sight; `restored` brings it back. */
  | { readonly type: "deleted"; readonly id: string }
  | { readonly type: "restored"; readonly id: string; readonly leafId: string | undefined }
  | { readonly type: "renamed"; readonly title: string | undefined }
  | { readonly type: "pinned"; readonly pinned: boolean }
  /** What a request adds to `sentMessages`. */
  | { readonly type: "sent"; readonly messages: readonly SentMessage[] };

export function emptyConversation(id: string, createdAt: number): Conversation {
  return { id, createdAt, messages: [], leafId: undefined };
}

export function changeConversation(conversation: Conversation, change: ConversationChange): Conversation {
  switch (change.type) {
    case "asked":
      return append(conversation, change.message);
    case "answerStarted":
      return append(conversation, change.answer);
    case "answerGrew":
      return replaceAnswer(conversation, change.id, (answer) => ({
        ...answer,
        content: grown(answer.content, change.content, change.from?.content),
        reasoning: grown(answer.reasoning, change.reasoning, change.from?.reasoning),
        refusal: grown(answer.refusal, change.refusal, change.from?.refusal),
      }));
    case "answerUpdated":
      return replaceAnswer(conversation, change.id, (answer) => ({ ...answer, ...change.fields }));
    case "branchChosen":
      return hasMessage(conversation, change.leafId)
        ? { ...conversation, leafId: change.leafId }
        : conversation;
    case "deleted":
      return deleteMessage(conversation, change.id);
    case "restored":
      return restoreMessage(conversation, change.id, change.leafId);
    case "renamed":
      return { ...conversation, title: change.title };
    case "pinned":
      return { ...conversation, pinned: change.pinned };
    case "sent":
      return {
        ...conversation,
        sentMessages: [...(conversation.sentMessages ?? []), ...change.messages],
      };
    default:
      return assertNever(change);
  }
}

/** What another window has added already is not added again. */
function grown(text: string, piece: string, from = text.length): string {
  return from + piece.length <= text.length ? text : text.slice(0, from) + piece;
}

/** The messages of the branch that is shown, oldest first. */
export function shownMessages(conversation: Conversation): readonly Message[] {
  const byId = new Map(conversation.messages.map((message) => [message.id, message]));
  const path: Message[] = [];
  const seen = new Set<string>();
  let id = conversation.leafId;
  while (id !== undefined && !seen.has(id)) {
    seen.add(id);
    const message = byId.get(id);
    if (!message) {
      break;
    }
    path.push(message);
    id = message.parentId;
  }
  return path.reverse();
}

export function findAnswer(conversation: Conversation, id: string): Answer | undefined {
  const message = conversation.messages.find((candidate) => candidate.id === id);
  return message?.kind === "answer" ? message : undefined;
}

/**
 * The messages that stand where `id` stands: answers to the same question, or wordings of it; oldest first and
 * without those that were deleted.
 */
export function siblings(conversation: Conversation, id: string): readonly Message[] {
  const message = conversation.messages.find((candidate) => candidate.id === id);
  return message === undefined
    ? []
    : conversation.messages.filter(
        ({ parentId, kind, deleted }) =>
          parentId === message.parentId && kind === message.kind && deleted !== true,
      );
}

/** The newest end of the branches that go on from `id`: `id` itself when nothing follows. */
export function newestLeaf(conversation: Conversation, id: string): string {
  const inBranch = new Set([id]);
  let leaf = id;
  for (const message of conversation.messages) {
    if (message.parentId !== undefined && inBranch.has(message.parentId) && message.deleted !== true) {
      inBranch.add(message.id);
      leaf = message.id;
    }
  }
  return leaf;
}

/** The messages that were neither deleted nor hang on a deleted one, oldest first. */
export function* remainingMessages({ messages }: Conversation): Generator<Message> {
  const gone = new Set<string>();
  for (const message of messages) {
    if (message.deleted === true || (message.parentId !== undefined && gone.has(message.parentId))) {
      gone.add(message.id);
    } else {
      yield message;
    }
  }
}

/** The name given to it; else the first line of the first question, cut to 60 characters; empty while nothing was asked. */
export function conversationTitle(conversation: Conversation): string {
  if (conversation.title !== undefined) {
    return conversation.title;
  }
  for (const message of remainingMessages(conversation)) {
    if (message.kind === "user") {
      return shortened(message.text.trim().split(/\r?\n/, 1)[0] ?? "", maxBeginning);
    }
  }
  return "";
}

/** How the last answer that is shown begins, without Markdown's marks; empty while there is none. */
export function lastWords(conversation: Conversation): string {
  const last = shownMessages(conversation).findLast(({ kind }) => kind === "answer");
  if (last?.kind !== "answer") {
    return "";
  }
  const beginning = last.content.slice(0, 200);
  const words = last.json === true ? beginning : unmarked(beginning);
  return shortened(words.replaceAll(/\s+/g, " ").trim(), maxBeginning);
}

/** Without the message, the branch that is shown ends before it, or goes on in its newest sibling. */
function deleteMessage(conversation: Conversation, id: string): Conversation {
  const message = conversation.messages.find((candidate) => candidate.id === id);
  if (!message) {
    return conversation;
  }
  const isShown = shownMessages(conversation).some((shown) => shown.id === id);
  const deleted = setDeleted(conversation, [message], true);
  if (!isShown) {
    return deleted;
  }
  const sibling = siblings(deleted, id).at(-1);
  return { ...deleted, leafId: sibling ? newestLeaf(deleted, sibling.id) : message.parentId };
}

/**
 * Brings back what the message hangs on, too, since it could not be seen without. Another window may have erased it
 * by now, or the end of its branch: then what is left stays as it is shown.
 */
function restoreMessage(conversation: Conversation, id: string, leafId: string | undefined): Conversation {
  if (!hasMessage(conversation, id)) {
    return conversation;
  }
  const restored = setDeleted(conversation, shownMessages({ ...conversation, leafId: id }), false);
  return { ...restored, leafId: hasMessage(restored, leafId) ? leafId : newestLeaf(restored, id) };
}

function setDeleted(conversation: Conversation, changed: readonly Message[], deleted: boolean): Conversation {
  const messages = conversation.messages.map((message) =>
    changed.includes(message) && (message.deleted ?? false) !== deleted ? { ...message, deleted } : message,
  );
  return { ...conversation, messages };
}

/** True for undefined too: the place before the first message is always there. */
function hasMessage(conversation: Conversation, id: string | undefined): boolean {
  return id === undefined || conversation.messages.some((message) => message.id === id);
}

function append(conversation: Conversation, message: Message): Conversation {
  return { ...conversation, messages: [...conversation.messages, message], leafId: message.id };
}

function replaceAnswer(
  conversation: Conversation,
  id: string,
  replace: (answer: Answer) => Answer,
): Conversation {
  const index = conversation.messages.findIndex((message) => message.id === id);
  const answer = conversation.messages[index];
  return answer?.kind === "answer"
    ? { ...conversation, messages: conversation.messages.with(index, replace(answer)) }
    : conversation;
}

import type { CompletionWindow, PreparedRequest, Usage } from "../api/types.ts";
import { assertNever } from "../util/assertNever.ts";

/**
 * A conversation as an immutable tree: every message knows its parent, `leafId` names the end of the branch
 * that is shown. Answering again or editing a message adds a sibling; nothing is thrown away.
 */
export interface Conversation {
  readonly id: string;
  /** Unix time, ms. */
  readonly createdAt: number;
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
}

/** A piece of a file, as it was when the message was sent. */
export interface ContextItem {
  readonly id: string;
  /** Workspace-relative path, or the name of an untitled document. */
  readonly path: string;
  readonly languageId: string;
  /** Line numbers from 1, both included. */
  readonly startLine: number;
  readonly endLine: number;
  readonly text: string;
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

/** How long an answer took, ms. */
export interface Timing {
  readonly firstTokenMs: number | undefined;
  readonly reasoningMs: number | undefined;
  readonly totalMs: number;
}

/** How an answer stands. `running` read back from disk means it was interrupted. */
export type Outcome =
  | { readonly type: "running" }
  | { readonly type: "complete"; readonly truncated: boolean }
  | { readonly type: "cancelled" }
  | { readonly type: "failed"; readonly failure: Failure };

/** A failure as it is stored: enough to explain it again, nothing secret. */
export interface Failure {
  /** An `ApiErrorKind`, or `interrupted`, or `parameter`. */
  readonly kind: string;
  readonly message: string;
  readonly requestId: string | undefined;
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
    }
  | {
      readonly type: "answerUpdated";
      readonly id: string;
      readonly fields: Partial<Omit<Answer, "kind" | "id">>;
    }
  | { readonly type: "branchChosen"; readonly leafId: string };

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
        content: answer.content + change.content,
        reasoning: answer.reasoning + change.reasoning,
        refusal: answer.refusal + change.refusal,
      }));
    case "answerUpdated":
      return replaceAnswer(conversation, change.id, (answer) => ({ ...answer, ...change.fields }));
    case "branchChosen":
      return { ...conversation, leafId: change.leafId };
    default:
      return assertNever(change);
  }
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

/** The first line of the first question, cut to 60 characters; empty while nothing was asked. */
export function conversationTitle(conversation: Conversation): string {
  const first = conversation.messages.find((message) => message.kind === "user");
  const line = first?.text.trim().split(/\r?\n/, 1)[0] ?? "";
  const characters = Array.from(line);
  return characters.length > 60 ? `${characters.slice(0, 59).join("")}…` : line;
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

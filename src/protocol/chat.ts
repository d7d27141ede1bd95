/**
 * Every message between the extension host and the chat webview. The host owns all state; the webview is a
 * projection: `ready` returns a full snapshot, events carry a running `seq`, and a gap means asking again.
 */

export interface ChatSnapshot {
  /** `seq` of the last event this snapshot includes. */
  readonly seq: number;
  readonly conversationId: string;
  readonly title: string;
  readonly messages: readonly MessageView[];
  readonly draft: string;
  readonly composer: ComposerView;
  readonly account: AccountView;
}

export type MessageView = UserMessageView | AnswerView;

export interface UserMessageView {
  readonly kind: "user";
  readonly id: string;
  readonly text: string;
  readonly context: readonly ContextView[];
}

/** A piece of context, attached or waiting to be. */
export interface ContextView {
  readonly id: string;
  /** Short, e.g. `parser.ts:10-24`. */
  readonly label: string;
  /** Longer, for the tooltip, e.g. the workspace path. */
  readonly detail: string;
}

export interface AnswerView {
  readonly kind: "answer";
  readonly id: string;
  readonly content: string;
  readonly reasoning: string;
  readonly refusal: string;
  readonly state: AnswerState;
  readonly figures: FiguresView | undefined;
  /** True when the content is JSON that was asked for: to be shown as it is, not as Markdown. */
  readonly isJson?: boolean;
}

export type AnswerState =
  | { readonly type: "running"; readonly phase: AnswerPhase }
  | { readonly type: "complete"; readonly truncated: boolean }
  | { readonly type: "cancelled" }
  | { readonly type: "failed"; readonly error: ErrorView };

/** What a running answer is doing. Times in ms. */
export type AnswerPhase =
  | { readonly type: "sending" }
  | { readonly type: "reconnecting"; readonly attempt: number; readonly delayMs: number }
  | { readonly type: "rateLimited"; readonly delayMs: number }
  | { readonly type: "catchingUp" }
  | { readonly type: "streaming" };

export interface ErrorView {
  /** What happened, one plain sentence. */
  readonly message: string;
  /** What was kept, or how to mend it. */
  readonly hint: string;
  readonly requestId: string | undefined;
  readonly actions: readonly ErrorAction[];
}

/** The buttons an error may offer; the first of an error's list is its main one. */
export const errorActionIds = [
  "retry",
  "recover",
  "showOther",
  "setToken",
  "getKey",
  "openSettings",
  "openBilling",
  "showLog",
] as const;
export type ErrorActionId = (typeof errorActionIds)[number];
/** Those that concern the conversation the error stands in. */
export type AnswerActionId = "retry" | "recover" | "showOther";
export interface ErrorAction {
  readonly id: ErrorActionId;
  readonly label: string;
}

/** What an answer took. Times in ms, money in USD; undefined is unknown and shown as such. */
export interface FiguresView {
  readonly model: string;
  readonly completionWindow: string | undefined;
  readonly promptTokens: number | undefined;
  readonly cachedTokens: number | undefined;
  readonly completionTokens: number | undefined;
  readonly reasoningTokens: number | undefined;
  readonly costUsd: number | undefined;
  readonly firstTokenMs: number | undefined;
  /** From the first reasoning text to the first content. */
  readonly reasoningMs: number | undefined;
  readonly totalMs: number;
  readonly tokensPerSecond: number | undefined;
}

export interface ComposerView {
  /** Model id and a name to show. */
  readonly model: { readonly id: string; readonly name: string };
  /** Context that the next message will carry. */
  readonly context: readonly ContextView[];
}

export interface AccountView {
  readonly state: "signedIn" | "signedOut" | "unknown";
  /** Where the token comes from. */
  readonly source: "stored" | "environment" | undefined;
}

/** Requests of the webview: method → [params, result]. */
export interface HostRequests {
  ready: [undefined, ChatSnapshot];
  /** `clientId` is made once per press of Send: the same one twice is one message. */
  send: [{ readonly clientId: string; readonly text: string }, SendResult];
  stop: [undefined, undefined];
  newChat: [undefined, undefined];
  regenerate: [{ readonly messageId: string }, undefined];
  saveDraft: [{ readonly text: string }, undefined];
  removeContext: [{ readonly id: string }, undefined];
  errorAction: [{ readonly messageId: string; readonly action: ErrorActionId }, undefined];
  setToken: [undefined, undefined];
  getKey: [undefined, undefined];
  selectModel: [undefined, undefined];
  copy: [{ readonly text: string }, undefined];
  insertAtCursor: [{ readonly text: string }, undefined];
  /** `href` as the model wrote it; the host checks it again and asks the person. */
  openLink: [{ readonly href: string }, undefined];
}
export type HostMethod = keyof HostRequests;

/** `rejected` keeps the text in the box; the person sees why elsewhere. */
export type SendResult =
  { readonly type: "accepted" } | { readonly type: "rejected"; readonly error: ErrorView };

export type HostHandlers = {
  readonly [M in HostMethod]: (
    params: HostRequests[M][0],
    signal: AbortSignal,
  ) => Promise<HostRequests[M][1]>;
};

/** News from the host. Text deltas are coalesced to one event a frame. */
export type HostEvent =
  | { readonly type: "snapshot"; readonly snapshot: ChatSnapshot }
  | { readonly type: "messageAdded"; readonly message: MessageView }
  | { readonly type: "messagesRemoved"; readonly ids: readonly string[] }
  | {
      readonly type: "delta";
      readonly messageId: string;
      readonly content: string;
      readonly reasoning: string;
      readonly refusal: string;
    }
  | {
      readonly type: "answerState";
      readonly messageId: string;
      readonly state: AnswerState;
      readonly figures: FiguresView | undefined;
    }
  | { readonly type: "composer"; readonly composer: ComposerView }
  | { readonly type: "account"; readonly account: AccountView }
  | { readonly type: "draft"; readonly text: string }
  | { readonly type: "focusInput" };

/** What the host posts. */
export type ToWebview =
  | { readonly type: "event"; readonly seq: number; readonly event: HostEvent }
  | { readonly type: "result"; readonly id: number; readonly result: unknown }
  | { readonly type: "failure"; readonly id: number; readonly message: string };

/** What the webview posts: `unknown` to the host until `decode.ts` has read it. */
export type ToHost =
  | { readonly type: "request"; readonly id: number; readonly method: HostMethod; readonly params: unknown }
  | { readonly type: "cancel"; readonly id: number };

import type { ImagePreview } from "../core/chat/imagePreview.ts";
import type { CompletionWindow, ReasoningEffort } from "../core/api/types.ts";
import type { ContextItem } from "../core/chat/conversation.ts";
import type { ConversationCost } from "../core/chat/conversationCost.ts";
import type { CodeColours } from "../core/theme/codeColours.ts";

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
  /** Messages that wait for their turn, oldest first. */
  readonly queue: QueueView;
  readonly draft: string;
  /** Undefined when no page has changed it yet. */
  readonly draftVersion: DraftVersion | undefined;
  readonly composer: ComposerView;
  readonly account: AccountView;
}

export type MessageView = UserMessageView | AnswerView;

export interface UserMessageView {
  readonly kind: "user";
  readonly id: string;
  readonly text: string;
  readonly context: readonly ContextView[];
  readonly branch: BranchView | undefined;
}

/** Which of several wordings of a message, or of several answers to it, is shown; undefined for an only one. */
export interface BranchView {
  /** From 0. */
  readonly index: number;
  readonly count: number;
}

export interface QueueView {
  readonly messages: readonly QueuedView[];
  /** True when the answer before it did not end well: the queue then waits for the person. */
  readonly isPaused: boolean;
  /** Paused because the person stopped that answer. */
  readonly isStopped?: true;
}
export interface QueuedView {
  readonly id: string;
  readonly text: string;
  readonly context: readonly ContextView[];
}

export type ContextKind = ContextItem["kind"];

/** A piece of context, attached or waiting to be. */
export interface ContextView {
  readonly id: string;
  readonly kind: ContextKind;
  /** Short, e.g. `parser.ts:10-24`. */
  readonly label: string;
  /** Longer, for the tooltip, e.g. the workspace path. */
  readonly detail: string;
}

/** Context that comes along by itself and can be switched off: the active editor, the workspace's rules. */
export interface AmbientView extends ContextView {
  readonly isOn: boolean;
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
  readonly branch: BranchView | undefined;
  /** Is it known what was sent? */
  readonly hasRequest: boolean;
}

export type AnswerState =
  | { readonly type: "running"; readonly phase: AnswerPhase }
  | { readonly type: "complete"; readonly truncated: boolean; readonly filtered?: true }
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
  /** True where nothing went wrong, and the person is only to know or to decide. */
  readonly isWarning?: boolean;
}

/** Buttons that first change what was in the way, and then ask again. */
export const resendIds = ["sendAnyway", "useAsap", "useStandard"] as const;
export type ResendId = (typeof resendIds)[number];

/** The buttons an error may offer; the first of an error's list is its main one. */
export const errorActionIds = [
  "retry",
  "recover",
  "showOther",
  ...resendIds,
  "changeBudget",
  "setToken",
  "getKey",
  "openSettings",
  "openBilling",
  "showLog",
] as const;
export type ErrorActionId = (typeof errorActionIds)[number];
/** Those that concern the conversation the error stands in. */
export type AnswerActionId = "retry" | "recover" | "showOther" | ResendId;

/** Is the button to be followed by sending the same again? */
export function isResend(action: ErrorActionId): action is ResendId {
  return resendIds.some((id) => id === action);
}

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
  /** The model that will answer. */
  readonly model: ModelView;
  /** Undefined: left to the model. */
  readonly effort: ReasoningEffort | undefined;
  readonly window: CompletionWindow;
  /** Context that the next message will carry. */
  readonly context: readonly ContextView[];
  readonly ambient: readonly AmbientView[];
  readonly commands: readonly SlashCommandView[];
  readonly meter: MeterView | undefined;
  /** Says how many requests are left while they are few. */
  readonly rateNote?: string | undefined;
}

export interface ModelView {
  readonly id: string;
  /** To show. */
  readonly name: string;
  /** False for one that Valar offers and this version knows nothing of. */
  readonly isKnown: boolean;
  /** Undefined is unknown. */
  readonly imageInput: boolean | undefined;
  readonly reasoning: boolean | undefined;
  /** The windows it has; all when that is unknown. */
  readonly windows: readonly WindowView[];
}

export interface WindowView {
  readonly id: CompletionWindow;
  readonly name: string;
  /** USD for 1,000,000 tokens; undefined when unknown. */
  readonly inputUsd: number | undefined;
  readonly outputUsd: number | undefined;
}

export interface SlashCommandView {
  /** With its slash, e.g. `/explain`. */
  readonly name: string;
  readonly description: string;
  readonly isOwn: boolean;
}

/** How much the next request will hold, and what it will cost at least. */
export interface MeterView {
  /** An estimate. */
  readonly promptTokens: number;
  /** Undefined when neither the model's nor one's own limit is known. */
  readonly limitTokens: number | undefined;
  /** USD, for the prompt alone; undefined when the price is unknown. */
  readonly minCostUsd: number | undefined;
  /** What the conversation has cost so far; left out while nothing is known. */
  readonly spent?: ConversationCost;
}

/** What may be left out of a request that does not fit. */
export const fitIds = ["dropOldest", "dropContext", "sendAll"] as const;
export type FitId = (typeof fitIds)[number];
export interface FitChoiceView {
  readonly id: FitId;
  readonly label: string;
  /** What would be left out, and what is left then. */
  readonly detail: string;
}

/** Something that `@` finds. */
export interface SuggestionView {
  readonly id: string;
  readonly kind: ContextKind;
  readonly label: string;
  readonly detail: string;
}

export interface AccountView {
  /** `badBaseUrl`: the setting is not allowed, whatever token there is. */
  readonly state: "signedIn" | "signedOut" | "badBaseUrl" | "unknown";
  /** Where the token comes from. */
  readonly source: "stored" | "environment" | undefined;
}

/** Tells which of two wordings of a draft is the newer one, when both come from the same page. */
export interface DraftVersion {
  /** The page, over its reloads. */
  readonly page: string;
  /** Grows with each change. */
  readonly count: number;
}

/** What the person has written and the host may not have taken yet. */
export interface Unsent {
  /** In the box. */
  readonly text: string;
  readonly version: DraftVersion;
  /** On its way, oldest first, under the ids it is sent with: what the host has taken by then is no draft. */
  readonly sending: readonly { readonly clientId: string; readonly text: string }[];
}

/** Requests of the webview: method → [params, result]. */
/** A chip: `messageId` when it is that of a message sent. */
export interface ContextPlace {
  readonly id: string;
  readonly messageId?: string;
}

export interface HostRequests {
  ready: [undefined, ChatSnapshot];
  /** `clientId` is made once per press of Send: the same one twice is one message. */
  send: [{ readonly clientId: string; readonly text: string; readonly fit?: FitId }, SendResult];
  /** Edit & Resend: a new wording of an own message, with the context that message had. The old branch stays. */
  editMessage: [
    {
      readonly clientId: string;
      readonly messageId: string;
      readonly text: string;
      readonly fit?: FitId;
    },
    SendResult,
  ];
  /** The person turned to this chat: commands are meant for it from now on. */
  focused: [undefined, undefined];
  stop: [undefined, undefined];
  newChat: [undefined, undefined];
  /** `model` is set for this answer alone. */
  regenerate: [{ readonly messageId: string; readonly model?: string }, undefined];
  /** Shows another wording or answer; `index` counts from 0. */
  switchBranch: [{ readonly messageId: string; readonly index: number }, undefined];
  /** Deletes the message and what follows from it. */
  deleteMessage: [{ readonly messageId: string }, { readonly undoId: string } | undefined];
  undoDelete: [{ readonly undoId: string }, undefined];
  showRequest: [{ readonly messageId: string }, undefined];
  /** Takes a waiting message out of the queue; its text comes back. */
  removeQueued: [{ readonly id: string }, { readonly text: string } | undefined];
  /** Goes on with a queue that is paused. */
  resumeQueue: [undefined, undefined];
  saveDraft: [Unsent, undefined];

  /** What `@` and the attach button find; an empty query gives a useful start. */
  searchContext: [{ readonly query: string }, readonly SuggestionView[]];
  attach: [{ readonly suggestionId: string }, AttachResult];
  /** Dropped or pasted files. */
  attachUris: [{ readonly uris: readonly string[] }, AttachResult];
  /** Opens VS Code's own dialog. */
  attachFiles: [undefined, AttachResult];
  /** `data` is base64. */
  attachImage: [{ readonly name: string; readonly mediaType: string; readonly data: string }, AttachResult];
  /** A file that is known by its name and text alone. */
  attachText: [{ readonly name: string; readonly text: string }, AttachResult];
  removeContext: [{ readonly id: string }, undefined];
  setAmbient: [{ readonly id: string; readonly isOn: boolean }, undefined];
  /** Opens what a chip stands for. */
  openContext: [ContextPlace, undefined];
  /** The image that a chip stands for; undefined where it is none, or too large for a small picture of it. */
  contextImage: [ContextPlace, ImagePreview | undefined];

  listModels: [undefined, readonly ModelView[]];
  chooseModel: [{ readonly id: string }, undefined];
  chooseEffort: [{ readonly effort: ReasoningEffort | undefined }, undefined];
  chooseWindow: [{ readonly window: CompletionWindow }, undefined];

  /** `path` is what the answer said the code is for. */
  applyToFile: [{ readonly text: string; readonly language: string; readonly path?: string }, undefined];
  newFile: [{ readonly text: string; readonly language: string }, undefined];
  /** A path as the model wrote it, with the line from 1. */
  openPath: [{ readonly path: string; readonly line?: number }, undefined];

  showHistory: [undefined, undefined];
  /** `messageId` is empty for an error that belongs to no message. */
  errorAction: [{ readonly messageId: string; readonly action: ErrorActionId }, undefined];
  /** Changes what was in the way of a message that the box still holds, to be sent again. */
  clearWay: [{ readonly action: ResendId }, undefined];
  setToken: [undefined, undefined];
  getKey: [undefined, undefined];
  copy: [{ readonly text: string }, undefined];
  insertAtCursor: [{ readonly text: string }, undefined];
  /** `href` as the model wrote it; the host checks it again and asks the person. */
  openLink: [{ readonly href: string }, undefined];
}
export type HostMethod = keyof HostRequests;

/** `rejected` and `tooLong` keep the text in the box; the person sees why elsewhere. */
export type SendResult =
  | { readonly type: "accepted" }
  /** It waits until the answers before it are there. */
  | { readonly type: "queued" }
  | {
      readonly type: "tooLong";
      readonly promptTokens: number;
      readonly limitTokens: number;
      readonly choices: readonly FitChoiceView[];
    }
  | { readonly type: "rejected"; readonly error: ErrorView };

/** `declined`: the person was asked and said no. */
export type AttachResult =
  /** `ids`: what is attached now. */
  | { readonly type: "attached"; readonly ids: readonly string[] }
  | { readonly type: "declined" }
  | { readonly type: "rejected"; readonly error: ErrorView };

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
  /** The same message in other words or another place among its branches. */
  | { readonly type: "messageChanged"; readonly message: MessageView }
  | { readonly type: "messagesRemoved"; readonly ids: readonly string[] }
  /** Another branch: `ids` go, `messages` come at the end, at once, so that nothing flickers and the focus has a place. */
  | {
      readonly type: "messagesReplaced";
      readonly ids: readonly string[];
      readonly messages: readonly MessageView[];
    }
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
  | { readonly type: "queue"; readonly queue: QueueView }
  | { readonly type: "title"; readonly title: string }
  /** Comes after each snapshot that was asked for, and when the theme changes. */
  | { readonly type: "codeColours"; readonly colours: CodeColours }
  /** Something the person must know that belongs to no message. */
  | { readonly type: "notice"; readonly error: ErrorView }
  /** `added` was put behind what the draft was before. */
  | { readonly type: "draft"; readonly text: string; readonly added: string }
  | { readonly type: "focusInput" }
  /** The person wants to find something in the conversation. */
  | { readonly type: "find" };

/** What the host posts. */
export type ToWebview =
  | { readonly type: "event"; readonly seq: number; readonly event: HostEvent }
  | { readonly type: "result"; readonly id: number; readonly result: unknown }
  | { readonly type: "failure"; readonly id: number; readonly message: string };

/** What the webview posts: `unknown` to the host until `decode.ts` has read it. */
export type ToHost =
  | { readonly type: "request"; readonly id: number; readonly method: HostMethod; readonly params: unknown }
  | { readonly type: "cancel"; readonly id: number };

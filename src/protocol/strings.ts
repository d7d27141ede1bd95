import type { ComposerStrings } from "./composerStrings.ts";

/** Every text the webview shows, translated by the host and handed over in the page. `{0}` is a placeholder. */
export interface WebviewStrings {
  readonly composer: ComposerStrings;
  readonly conversation: string;
  readonly you: string;
  readonly valar: string;
  readonly message: string;
  readonly messagePlaceholder: string;
  readonly send: string;
  readonly stop: string;
  readonly newChat: string;
  readonly copy: string;
  readonly copied: string;
  readonly insertAtCursor: string;
  readonly applyToFile: string;
  readonly newFile: string;
  /** `{0}`: a path. */
  readonly openFile: string;
  readonly regenerate: string;
  readonly regenerateWith: string;
  readonly showRequest: string;
  readonly editAndResend: string;
  /** Names the box in which an own message is changed. */
  readonly editMessage: string;
  readonly cancel: string;
  readonly delete: string;
  readonly deleted: string;
  /** “{0} messages deleted.” */
  readonly deletedSeveral: string;
  readonly undo: string;
  readonly dismiss: string;
  /** Of a message or an answer. */
  readonly versions: string;
  /** `{0}` of `{1}`, counted from 1. */
  readonly versionOf: string;
  readonly previousVersion: string;
  readonly nextVersion: string;
  readonly find: string;
  /** `{0}`: the match that is shown, `{1}`: how many there are. */
  readonly findCount: string;
  readonly findNone: string;
  readonly findPrevious: string;
  readonly findNext: string;
  readonly close: string;
  readonly thinking: string;
  /** `{0}`: seconds. */
  readonly thoughtFor: string;
  readonly thought: string;
  readonly reconnecting: string;
  /** `{0}`: seconds. */
  readonly rateLimited: string;
  /** `{0}`: minutes. */
  readonly rateLimitedLong: string;
  readonly stopped: string;
  /** Stopped before anything of the answer arrived. */
  readonly stoppedEarly: string;
  readonly truncated: string;
  readonly refused: string;
  readonly filtered: string;
  readonly emptyAnswer: string;
  readonly invalidJson: string;
  readonly emptyTitle: string;
  readonly emptyHint: string;
  readonly environmentToken: string;
  /** Suggestions for an empty conversation, put into the box on click. */
  /** Offered while a file is open that comes along. */
  readonly fileSuggestion: string;
  readonly suggestions: readonly string[];
  readonly badBaseUrlTitle: string;
  readonly badBaseUrlHint: string;
  readonly openSettings: string;
  readonly noTokenTitle: string;
  readonly noTokenHint: string;
  readonly setToken: string;
  readonly getKey: string;
  readonly jumpToLatest: string;
  readonly removeContext: string;
  readonly requestId: string;
  readonly disconnected: string;
  readonly reload: string;
  readonly linkTarget: string;
  readonly imageNotLoaded: string;
  /** Footer of an answer. `{0}`: a number of tokens. */
  readonly tokensIn: string;
  readonly tokensCached: string;
  readonly tokensOut: string;
  readonly tokensReasoning: string;
  readonly costUnknown: string;
  readonly firstToken: string;
  readonly tokensPerSecond: string;
}

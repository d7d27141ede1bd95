import type { CompletionWindow, ReasoningEffort } from "../core/api/types.ts";

/** The texts around the box. `{0}` is a placeholder. */
export interface ComposerStrings {
  readonly history: string;
  readonly attach: string;
  readonly filesAndFolders: string;
  /** VS Code gives a drop to a panel only while Shift is held. */
  readonly dropHint: string;
  readonly dropHere: string;
  readonly dropNothing: string;
  readonly dropNothingHint: string;
  /** Names of the lists. */
  readonly contextList: string;
  readonly commandList: string;
  readonly ownPrompts: string;
  readonly searching: string;
  readonly loadingModels: string;
  readonly nothingFound: string;
  readonly searchFailed: string;
  readonly noModels: string;
  readonly tryAgain: string;
  /** `{0}`: what is chosen. */
  readonly model: string;
  readonly effort: string;
  readonly window: string;
  readonly unknownModel: string;
  readonly takesImages: string;
  readonly reasons: string;
  readonly pricesFor: string;
  /** For 1M tokens. `{0}`: USD in, `{1}`: USD out. */
  readonly price: string;
  /** `{0}`: a window, `{1}`: its price. */
  readonly windowPrice: string;
  readonly priceUnknown: string;
  readonly effortDefault: string;
  readonly effortDefaultHint: string;
  /** On the button while nothing is chosen. */
  readonly effortShort: string;
  readonly efforts: Readonly<Record<ReasoningEffort, string>>;
  readonly windowHints: Readonly<Record<CompletionWindow, string>>;
  /** `{0}`: tokens, `{1}`: the limit. */
  readonly meter: string;
  readonly meterNoLimit: string;
  readonly meterCost: string;
  readonly meterSpent: string;
  readonly meterNear: string;
  readonly meterOver: string;
  /** `{0}`: tokens, `{1}`: the limit. */
  readonly tooLong: string;
  readonly tooLongHint: string;
  readonly cancel: string;
  readonly queue: string;
  readonly queuePaused: string;
  readonly queueStopped: string;
  readonly removeQueued: string;
  readonly sendNow: string;
  /** `{0}`: pieces of context. */
  readonly queuedContext: string;
  readonly openContext: string;
  /** `{0}`: name, `{1}`: limit in MB. */
  readonly imageTooLarge: string;
  readonly imageKind: string;
  /** `{0}`: model. */
  readonly noImages: string;
  readonly noImagesHint: string;
  readonly chooseModel: string;
  readonly sendWithoutImages: string;
  /** `{0}`: a number. */
  readonly pastedImage: string;
  readonly startWithCommand: string;
}

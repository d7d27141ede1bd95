import type { Event } from "vscode";
import type { ContextItem, Conversation, Message } from "../../core/chat/conversation.ts";
import type { DatedChat } from "../../core/chat/exportJson.ts";
import type { CompletionWindow, ReasoningEffort } from "../../core/api/types.ts";
import type {
  AmbientView,
  FitChoiceView,
  FitId,
  MeterView,
  ModelView,
  SlashCommandView,
  SuggestionView,
} from "../../protocol/chat.ts";

/**
 * What the chat needs of other features of the host, which `services.ts` puts together. Failures that a person is
 * to read are thrown as `UserError`.
 */

/** Finds, reads and checks context: files, folders, open editors, symbols, problems, changes, terminal, images. */
export interface ContextSource {
  search(query: string, signal: AbortSignal): Promise<readonly SuggestionView[]>;
  /** Reads what a suggestion stands for; undefined when the person was asked and said no. Throws `UserError`. */
  resolve(suggestionId: string, signal: AbortSignal): Promise<ContextItem | undefined>;
  /** The same for files and folders by their addresses; those declined are left out. Throws `UserError`. */
  fromUris(uris: readonly string[], signal: AbortSignal): Promise<readonly ContextItem[]>;
  /** Asks for files with VS Code's dialog; undefined when it was closed. Throws `UserError`. */
  pick(signal: AbortSignal): Promise<readonly ContextItem[] | undefined>;
  /** A file from elsewhere, by its name and text; undefined when the person was asked and said no. */
  droppedText(name: string, text: string, signal: AbortSignal): Promise<ContextItem | undefined>;
  /** Checks an image against the API's limits and reads its size. `data` is base64. Throws `UserError`. */
  image(name: string, mediaType: string, data: string): ContextItem;
  /** What would come along by itself. */
  ambient(): readonly AmbientView[];
  /** What is on of it, as it was last seen: to measure, not to send. */
  ambientItems(): readonly ContextItem[];
  setAmbient(id: string, isOn: boolean): void;
  /** Reads what is on of it, as it is now; those declined are left out. */
  collectAmbient(signal: AbortSignal): Promise<readonly ContextItem[]>;
  /** The workspace's rules alone, likewise. */
  collectRules(signal: AbortSignal): Promise<readonly ContextItem[]>;
  /** Shows the item: in its file while that still says the same, else as it was given. Throws `UserError`. */
  open(item: ContextItem): Promise<void>;
  /** `ambient()` gives something else now. */
  readonly onDidChange: Event<void>;
}

/** What a typed slash command stands for. */
export interface ExpandedPrompt {
  /** Sent in place of the typed text. */
  readonly instruction: string;
  /** What the command brings along, e.g. the changes for `/commit`. */
  readonly context: readonly ContextItem[];
  /** Of a command that says nothing without code: its name, with the slash. */
  readonly needsCode?: string;
}

/** Slash commands: the built-in ones, `valar.prompts`, and the workspace's own. */
export interface PromptSource {
  list(): readonly SlashCommandView[];
  /** Undefined when the text begins with no known command. Throws `UserError`. */
  expand(
    text: string,
    context: readonly ContextItem[],
    signal: AbortSignal,
  ): Promise<ExpandedPrompt | undefined>;
  readonly onDidChange: Event<void>;
}

/** A branch that fits, or what could be left out so that it does. */
export type Fitted =
  | { readonly type: "fits"; readonly branch: readonly Message[] }
  | {
      readonly type: "tooLong";
      readonly promptTokens: number;
      readonly limitTokens: number;
      readonly choices: readonly FitChoiceView[];
    };

/** How much a request holds, against the model's limit and one's own. */
export interface ContextBudget {
  /** The next request of `branch` and a draft with its context. */
  meter(branch: readonly Message[], draft: string, context: readonly ContextItem[]): MeterView;
  /**
   * `branch` ends in the question. `fit` is what the person chose to leave out, if asked before; `model` is asked in
   * place of the one that is set.
   */
  fit(branch: readonly Message[], fit: FitId | undefined, model?: string): Fitted;
  /** Learns from what a request of `branch` really took. */
  calibrate(model: string, branch: readonly Message[], promptTokens: number): void;
  /** The server found a request of `branch` too large: from now on `fit` asks to leave something out of it. */
  refused(model: string, branch: readonly Message[]): void;
}

/** What the account may still send, while that is little. */
export interface RateSource {
  /** One sentence; undefined while there is enough. */
  readonly text: string | undefined;
  readonly onDidChange: Event<void>;
}

/** Model, effort and window: what is chosen, what there is, and the settings that hold it. */
export interface ModelChoices {
  current(): {
    readonly model: ModelView;
    readonly effort: ReasoningEffort | undefined;
    readonly window: CompletionWindow;
  };
  /** What `GET /models` lists, or the known ones when that failed, which the person is told. */
  list(signal: AbortSignal): Promise<readonly ModelView[]>;
  chooseModel(id: string): Promise<void>;
  chooseEffort(effort: ReasoningEffort | undefined): Promise<void>;
  chooseWindow(window: CompletionWindow): Promise<void>;
}

/** A conversation in the list of all. */
export interface ConversationSummary {
  readonly id: string;
  readonly title: string;
  readonly pinned: boolean;
  /** Unix time of the last message, ms. */
  readonly changedAt: number;
  /** How its last answer begins. */
  readonly lastWords: string;
}

/** All conversations on disk. Deleting can be undone until the window closes. */
export interface ConversationLibrary {
  /** Pinned ones first, then the newest. */
  list(): Promise<readonly ConversationSummary[]>;
  /** Titles and texts that hold all words of the query. */
  search(query: string): Promise<readonly ConversationSummary[]>;
  read(id: string): Promise<Conversation | undefined>;
  rename(id: string, title: string): Promise<void>;
  setPinned(id: string, pinned: boolean): Promise<void>;
  delete(id: string): Promise<void>;
  undoDelete(id: string): Promise<void>;
  /** When the conversation's last message came: Unix time, ms. Undefined when it is not on disk. */
  changedAt(id: string): Promise<number | undefined>;
  /** Adds one that came from elsewhere: under its own id while nothing is, or was just now, kept under it. */
  add(chat: DatedChat): Promise<string>;
}

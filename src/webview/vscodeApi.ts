import type { DraftVersion, ToHost } from "../protocol/chat.ts";

/** What survives a reload of the page without the host's help. */
export interface SavedState {
  readonly draft: string;
  readonly version?: DraftVersion;
  /** Unfinished edits: message → text. */
  readonly edits?: Readonly<Record<string, string>>;
}

/** VS Code's side of the page. */
export interface VsCodeApi {
  postMessage(message: ToHost): void;
  getState(): unknown;
  setState(state: SavedState): void;
}

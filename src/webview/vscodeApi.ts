import type { ToHost } from "../protocol/chat.ts";

/** What survives a reload of the page without the host's help. */
export interface SavedState {
  readonly draft: string;
}

/** VS Code's side of the page. */
export interface VsCodeApi {
  postMessage(message: ToHost): void;
  getState(): unknown;
  setState(state: SavedState): void;
}

/** The draft of a saved state, which is unknown until read. */
export function savedDraft(state: unknown): string {
  if (typeof state !== "object" || state === null || !("draft" in state)) return "";
  return typeof state.draft === "string" ? state.draft : "";
}

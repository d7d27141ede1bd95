import type { ToolCall } from "./types.ts";
import type { ToolCallPiece } from "./wire.ts";

interface Draft {
  type: "function" | "custom";
  id: string;
  name: string;
  arguments: string;
}

/** Puts tool calls together. Valar sends each whole; other servers of this format cut the arguments. */
export class ToolCalls {
  readonly #drafts = new Map<number | string, Draft>();

  add(piece: ToolCallPiece): void {
    const place = piece.index ?? (piece.id === "" ? this.#drafts.size : piece.id);
    const draft = this.#drafts.get(place);
    if (draft === undefined) {
      const { type, id, name } = piece;
      this.#drafts.set(place, { type, id, name, arguments: piece.arguments });
    } else {
      if (piece.type === "custom") draft.type = "custom";
      if (draft.id === "") draft.id = piece.id;
      if (draft.name === "") draft.name = piece.name;
      draft.arguments += piece.arguments;
    }
  }

  all(): readonly ToolCall[] {
    return [...this.#drafts.values()].map(({ type, ...call }) =>
      type === "custom" ? { ...call, type } : call,
    );
  }
}

import type { ContextItem } from "../../core/chat/conversation.ts";
import type { DraftVersion } from "../../protocol/chat.ts";

/** What waits in the box to be sent: the text and what is attached to it. */
export class ComposerState {
  draft: string;
  /** Of the draft; undefined while no page has changed it. */
  version: DraftVersion | undefined;
  #context: readonly ContextItem[];

  constructor(draft = "", context: readonly ContextItem[] = [], version?: DraftVersion) {
    this.draft = draft;
    this.version = version;
    this.#context = context;
  }

  get context(): readonly ContextItem[] {
    return this.#context;
  }

  /** Attaches a piece of a file; the same lines again replace the older copy. */
  add(item: ContextItem): void {
    this.#context = withoutTwins([...this.#context, item]);
  }

  remove(id: string): void {
    this.#context = this.#context.filter((item) => item.id !== id);
  }

  clearContext(): void {
    this.#context = [];
  }
}

/** Of several copies of the same place the last one alone. */
export function withoutTwins(items: readonly ContextItem[]): readonly ContextItem[] {
  const places = items.map(placeOf);
  return items.filter((_, index) => places.lastIndexOf(places[index] ?? "") === index);
}

/** What an item is a copy of: two of the same place are one. */
function placeOf(item: ContextItem): string {
  if (item.kind === "image") return item.url;
  const { kind, uri, path, startLine, endLine } = item;
  const isCode = kind === "file" || kind === "selection" || kind === "symbol";
  return JSON.stringify([isCode ? "code" : kind, uri ?? path, startLine, endLine]);
}

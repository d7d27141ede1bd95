import type { ContextItem } from "../../core/chat/conversation.ts";

/** What waits in the box to be sent: the text and what is attached to it. */
export class ComposerState {
  draft = "";
  #context: readonly ContextItem[] = [];

  get context(): readonly ContextItem[] {
    return this.#context;
  }

  /** Attaches a piece of a file; the same lines again replace the older copy. */
  add(item: ContextItem): void {
    const isSame = (other: ContextItem) =>
      other.path === item.path && other.startLine === item.startLine && other.endLine === item.endLine;
    this.#context = [...this.#context.filter((other) => !isSame(other)), item];
  }

  remove(id: string): void {
    this.#context = this.#context.filter((item) => item.id !== id);
  }

  clearContext(): void {
    this.#context = [];
  }
}

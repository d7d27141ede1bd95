import {
  type ConversationChange,
  conversationTitle,
  type Message,
  newestLeaf,
  shownMessages,
  siblings,
} from "../../core/chat/conversation.ts";
import type { HostEvent, MessageView } from "../../protocol/chat.ts";
import type { ConversationKeeper } from "./conversationKeeper.ts";
import { shownDifference } from "./shownDifference.ts";

/** The branches of one conversation: which is shown, what was deleted, and what views must be told of both. */
export class Branches {
  readonly #keeper: ConversationKeeper;
  readonly #view: (message: Message) => MessageView;
  readonly #tell: (event: HostEvent) => void;
  /** The branch that was shown when each deletion was made. */
  readonly #deletions = new Map<string, { readonly id: string; readonly leafId: string | undefined }>();

  constructor(
    keeper: ConversationKeeper,
    view: (message: Message) => MessageView,
    tell: (event: HostEvent) => void,
  ) {
    this.#keeper = keeper;
    this.#view = view;
    this.#tell = tell;
  }

  /** Changes the conversation and tells what is shown otherwise by it. */
  change(change: ConversationChange): void {
    const before = this.#keeper.current;
    this.#keeper.change(change);
    const after = this.#keeper.current;
    shownDifference(before, after, this.#view).forEach(this.#tell);
    const title = conversationTitle(after);
    if (title !== conversationTitle(before)) {
      this.#tell({ type: "title", title });
    }
  }

  isShown(id: string): boolean {
    return shownMessages(this.#keeper.current).some((message) => message.id === id);
  }

  /** The messages up to `leafId`, oldest first. */
  pathTo(leafId: string | undefined): readonly Message[] {
    return shownMessages({ ...this.#keeper.current, leafId });
  }

  /** The messages up to the question that the answer `id` answers; empty when there is no such answer. */
  pathToQuestionOf(id: string): readonly Message[] {
    const path = this.pathTo(id);
    return path.slice(0, path.findLastIndex((message) => message.kind === "user") + 1);
  }

  /** Shows another wording or answer, at the newest end of what followed from it. */
  switchTo(messageId: string, index: number): void {
    const sibling = siblings(this.#keeper.current, messageId)[index];
    if (sibling) {
      this.change({ type: "branchChosen", leafId: newestLeaf(this.#keeper.current, sibling.id) });
    }
  }

  /** Takes a message and what follows from it out of sight; gives back what undoes that. */
  delete(id: string): string {
    const undoId = crypto.randomUUID();
    this.#deletions.set(undoId, { id, leafId: this.#keeper.current.leafId });
    this.change({ type: "deleted", id });
    return undoId;
  }

  /**
   * Brings back what was deleted and shows the branch it was in, at the newest end of what followed. `isShown` false
   * leaves the branch that is now shown; so does another undo that brought it back already.
   */
  undoDelete(undoId: string, isShown: boolean): void {
    const deletion = this.#deletions.get(undoId);
    if (deletion) {
      this.#deletions.delete(undoId);
      const { current } = this.#keeper;
      const { id } = deletion;
      const leafId =
        isShown && !this.isShown(id) ? newestLeaf(current, deletion.leafId ?? id) : current.leafId;
      this.change({ type: "restored", id, leafId });
    }
  }
}

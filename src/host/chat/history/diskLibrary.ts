import type { Conversation, ConversationChange } from "../../../core/chat/conversation.ts";
import { withInterruptions } from "../../../core/chat/historyEntry.ts";
import { hasWords, searchWords } from "../../../core/chat/searchText.ts";
import type { Disposable } from "../../../core/util/disposable.ts";
import { Emitter } from "../../../core/util/emitter.ts";
import { type ConversationFiles, conversationFile } from "../../conversationFiles.ts";
import type { HistoryFiles } from "../../historyFiles.ts";
import type { Log } from "../../log.ts";
import { UserError } from "../../userError.ts";
import type { ConversationLibrary, ConversationSummary } from "../ports.ts";
import { HistoryIndex } from "./historyIndex.ts";
import { Trash } from "./trash.ts";

/** A change made from outside the conversation, for those that have it open. */
export interface LibraryChange {
  readonly id: string;
  readonly change: ConversationChange;
}

/** All conversations of a folder. Calls throw what the file system throws, or `UserError`. */
export class DiskLibrary implements ConversationLibrary, Disposable {
  readonly #conversations: ConversationFiles;
  readonly #index: HistoryIndex;
  readonly #trash: Trash;
  readonly #goneMessage: string;
  readonly #changed = new Emitter<LibraryChange>();
  readonly onDidChange = this.#changed.event;

  /** `goneMessage` tells a person that a conversation is no longer there. */
  constructor(
    files: HistoryFiles,
    conversations: ConversationFiles,
    log: Pick<Log, "warn">,
    goneMessage: string,
  ) {
    this.#conversations = conversations;
    this.#goneMessage = goneMessage;
    this.#index = new HistoryIndex(files, log);
    this.#trash = new Trash(files, () => Date.now(), log);
  }

  list(): Promise<readonly ConversationSummary[]> {
    this.#index.expire();
    return this.search("");
  }

  async search(query: string): Promise<readonly ConversationSummary[]> {
    const words = searchWords(query);
    const found = (await this.#index.entries()).flatMap(({ summary, text }) =>
      summary !== undefined && hasWords(text, words) ? [summary] : [],
    );
    return found.sort((a, b) => Number(b.pinned) - Number(a.pinned) || b.changedAt - a.changedAt);
  }

  async read(id: string): Promise<Conversation | undefined> {
    const conversation = await this.#conversations.read(id);
    return conversation && withInterruptions(conversation);
  }

  rename(id: string, title: string): Promise<void> {
    const trimmed = title.trim();
    return this.#change(id, { type: "renamed", title: trimmed === "" ? undefined : trimmed });
  }

  setPinned(id: string, pinned: boolean): Promise<void> {
    return this.#change(id, { type: "pinned", pinned });
  }

  async delete(id: string): Promise<void> {
    await this.#trash.put(conversationFile(id));
    this.#index.expire();
  }

  async undoDelete(id: string): Promise<void> {
    await this.#trash.takeBack(conversationFile(id));
    this.#index.expire();
  }

  /** Erases what this window deleted and what was left over from others long ago. */
  emptyTrash(): Promise<void> {
    return this.#trash.empty();
  }

  async add(conversation: Conversation): Promise<string> {
    const id = crypto.randomUUID();
    await this.#conversations.save({ ...conversation, id }, []);
    this.#index.expire();
    return id;
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #change(id: string, change: ConversationChange): Promise<void> {
    if (!(await this.#conversations.change(id, change))) {
      throw new UserError(this.#goneMessage);
    }
    this.#index.expire();
    this.#changed.fire({ id, change });
  }
}

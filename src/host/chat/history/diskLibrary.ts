import type { Conversation, ConversationChange } from "../../../core/chat/conversation.ts";
import type { DatedChat } from "../../../core/chat/exportJson.ts";
import { withInterruptions } from "../../../core/chat/historyEntry.ts";
import { hasWords, searchWords } from "../../../core/chat/searchText.ts";
import { type ConversationFiles, conversationFile, conversationSuffix } from "../../conversationFiles.ts";
import type { HistoryFiles } from "../../historyFiles.ts";
import type { Log } from "../../log.ts";
import { UserError } from "../../userError.ts";
import type { ConversationLibrary, ConversationSummary } from "../ports.ts";
import { HistoryIndex } from "./historyIndex.ts";
import { Trash } from "./trash.ts";

/** A conversation that is open in this window: what it has in memory may be newer than its file. */
export interface OpenConversation {
  readonly current: Conversation;
  /** Makes a change, and writes it. */
  amend(change: ConversationChange): Promise<void>;
}

export interface DiskLibraryDeps {
  readonly files: HistoryFiles;
  readonly conversations: ConversationFiles;
  readonly findOpen: (id: string) => OpenConversation | undefined;
  readonly log: Pick<Log, "warn">;
  /** Tells a person that a conversation is no longer there. */
  readonly goneMessage: string;
}

/** As `crypto.randomUUID` makes them. */
const ownId = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** What goes with a conversation's file: its damaged end, and what waited to be sent in it. */
function companionFiles(file: string): readonly string[] {
  const id = file.slice(0, -conversationSuffix.length);
  return [`${file}.damaged`, `queue-${id}.json`];
}

/** All conversations of a folder. Calls throw what the file system throws, or `UserError`. */
export class DiskLibrary implements ConversationLibrary {
  readonly #deps: DiskLibraryDeps;
  readonly #index: HistoryIndex;
  readonly #trash: Trash;
  #isLeftOverErased = false;

  constructor(deps: DiskLibraryDeps) {
    this.#deps = deps;
    this.#index = new HistoryIndex(deps.files, deps.log);
    this.#trash = new Trash(deps.files, companionFiles, () => Date.now(), deps.log);
  }

  async list(): Promise<readonly ConversationSummary[]> {
    this.#index.expire();
    const found = await this.search("");
    if (!this.#isLeftOverErased) {
      this.#isLeftOverErased = true;
      // Later: it looks into the folder once more, and nobody waits for it.
      void this.#trash.emptyLeftOver().catch((error: unknown) => {
        this.#deps.log.warn(`What was deleted long ago could not be erased: ${String(error)}`);
      });
    }
    return found;
  }

  async search(query: string): Promise<readonly ConversationSummary[]> {
    const words = searchWords(query);
    const found = (await this.#index.entries()).flatMap(({ summary, text }) =>
      summary !== undefined && hasWords(text, words) ? [summary] : [],
    );
    return found.sort((a, b) => Number(b.pinned) - Number(a.pinned) || b.changedAt - a.changedAt);
  }

  async read(id: string): Promise<Conversation | undefined> {
    const { conversations, findOpen } = this.#deps;
    const conversation = findOpen(id)?.current ?? (await conversations.read(id));
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
    await this.#index.forget(conversationFile(id));
  }

  async undoDelete(id: string): Promise<void> {
    await this.#trash.takeBack(conversationFile(id));
    this.#index.expire();
  }

  /** Erases what this window deleted and what was left over from others long ago. */
  emptyTrash(): Promise<void> {
    return this.#trash.empty();
  }

  async changedAt(id: string): Promise<number | undefined> {
    return (await this.#deps.files.stat(conversationFile(id)))?.changedAt;
  }

  async add({ conversation, changedAt }: DatedChat): Promise<string> {
    const id = (await this.#isFree(conversation.id)) ? conversation.id : crypto.randomUUID();
    // No time of a file that comes from elsewhere is taken for more than it can be.
    const time = Math.max(0, Math.min(changedAt, Date.now()));
    await this.#deps.conversations.save({ ...conversation, id }, [], time);
    this.#index.expire();
    return id;
  }

  /** Is the id one of ours, and no file named after it? One deleted in any window may still come back. */
  async #isFree(id: string): Promise<boolean> {
    const { files, findOpen } = this.#deps;
    if (!ownId.test(id) || findOpen(id)) return false;
    return !(await files.list()).some(({ name }) => name.startsWith(conversationFile(id)));
  }

  async #change(id: string, change: ConversationChange): Promise<void> {
    const { conversations, findOpen, goneMessage } = this.#deps;
    const open = findOpen(id);
    if (open) {
      await open.amend(change);
    } else if (!(await conversations.change(id, change))) {
      throw new UserError(goneMessage);
    }
    this.#index.expire();
  }
}

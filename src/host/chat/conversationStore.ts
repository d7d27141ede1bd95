import {
  type Conversation,
  type ConversationChange,
  emptyConversation,
} from "../../core/chat/conversation.ts";
import { withInterruptions } from "../../core/chat/historyEntry.ts";
import type { ConversationFiles } from "../conversationFiles.ts";
import type { Log } from "../log.ts";
import type { GuardedWrites } from "./guardedWrites.ts";

/** The files of conversations as the chat uses them: it goes on when they cannot be read or written. */
export class ConversationStore {
  readonly #files: ConversationFiles;
  readonly #log: Pick<Log, "error">;
  readonly #writes: GuardedWrites;
  readonly #tellUnreadable: () => void;

  constructor(
    files: ConversationFiles,
    writes: GuardedWrites,
    log: Pick<Log, "error">,
    tellUnreadable: () => void,
  ) {
    this.#tellUnreadable = tellUnreadable;
    this.#files = files;
    this.#writes = writes;
    this.#log = log;
  }

  /** The conversation as it is on disk; undefined when there is none or it cannot be read. */
  async open(id: string): Promise<Conversation | undefined> {
    try {
      const stored = await this.#files.read(id);
      if (!stored && (await this.#files.has(id))) {
        this.#tellUnreadable();
      }
      return stored && withInterruptions(stored);
    } catch (error) {
      this.#tellUnreadable();
      this.#log.error("A conversation could not be read; its file is left as it is", error);
      return undefined;
    }
  }

  /** Is a message in the conversation on disk, where another window may have put it? Throws what the disk throws. */
  mentions(id: string, messageId: string): Promise<boolean> {
    return this.#files.mentions(id, messageId);
  }

  /** Appends what changed since the last save; `conversation` is how it stands after that. */
  async save(conversation: Conversation, changes: readonly ConversationChange[]): Promise<void> {
    await this.#writes.run(() => this.#files.save(conversation, changes));
  }
}

export function newConversation(): Conversation {
  return emptyConversation(crypto.randomUUID(), Date.now());
}

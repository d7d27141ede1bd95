import {
  type Conversation,
  type ConversationChange,
  emptyConversation,
} from "../../core/chat/conversation.ts";
import { withInterruptions } from "../../core/chat/historyEntry.ts";
import { isRecord, parseJson } from "../../core/util/record.ts";
import { Sequencer } from "../../core/util/sequencer.ts";
import { ConversationFiles } from "../conversationFiles.ts";
import type { HistoryFiles } from "../historyFiles.ts";
import type { Log } from "../log.ts";

/** What the panel had when it was last seen. */
export interface StoredChat {
  readonly conversation: Conversation;
  readonly draft: string;
}

/** Keeps the open conversation on disk, and in a small file of its own which one that is and the draft. */
export class ConversationStore {
  readonly #files: HistoryFiles;
  readonly #log: Pick<Log, "warn" | "error">;
  readonly #warn: (error: unknown) => void;
  readonly #writes = new Sequencer();
  readonly conversations: ConversationFiles;
  #currentId: string | undefined;
  #draft = "";
  #hasWarned = false;

  /** `warn` is called once when the storage cannot be written; the chat goes on. */
  constructor(files: HistoryFiles, log: Pick<Log, "warn" | "error">, warn: (error: unknown) => void) {
    this.#files = files;
    this.conversations = new ConversationFiles(files, log);
    this.#log = log;
    this.#warn = warn;
  }

  /** The open conversation and the draft; an empty conversation when there is none or it cannot be read. */
  async load(newConversation: () => Conversation): Promise<StoredChat> {
    try {
      const bytes = await this.#files.read(panelFile);
      const panel = bytes && parseJson(new TextDecoder().decode(bytes));
      if (isRecord(panel)) {
        this.#currentId = typeof panel["conversationId"] === "string" ? panel["conversationId"] : undefined;
        this.#draft = typeof panel["draft"] === "string" ? panel["draft"] : "";
      }
      const stored =
        this.#currentId === undefined ? undefined : await this.conversations.read(this.#currentId);
      const conversation = stored === undefined ? newConversation() : withInterruptions(stored);
      return { conversation, draft: this.#draft };
    } catch (error) {
      this.#log.error("The last conversation could not be read; its file is left as it is", error);
      return { conversation: newConversation(), draft: this.#draft };
    }
  }

  /** Remembers which conversation is open. */
  async choose(id: string): Promise<void> {
    this.#currentId = id;
    await this.#savePanel();
  }

  async saveDraft(text: string): Promise<void> {
    if (text !== this.#draft) {
      this.#draft = text;
      await this.#savePanel();
    }
  }

  /** Appends what changed since the last save; `conversation` is how it stands after that. */
  async save(conversation: Conversation, changes: readonly ConversationChange[]): Promise<void> {
    const { id } = conversation;
    await this.#guard(() => this.conversations.save(conversation, changes));
    if (this.#currentId !== id) {
      await this.choose(id);
    }
  }

  async #savePanel(): Promise<void> {
    await this.#guard(() =>
      this.#writes.run(async () => {
        const panel = { version: 1, conversationId: this.#currentId, draft: this.#draft };
        await this.#files.replace(panelFile, new TextEncoder().encode(JSON.stringify(panel)));
      }),
    );
  }

  async #guard(write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      this.#log.error("The conversation could not be saved", error);
      if (!this.#hasWarned) {
        this.#hasWarned = true;
        this.#warn(error);
      }
    }
  }
}

const panelFile = "panel.json";

export function newConversation(): Conversation {
  return emptyConversation(crypto.randomUUID(), Date.now());
}

import * as vscode from "vscode";
import { type Conversation, emptyConversation } from "../../core/chat/conversation.ts";
import { decodeConversation } from "../../core/chat/decodeConversation.ts";
import type { Log } from "../log.ts";

/** What the panel had when it was last seen. */
export interface StoredChat {
  readonly conversation: Conversation;
  readonly draft: string;
}

/**
 * Keeps the conversation on disk, one file each, under the extension's own storage. A file is replaced by a
 * finished one (write beside it, then rename), so a crash leaves the old or the new, never half of one.
 */
export class ConversationStore {
  readonly #folder: vscode.Uri;
  readonly #memento: vscode.Memento;
  readonly #log: Log;
  readonly #warn: (error: unknown) => void;
  #writing: Promise<void> = Promise.resolve();
  #next: Conversation | undefined;
  #hasWarned = false;

  /** `warn` is called once when the storage cannot be written; the chat goes on. */
  constructor(folder: vscode.Uri, memento: vscode.Memento, log: Log, warn: (error: unknown) => void) {
    this.#folder = folder;
    this.#memento = memento;
    this.#log = log;
    this.#warn = warn;
  }

  /** The conversation and draft of this workspace; an empty one when there is none or it cannot be read. */
  async load(newConversation: () => Conversation): Promise<StoredChat> {
    const draft = this.#memento.get<unknown>(draftKey);
    const id = this.#memento.get<unknown>(currentKey);
    return {
      conversation: (typeof id === "string" ? await this.#read(id) : undefined) ?? newConversation(),
      draft: typeof draft === "string" ? draft : "",
    };
  }

  /** Remembers which conversation is the current one. */
  async choose(id: string): Promise<void> {
    await this.#guard(async () => this.#memento.update(currentKey, id));
  }

  async saveDraft(text: string): Promise<void> {
    await this.#guard(async () => this.#memento.update(draftKey, text));
  }

  /** Writes the newest version; calls while a write runs are joined into one more. */
  async save(conversation: Conversation): Promise<void> {
    const isQueued = this.#next !== undefined;
    this.#next = conversation;
    if (!isQueued) {
      this.#writing = this.#writing.then(() => this.#writeNext());
    }
    await this.#writing;
  }

  async #writeNext(): Promise<void> {
    const conversation = this.#next;
    this.#next = undefined;
    if (conversation) {
      await this.#guard(() => this.#write(conversation));
    }
  }

  async #write(conversation: Conversation): Promise<void> {
    const file = this.#file(conversation.id);
    const temporary = file.with({ path: `${file.path}.new` });
    const bytes = new TextEncoder().encode(JSON.stringify({ version: 1, conversation }));
    await vscode.workspace.fs.createDirectory(this.#folder);
    await vscode.workspace.fs.writeFile(temporary, bytes);
    await vscode.workspace.fs.rename(temporary, file, { overwrite: true });
    await this.#memento.update(currentKey, conversation.id);
  }

  async #read(id: string): Promise<Conversation | undefined> {
    const file = this.#file(id);
    try {
      const bytes = await vscode.workspace.fs.readFile(file);
      return decodeConversation(JSON.parse(new TextDecoder().decode(bytes)));
    } catch (error) {
      this.#log.error("The last conversation could not be read; its file is left as it is", error);
      return undefined;
    }
  }

  async #guard(write: () => PromiseLike<void>): Promise<void> {
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

  #file(id: string): vscode.Uri {
    return vscode.Uri.joinPath(this.#folder, `${id.replaceAll(/[^A-Za-z0-9-]/g, "_")}.json`);
  }
}

const currentKey = "valar.currentConversation";
const draftKey = "valar.draft";

export function newConversation(): Conversation {
  return emptyConversation(crypto.randomUUID(), Date.now());
}

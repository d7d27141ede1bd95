import * as vscode from "vscode";
import { type Conversation, emptyConversation } from "../../core/chat/conversation.ts";
import { decodeConversation } from "../../core/chat/decodeConversation.ts";
import { isRecord } from "../../core/util/record.ts";
import { Sequencer } from "../../core/util/sequencer.ts";
import type { Log } from "../log.ts";

/** What the panel had when it was last seen. */
export interface StoredChat {
  readonly conversation: Conversation;
  readonly draft: string;
}

/**
 * Keeps conversations on disk, one file each, and beside them which one is open and the draft. A file is replaced
 * by a finished one: written beside it, then renamed. VS Code deletes the old before it renames, so a crash may
 * leave the new one alone; reading takes that then.
 */
export class ConversationStore {
  readonly #folder: vscode.Uri;
  readonly #log: Log;
  readonly #warn: (error: unknown) => void;
  readonly #writes = new Sequencer();
  #next: Conversation | undefined;
  #currentId: string | undefined;
  #draft = "";
  #hasWarned = false;

  /** `warn` is called once when the storage cannot be written; the chat goes on. */
  constructor(folder: vscode.Uri, log: Log, warn: (error: unknown) => void) {
    this.#folder = folder;
    this.#log = log;
    this.#warn = warn;
  }

  /** The open conversation and the draft; an empty conversation when there is none or it cannot be read. */
  async load(newConversation: () => Conversation): Promise<StoredChat> {
    const panel = await this.#read(panelFile);
    if (isRecord(panel)) {
      this.#currentId = typeof panel["conversationId"] === "string" ? panel["conversationId"] : undefined;
      this.#draft = typeof panel["draft"] === "string" ? panel["draft"] : "";
    }
    return { conversation: (await this.#readCurrent()) ?? newConversation(), draft: this.#draft };
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

  /** Writes the newest version; calls while a write runs are joined into one more. */
  async save(conversation: Conversation): Promise<void> {
    this.#next = conversation;
    await this.#writes.run(async () => {
      const newest = this.#next;
      this.#next = undefined;
      if (newest) {
        await this.#write(conversationFile(newest.id), { version: 1, conversation: newest });
      }
    });
    if (this.#currentId !== conversation.id) {
      await this.choose(conversation.id);
    }
  }

  async #savePanel(): Promise<void> {
    await this.#writes.run(() =>
      this.#write(panelFile, { version: 1, conversationId: this.#currentId, draft: this.#draft }),
    );
  }

  async #readCurrent(): Promise<Conversation | undefined> {
    if (this.#currentId === undefined) {
      return undefined;
    }
    const stored = await this.#read(conversationFile(this.#currentId));
    try {
      return stored === undefined ? undefined : decodeConversation(stored);
    } catch (error) {
      this.#log.error("The last conversation could not be read; its file is left as it is", error);
      return undefined;
    }
  }

  /** The file, or its finished successor when the two were being exchanged; undefined when there is neither. */
  async #read(name: string): Promise<unknown> {
    for (const candidate of [name, successor(name)]) {
      try {
        const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(this.#folder, candidate));
        const stored: unknown = JSON.parse(new TextDecoder().decode(bytes));
        return stored;
      } catch (error) {
        if (!(error instanceof vscode.FileSystemError && error.code === "FileNotFound")) {
          this.#log.error(`${candidate} could not be read; it is left as it is`, error);
          return undefined;
        }
      }
    }
    return undefined;
  }

  async #write(name: string, value: unknown): Promise<void> {
    const file = vscode.Uri.joinPath(this.#folder, name);
    const temporary = vscode.Uri.joinPath(this.#folder, successor(name));
    try {
      await vscode.workspace.fs.createDirectory(this.#folder);
      await vscode.workspace.fs.writeFile(temporary, new TextEncoder().encode(JSON.stringify(value)));
      await vscode.workspace.fs.rename(temporary, file, { overwrite: true });
    } catch (error) {
      this.#log.error(`${name} could not be saved`, error);
      if (!this.#hasWarned) {
        this.#hasWarned = true;
        this.#warn(error);
      }
    }
  }
}

const panelFile = "panel.json";

function successor(name: string): string {
  return `${name}.new`;
}

function conversationFile(id: string): string {
  return `${id.replaceAll(/[^A-Za-z0-9-]/g, "_")}.json`;
}

export function newConversation(): Conversation {
  return emptyConversation(crypto.randomUUID(), Date.now());
}

import {
  type Conversation,
  type ConversationChange,
  emptyConversation,
} from "../../core/chat/conversation.ts";
import {
  decodeEntry,
  type HistoryEntry,
  joinGrowth,
  replayEntries,
  toJson,
  withInterruptions,
} from "../../core/chat/historyEntry.ts";
import { encodeRecord, readLog } from "../../core/chat/recordLog.ts";
import { isRecord, parseJson } from "../../core/util/record.ts";
import { Sequencer } from "../../core/util/sequencer.ts";
import type { HistoryFiles } from "../historyFiles.ts";
import type { Log } from "../log.ts";

/** What the panel had when it was last seen. */
export interface StoredChat {
  readonly conversation: Conversation;
  readonly draft: string;
}

/** A file with more records than this is written anew, as one, when it is opened. */
const compactAbove = 200;

/**
 * Keeps conversations on disk: one append-only file each, and a small one for which of them is open and the
 * draft. A damaged end is set aside and the rest is kept; nothing is deleted.
 */
export class ConversationStore {
  readonly #files: HistoryFiles;
  readonly #log: Pick<Log, "warn" | "error">;
  readonly #warn: (error: unknown) => void;
  readonly #writes = new Sequencer();
  /** Conversations whose file holds all but what is still to be appended. */
  readonly #onDisk = new Set<string>();
  #currentId: string | undefined;
  #draft = "";
  #hasWarned = false;

  /** `warn` is called once when the storage cannot be written; the chat goes on. */
  constructor(files: HistoryFiles, log: Pick<Log, "warn" | "error">, warn: (error: unknown) => void) {
    this.#files = files;
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
      const stored = this.#currentId === undefined ? undefined : await this.#read(this.#currentId);
      return { conversation: stored ?? newConversation(), draft: this.#draft };
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
    await this.#guard(async () => {
      const file = conversationFile(id);
      if (this.#onDisk.has(id)) {
        // After a failed append the end may be torn: then the whole file is written anew.
        this.#onDisk.delete(id);
        const entries = joinGrowth(changes).map((change): HistoryEntry => ({ type: "change", change }));
        await this.#files.append(file, encode(entries));
      } else {
        await this.#files.replace(file, encode([{ type: "conversation", conversation }]));
      }
      this.#onDisk.add(id);
    });
    if (this.#currentId !== id) {
      await this.choose(id);
    }
  }

  async #savePanel(): Promise<void> {
    await this.#guard(async () => {
      const panel = { version: 1, conversationId: this.#currentId, draft: this.#draft };
      await this.#files.replace(panelFile, new TextEncoder().encode(JSON.stringify(panel)));
    });
  }

  async #read(id: string): Promise<Conversation | undefined> {
    const file = conversationFile(id);
    const bytes = await this.#files.read(file);
    if (!bytes) {
      return undefined;
    }
    const { records, validBytes } = readLog(bytes);
    const conversation = replayEntries(records.map(decodeEntry));
    if (!conversation) {
      this.#log.warn(`${file} is damaged from its start; it is left as it is`);
      return undefined;
    }
    const isWhole = validBytes === bytes.length;
    if (!isWhole) {
      this.#log.warn(`${file} has a damaged end of ${bytes.length - validBytes} bytes; it is set aside`);
      await this.#files.append(`${file}.damaged`, bytes.subarray(validBytes));
    }
    if (!isWhole || records.length > compactAbove) {
      await this.#files.replace(file, encode([{ type: "conversation", conversation }]));
    }
    this.#onDisk.add(id);
    return withInterruptions(conversation);
  }

  async #guard(write: () => Promise<void>): Promise<void> {
    try {
      await this.#writes.run(write);
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

function conversationFile(id: string): string {
  return `${id.replaceAll(/[^A-Za-z0-9-]/g, "_")}.log`;
}

function encode(entries: readonly HistoryEntry[]): Uint8Array {
  const records = entries.map((entry) => encodeRecord(toJson(entry)));
  const bytes = new Uint8Array(records.reduce((length, record) => length + record.length, 0));
  let at = 0;
  for (const record of records) {
    bytes.set(record, at);
    at += record.length;
  }
  return bytes;
}

export function newConversation(): Conversation {
  return emptyConversation(crypto.randomUUID(), Date.now());
}

import type { Conversation, ConversationChange } from "../core/chat/conversation.ts";
import { eraseDeleted } from "../core/chat/eraseDeleted.ts";
import {
  changeEntries,
  decodeEntry,
  type HistoryEntry,
  replayEntries,
  toJson,
  wholeEntry,
} from "../core/chat/historyEntry.ts";
import { encodeRecord, readLog } from "../core/chat/recordLog.ts";
import { Sequencer } from "../core/util/sequencer.ts";
import type { HistoryFiles } from "./historyFiles.ts";
import type { Log } from "./log.ts";

/** A file with more records than this is written anew, as one, when it is opened. */
const compactAbove = 200;

/**
 * One append-only file a conversation. Two windows may add to the same one: messages name their parents, so what
 * both add becomes branches. A damaged end is set aside and the rest is kept. Calls throw what the file system throws.
 */
export class ConversationFiles {
  readonly #files: HistoryFiles;
  readonly #log: Pick<Log, "warn">;
  readonly #writes = new Sequencer();
  /** Conversations whose file holds all but what is still to be appended. */
  readonly #whole = new Set<string>();

  constructor(files: HistoryFiles, log: Pick<Log, "warn">) {
    this.#files = files;
    this.#log = log;
  }

  /** Opens a conversation: what was deleted is erased. Undefined when there is none or its start is damaged. */
  read(id: string): Promise<Conversation | undefined> {
    return this.#writes.run(() => this.#open(id));
  }

  /** Is there a file of the conversation, readable or not? */
  async has(id: string): Promise<boolean> {
    return (await this.#files.stat(conversationFile(id))) !== undefined;
  }

  /** Writes what changed since the last time; `conversation` is how it stands after that. */
  save(conversation: Conversation, changes: readonly ConversationChange[]): Promise<void> {
    return this.#writes.run(async () => {
      const { id } = conversation;
      const file = conversationFile(id);
      // Another window may have deleted it: what is still open in this one is then written as a whole.
      const isThere = this.#whole.has(id) && (await this.#files.stat(file)) !== undefined;
      // After a failed append the end may be torn: then the whole file is written anew.
      this.#whole.delete(id);
      if (isThere) {
        await this.#files.append(file, encode(changeEntries(conversation, changes)));
      } else {
        await this.#files.replace(file, encode([wholeEntry(conversation)]));
      }
      this.#whole.add(id);
    });
  }

  /** Adds a change to a conversation that need not be open; false when there is none. */
  change(id: string, change: ConversationChange): Promise<boolean> {
    return this.#writes.run(async () => {
      if ((await this.#open(id)) === undefined) {
        return false;
      }
      await this.#files.append(conversationFile(id), encode([{ type: "change", change }]));
      return true;
    });
  }

  async #open(id: string): Promise<Conversation | undefined> {
    const file = conversationFile(id);
    const [stat, bytes] = [await this.#files.stat(file), await this.#files.read(file)];
    if (!bytes || !stat) {
      return undefined;
    }
    const { conversation: stored, records, validBytes } = replayFile(bytes);
    if (!stored) {
      this.#log.warn(`${file} is damaged from its start; it is left as it is`);
      return undefined;
    }
    const conversation = eraseDeleted(stored);
    const isWhole = validBytes === bytes.length;
    if (isWhole && records <= compactAbove && conversation === stored) {
      this.#whole.add(id);
    } else if ((await this.#files.stat(file))?.size === bytes.length) {
      if (!isWhole) {
        this.#log.warn(`${file} has a damaged end of ${bytes.length - validBytes} bytes; it is set aside`);
        await this.#files.append(`${file}.damaged`, bytes.subarray(validBytes));
      }
      await this.#files.replace(file, encode([wholeEntry(conversation)]), stat.changedAt);
      this.#whole.add(id);
    } else if (isWhole) {
      // Another window is writing it just now: the next that opens it makes it smaller.
      this.#whole.add(id);
    } else {
      return this.#open(id);
    }
    return conversation;
  }
}

/** What a file holds, as far as it is whole. Throws a `TypeError` for records of another version. */
export function replayFile(bytes: Uint8Array): {
  readonly conversation: Conversation | undefined;
  readonly records: number;
  readonly validBytes: number;
} {
  const { records, validBytes } = readLog(bytes);
  return { conversation: replayEntries(records.map(decodeEntry)), records: records.length, validBytes };
}

export const conversationSuffix = ".log";

export function conversationFile(id: string): string {
  return `${id.replaceAll(/[^A-Za-z0-9-]/g, "_")}${conversationSuffix}`;
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

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
import { withOthers } from "../core/chat/withOthers.ts";
import { Sequencer } from "../core/util/sequencer.ts";
import type { HistoryFile, HistoryFiles } from "./historyFiles.ts";
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

  /** Does the file hold the id of a message? */
  async mentions(id: string, messageId: string): Promise<boolean> {
    const bytes = await this.#files.read(conversationFile(id));
    return new TextDecoder().decode(bytes).includes(messageId);
  }

  /**
   * Writes what changed since the last time; `conversation` is how it stands after that. `changedAt`: Unix time of the
   * last message of one that is new here, if not now, ms.
   */
  save(
    conversation: Conversation,
    changes: readonly ConversationChange[],
    changedAt?: number,
  ): Promise<void> {
    const { id } = conversation;
    const file = conversationFile(id);
    return this.#alone(id, async () => {
      // Another window may have deleted it: what is still open in this one is then written as a whole.
      const stat = await this.#files.stat(file);
      // After a failed append the end may be torn: then the whole file is written anew.
      if (this.#whole.delete(id) && stat) {
        const entries = changeEntries(conversation, changes);
        await this.#files.append(file, encode(entries), timeAfter(changes, stat));
      } else {
        const seen = stat ? await this.#look(file) : undefined;
        const all = seen?.conversation ? withOthers(conversation, seen.conversation) : conversation;
        await this.#rewrite(file, all, seen, changedAt);
      }
      this.#whole.add(id);
    });
  }

  /** Adds a change to a conversation that need not be open; false when there is none. */
  async change(id: string, change: ConversationChange): Promise<boolean> {
    if ((await this.read(id)) === undefined) {
      return false;
    }
    const file = conversationFile(id);
    await this.#alone(id, async () => {
      const changedAt = timeAfter([change], await this.#files.stat(file));
      await this.#files.append(file, encode([{ type: "change", change }]), changedAt);
    });
    return true;
  }

  /** Runs a task while no other window writes the conversation. */
  #alone<T>(id: string, task: () => Promise<T>): Promise<T> {
    return this.#writes.run(() => this.#files.exclusively(conversationFile(id), task));
  }

  async #open(id: string): Promise<Conversation | undefined> {
    const file = conversationFile(id);
    let seen = await this.#look(file);
    if (seen?.isSound === false) {
      // Another window may just be writing it: that is told only when none is.
      seen = await this.#files.exclusively(file, () => this.#mend(file));
    }
    if (seen?.conversation) {
      this.#whole.add(id);
    } else if (seen) {
      this.#log.warn(`${file} is damaged from its start; it is left as it is`);
    }
    return seen?.conversation;
  }

  async #mend(file: string): Promise<SeenFile | undefined> {
    const [stat, seen] = [await this.#files.stat(file), await this.#look(file)];
    if (seen?.conversation && !seen.isSound) {
      await this.#rewrite(file, seen.conversation, seen, stat?.changedAt);
    }
    return seen;
  }

  async #look(file: string): Promise<SeenFile | undefined> {
    const bytes = await this.#files.read(file);
    if (!bytes) {
      return undefined;
    }
    const { conversation: stored, records, validBytes } = replayFile(bytes);
    const conversation = stored && eraseDeleted(stored);
    const damaged = bytes.subarray(validBytes);
    const isSound = conversation === stored && damaged.length === 0 && records <= compactAbove;
    return { conversation, damaged, isSound };
  }

  /** Puts a conversation in place of what the file was seen to hold. */
  async #rewrite(
    file: string,
    conversation: Conversation,
    seen: SeenFile | undefined,
    changedAt?: number,
  ): Promise<void> {
    if (seen && seen.damaged.length > 0) {
      this.#log.warn(`${file} has a damaged end of ${seen.damaged.length} bytes; it is set aside`);
      await this.#files.append(`${file}.damaged`, seen.damaged);
    }
    await this.#files.replace(file, encode([wholeEntry(conversation)]), changedAt);
  }
}

/** What is in a file. */
interface SeenFile {
  /** Without what was deleted; undefined when the start is damaged. */
  readonly conversation: Conversation | undefined;
  /** From the first byte that is in no whole record. */
  readonly damaged: Uint8Array;
  /** Nothing is to be mended, erased or made smaller. */
  readonly isSound: boolean;
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

/** Changes that add nothing to what was said. */
const asides: ReadonlySet<ConversationChange["type"]> = new Set([
  "renamed",
  "pinned",
  "branchChosen",
  "deleted",
  "restored",
]);

/** A chat's file has the time of its last message; undefined for now. */
function timeAfter(
  changes: readonly ConversationChange[],
  before: HistoryFile | undefined,
): number | undefined {
  return changes.every(({ type }) => asides.has(type)) ? before?.changedAt : undefined;
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

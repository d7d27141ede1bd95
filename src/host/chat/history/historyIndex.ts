import { conversationTitle, lastWords } from "../../../core/chat/conversation.ts";
import { searchText } from "../../../core/chat/searchText.ts";
import { Sequencer } from "../../../core/util/sequencer.ts";
import { conversationSuffix, replayFile } from "../../conversationFiles.ts";
import type { HistoryFile, HistoryFiles } from "../../historyFiles.ts";
import type { Log } from "../../log.ts";
import { decodeIndex, encodeIndex, type IndexEntry } from "./indexFile.ts";

export const indexFile = "index.txt";

/** The index is written when so many conversations had to be read, or so many characters of them. */
const writeAfter = { files: 50, characters: 1_000_000 };
/** How long what was found in the folder is taken for true while somebody types a query, ms. */
const maxAgeMs = 1000;
/** Files read at a time. */
const readersAtOnce = 16;

/**
 * Titles and texts of all conversations. The files are what counts: each is read again as soon as its size or time
 * is another, and the stored index only saves reading those that are as they were.
 */
export class HistoryIndex {
  readonly #files: HistoryFiles;
  readonly #log: Pick<Log, "warn">;
  #entries: Map<string, IndexEntry> | undefined;
  readonly #refreshes = new Sequencer();
  #found: Promise<readonly IndexEntry[]> | undefined;
  #foundAt = 0;

  constructor(files: HistoryFiles, log: Pick<Log, "warn">) {
    this.#files = files;
    this.#log = log;
  }

  /** The conversations as they were on disk a moment ago. Throws when the folder cannot be read. */
  entries(): Promise<readonly IndexEntry[]> {
    if (this.#found === undefined || performance.now() - this.#foundAt > maxAgeMs) {
      this.#foundAt = performance.now();
      this.#found = this.#refreshes.run(() => this.#refresh());
    }
    return this.#found;
  }

  /** The next `entries` looks into the folder again. */
  expire(): void {
    this.#found = undefined;
  }

  /** Takes a conversation out of the stored index too: what it said must not stay on disk. */
  forget(file: string): Promise<void> {
    this.expire();
    return this.#refreshes.run(async () => {
      const known = (this.#entries ??= await this.#stored());
      if (known.delete(file) && (await this.#files.stat(indexFile)) !== undefined) {
        await this.#write(known);
      }
    });
  }

  async #refresh(): Promise<readonly IndexEntry[]> {
    const files = (await this.#files.list()).filter(({ name }) => name.endsWith(conversationSuffix));
    const known = (this.#entries ??= await this.#stored());
    const stale = files.filter((file) => !isCurrent(known.get(file.name), file));
    const read = await this.#readAll(stale);
    const names = new Set(files.map(({ name }) => name));
    for (const name of [...known.keys()].filter((one) => !names.has(one))) {
      known.delete(name);
    }
    for (const entry of read) {
      known.set(entry.file, entry);
    }
    const characters = read.reduce((sum, { text }) => sum + text.length, 0);
    if (read.length >= writeAfter.files || characters >= writeAfter.characters) {
      await this.#write(known);
    }
    return [...known.values()];
  }

  async #readAll(files: readonly HistoryFile[]): Promise<readonly IndexEntry[]> {
    const waiting = [...files];
    const entries: IndexEntry[] = [];
    const reader = async (): Promise<void> => {
      for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
        entries.push(await this.#readOne(file));
      }
    };
    await Promise.all(Array.from({ length: readersAtOnce }, reader));
    return entries;
  }

  async #readOne({ name, size, changedAt }: HistoryFile): Promise<IndexEntry> {
    const file = { file: name, size, changedAt };
    try {
      const bytes = await this.#files.read(name);
      const conversation = bytes && replayFile(bytes).conversation;
      if (conversation) {
        const summary = {
          id: conversation.id,
          title: conversationTitle(conversation),
          pinned: conversation.pinned === true,
          changedAt,
          lastWords: lastWords(conversation),
        };
        return { ...file, summary, text: searchText(conversation) };
      }
      this.#log.warn(`${name} cannot be read and is not listed; it is left as it is`);
    } catch (error) {
      this.#log.warn(`${name} cannot be read and is not listed: ${String(error)}`);
    }
    return { ...file, summary: undefined, text: "" };
  }

  async #stored(): Promise<Map<string, IndexEntry>> {
    try {
      const bytes = await this.#files.read(indexFile);
      const entries = bytes ? decodeIndex(bytes) : [];
      return new Map(entries.map((entry) => [entry.file, entry]));
    } catch (error) {
      this.#log.warn(`The index of the history cannot be read and is made anew: ${String(error)}`);
      return new Map();
    }
  }

  async #write(entries: ReadonlyMap<string, IndexEntry>): Promise<void> {
    try {
      await this.#files.replace(indexFile, encodeIndex(entries.values()));
    } catch (error) {
      this.#log.warn(`The index of the history cannot be written: ${String(error)}`);
    }
  }
}

function isCurrent(entry: IndexEntry | undefined, { size, changedAt }: HistoryFile): boolean {
  return entry?.size === size && entry.changedAt === changedAt;
}

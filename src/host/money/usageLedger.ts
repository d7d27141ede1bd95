import { decodeUsage, encodeUsage, mergeUsage, type UsageRecord } from "../../core/money/usageRecord.ts";
import { Sequencer } from "../../core/util/sequencer.ts";
import type { HistoryFiles } from "../historyFiles.ts";
import type { Log } from "../log.ts";

interface ReadFile {
  readonly size: number;
  readonly records: readonly UsageRecord[];
}

/**
 * What requests cost, one append-only file a day, shared by all windows. A file is read again only when it is not
 * as long as this window left it. Nothing here fails a request: what cannot be written is counted in this window.
 */
export class UsageLedger {
  readonly #files: HistoryFiles;
  readonly #log: Pick<Log, "error">;
  readonly #now: () => number;
  readonly #writes = new Sequencer();
  readonly #read = new Map<string, ReadFile>();
  /** Records that the disk did not take. */
  #unwritten: readonly UsageRecord[] = [];

  /** `now` gives Unix time, ms. */
  constructor(files: HistoryFiles, log: Pick<Log, "error">, now: () => number) {
    this.#files = files;
    this.#log = log;
    this.#now = now;
  }

  add(record: UsageRecord): Promise<void> {
    return this.#writes.run(async () => {
      const file = fileOf(dayOf(record.at));
      try {
        await this.#files.append(file, new TextEncoder().encode(encodeUsage(record)));
      } catch (error) {
        this.#log.error("What a request cost could not be written", error);
        this.#unwritten = [...this.#unwritten, record];
      }
    });
  }

  /** Resolves once what was added so far is on disk, or could not be written. */
  written(): Promise<void> {
    return this.#writes.run(() => Promise.resolve());
  }

  /** The requests of today. One that was made yesterday and tried again today is yesterday's. */
  today(): Promise<readonly UsageRecord[]> {
    return this.#writes.run(() => this.#ofToday());
  }

  /** Every request that was ever written down, each once. */
  all(): Promise<readonly UsageRecord[]> {
    return this.#writes.run(async () => {
      const names = (await this.#files.list()).map(({ name }) => name).filter((name) => fileName.test(name));
      const days = await Promise.all(names.sort().map((name) => this.#file(name)));
      return mergeUsage([...days.flat(), ...this.#unwritten]);
    });
  }

  clear(): Promise<void> {
    return this.#writes.run(async () => {
      for (const { name } of await this.#files.list()) {
        if (fileName.test(name)) {
          await this.#files.remove(name);
        }
      }
      this.#unwritten = [];
    });
  }

  async #ofToday(): Promise<readonly UsageRecord[]> {
    const now = new Date(this.#now());
    const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
    const [before, records] = [
      await this.#day(dayOf(yesterday.getTime())),
      await this.#day(dayOf(now.getTime())),
    ];
    const older = new Set(before.map(({ key }) => key));
    return records.filter(({ key }) => !older.has(key));
  }

  async #day(day: string): Promise<readonly UsageRecord[]> {
    const unwritten = this.#unwritten.filter(({ at }) => dayOf(at) === day);
    return mergeUsage([...(await this.#file(fileOf(day))), ...unwritten]);
  }

  async #file(name: string): Promise<readonly UsageRecord[]> {
    const size = (await this.#files.stat(name))?.size ?? 0;
    const known = this.#read.get(name);
    if (known?.size === size) {
      return known.records;
    }
    const bytes = (await this.#files.read(name)) ?? new Uint8Array();
    const records = decodeUsage(new TextDecoder().decode(bytes));
    this.#read.set(name, { size: bytes.length, records });
    return records;
  }
}

/** The date where the person is, e.g. `2026-06-30`. `at` is Unix time, ms. */
export function dayOf(at: number): string {
  const date = new Date(at);
  const two = (part: number): string => String(part).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

const fileName = /^\d{4,}-\d\d-\d\d\.jsonl$/;

function fileOf(day: string): string {
  return `${day}.jsonl`;
}

import type { JsonObject } from "./chatRequest.ts";

export type Outcome =
  /** Still being answered. */
  | "open"
  /** Answered in good order, faults included that end in good order. */
  | "answered"
  /** Cut by a fault. */
  | "broken"
  /** The client left first. */
  | "clientLeft";

/** What the simulator saw of one API request. Holds no key. */
export interface JournalEntry {
  /** From 1, in the order of arrival. */
  readonly number: number;
  readonly method: string;
  readonly path: string;
  /** Names in lower case; without `authorization`. */
  readonly headers: Readonly<Record<string, string>>;
  /** First 16 hexadecimal digits of the key's SHA-256. */
  readonly keyHash: string | undefined;
  readonly idempotencyKey: string | undefined;
  readonly requestId: string;
  /** Epoch milliseconds with fractions, as all times here. */
  readonly receivedAt: number;
  bodyText: string;
  /** SHA-256, hexadecimal. */
  bodyHash: string;
  body: JsonObject | undefined;
  /** Which request with this Idempotency-Key it is, from 1. */
  attempt: number;
  /** Fields that the API does not know. */
  unknownFields: readonly string[];
  /** Name or type of the fault it met. */
  fault: string | undefined;
  /** Undefined until the headers are written. */
  status: number | undefined;
  /** Id of the stored response it got. */
  responseId: string | undefined;
  /** Whether that was stored before. */
  replay: boolean;
  outcome: Outcome;
  /** Whether it waits for `release`. */
  held: boolean;
  bytesWritten: number;
  contentWritten: number;
  firstContentAt: number | undefined;
  endedAt: number | undefined;
}

const kept = 2000;

/** All API requests of a run, the newest 2,000, and a way to wait for them. */
export class Journal {
  #entries: JournalEntry[] = [];
  #count = 0;
  readonly #waiters = new Set<() => void>();

  get entries(): readonly JournalEntry[] {
    return this.#entries;
  }

  /** How many requests came in all. */
  get count(): number {
    return this.#count;
  }

  nextNumber(): number {
    return ++this.#count;
  }

  add(entry: JournalEntry): void {
    this.#entries.push(entry);
    if (this.#entries.length > kept) this.#entries.shift();
    this.changed();
  }

  /** Says that an entry changed. */
  changed(): void {
    for (const waiter of [...this.#waiters]) waiter();
  }

  /** Resolves as soon as `test` holds, with true; with false once `signal` is aborted. */
  waitUntil(test: (entries: readonly JournalEntry[]) => boolean, signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const finish = (result: boolean) => {
        this.#waiters.delete(check);
        signal.removeEventListener("abort", onAbort);
        resolve(result);
      };
      const check = () => {
        if (test(this.#entries)) finish(true);
      };
      const onAbort = () => finish(false);
      signal.addEventListener("abort", onAbort, { once: true });
      this.#waiters.add(check);
      if (signal.aborted) finish(false);
      else check();
    });
  }

  clear(): void {
    this.#entries = [];
    this.#count = 0;
    this.changed();
  }
}

import type { Delivery } from "./delivery.ts";
import type { ErrorEnvelope } from "./apiFailure.ts";

/** A place in an answer. Lengths are UTF-16 units of the text, or bytes of the body as sent. Empty: its end. */
export interface CutPoint {
  readonly content?: number;
  readonly reasoning?: number;
  readonly toolArguments?: number;
  readonly bytes?: number;
}

/** What happens at a place in a stream. */
export type Break =
  /** TCP reset. */
  | "reset"
  /** The connection closes in the middle of the HTTP body. */
  | "drop"
  /** The HTTP body ends cleanly; nothing says that the answer is over. */
  | "end"
  /** Silence until the client leaves. */
  | "stall"
  /** Comment lines until the client leaves. */
  | "heartbeats"
  /** Silence until `release`, then the answer goes on. */
  | "hold"
  /** The answer is over here, in good order. */
  | "finish"
  /** finish_reason, then a clean end without `[DONE]`. */
  | "finishThenEnd"
  /** finish_reason, then a TCP reset. */
  | "finishThenReset"
  /** `[DONE]` without finish_reason. */
  | "doneOnly"
  /** All in good order, then a TCP reset instead of the body's end. */
  | "doneThenReset"
  /** All in good order, then one more content chunk after `[DONE]`. */
  | "doneThenData"
  /** All in good order, then the connection stays open. */
  | "doneThenStall";

export type FaultAction =
  /** Only the fault's delivery and latency. */
  | { readonly type: "none" }
  /** Before the headers: silence until the client leaves. */
  | { readonly type: "stall" }
  /** Before the headers: silence until `release`, then the ordinary answer. */
  | { readonly type: "hold" }
  /** Before the headers: TCP reset. */
  | { readonly type: "reset" }
  | { readonly type: "resetAfterHeaders" }
  | { readonly type: "break"; readonly at: CutPoint; readonly then: Break }
  /** Raw text put between two events (`data: …` with its blank line), after which the answer goes on. */
  | { readonly type: "insert"; readonly at: CutPoint; readonly raw: string; readonly then?: Break }
  /** One line of this many bytes, of a comment or of a data field. */
  | {
      readonly type: "longLine";
      readonly at: CutPoint;
      readonly bytes: number;
      readonly field: "comment" | "data";
    }
  /**
   * Any other answer. `reserve`: whether inference runs and is stored before (default: for 408 and 5xx).
   */
  | {
      readonly type: "status";
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly envelope?: ErrorEnvelope;
      readonly body?: string;
      readonly contentType?: string;
      readonly reserve?: boolean;
    }
  /** The answer differs at this character of its content. */
  | { readonly type: "differ"; readonly content: number; readonly text?: string };

export interface FaultMatch {
  readonly method?: string;
  /** The path ends with this, e.g. `/models`; left out: chat completions only. */
  readonly path?: string;
  /** The n-th request with the same Idempotency-Key, from 1. */
  readonly attempt?: number;
  readonly bodyIncludes?: string;
  /** Anything else; for tests in the same process. */
  readonly when?: (subject: FaultSubject) => boolean;
}

/** One entry of the fault list. The first that matches a request is used up by it. */
export interface Fault {
  readonly name?: string;
  readonly match?: FaultMatch;
  /** How many requests it is for, default 1; -1 for all. */
  readonly times?: number;
  /** Silence before anything else, milliseconds. */
  readonly latencyMs?: number;
  readonly delivery?: Partial<Delivery>;
  /** Once the fault has struck, connections are refused for this long, milliseconds. */
  readonly downMs?: number;
  readonly action: FaultAction;
}

export interface FaultSubject {
  readonly method: string;
  readonly path: string;
  readonly attempt: number;
  readonly bodyText: string;
}

/** The programmable list of faults, in order. */
export class FaultQueue {
  #entries: { readonly fault: Fault; left: number }[] = [];

  add(...faults: readonly Fault[]): void {
    this.#entries.push(...faults.map((fault) => ({ fault, left: fault.times ?? 1 })));
  }

  clear(): void {
    this.#entries = [];
  }

  /** What is still to come. */
  get pending(): readonly Fault[] {
    return this.#entries.map((entry) => entry.fault);
  }

  /** The fault for this request, which is thereby used up. */
  take(subject: FaultSubject): Fault | undefined {
    const entry = this.#entries.find(({ fault }) => matches(fault.match ?? {}, subject));
    if (!entry) return undefined;
    if (entry.left > 0) entry.left--;
    if (entry.left === 0) this.#entries = this.#entries.filter((other) => other !== entry);
    return entry.fault;
  }
}

function matches(match: FaultMatch, subject: FaultSubject): boolean {
  return (
    subject.path.endsWith(match.path ?? "/chat/completions") &&
    (match.method === undefined || match.method === subject.method) &&
    (match.attempt === undefined || match.attempt === subject.attempt) &&
    (match.bodyIncludes === undefined || subject.bodyText.includes(match.bodyIncludes)) &&
    (match.when === undefined || match.when(subject))
  );
}

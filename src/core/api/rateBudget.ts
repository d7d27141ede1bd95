import { abortable, sleep } from "../util/abort.ts";
import { deferred } from "../util/async.ts";
import type { Clock } from "../util/clock.ts";

/** A request that has been given its turn. Tell what the server reported with its answer. */
export interface RateTurn {
  /** `holdMs` is what a 429 asked everybody to wait. */
  answered(headers: Headers, holdMs?: number): void;
}

/** What an answer said of the limit. */
export interface RateLeft {
  /** Requests that may be sent at once. */
  readonly remaining: number;
  /** Requests a minute. */
  readonly limit: number;
  /** Milliseconds until it is no longer little; 0 when it is not. */
  readonly lowForMs: number;
}

/** Less of the limit than this is little: 10 of 60. */
const lowPart = 1 / 6;
/** Requests a minute when the server has not said. Source: the API's limits. */
const usualLimit = 60;
const minuteMs = 60_000;
/** A reset further away than this is not the seconds it should be. */
const longestResetMs = 24 * 60 * minuteMs;
/** Headers tell whole seconds. */
const roundingMs = 1500;

/**
 * Keeps requests within `X-RateLimit-*` of one account, first come first served. The limit is a leaky bucket, so a
 * place frees every `minute / limit`; a server whose reset does not fit that is taken at its word.
 */
export class RateBudget {
  readonly #clock: Clock;
  readonly #onReport: (left: RateLeft) => void;
  #limit = usualLimit;
  /** What the latest answer said was left; undefined before the first. */
  #remaining: number | undefined;
  /** When the first place beyond `#remaining` frees; the next follow at the bucket's pace. */
  #roomAt = 0;
  /** Until when a 429 holds everybody. */
  #heldUntil = -Infinity;
  /** Requests sent, and how many of them the latest answer knew of. */
  #sent = 0;
  #reported = 0;
  #last: Promise<undefined> = Promise.resolve(undefined);
  #wake: AbortController | undefined;

  /** `onReport` hears what each answer says is left. */
  constructor(clock: Clock, onReport: (left: RateLeft) => void = () => undefined) {
    this.#clock = clock;
    this.#onReport = onReport;
  }

  /** Milliseconds until there is room for a request, not counting those that wait already. 0 is now. */
  waitMs(): number {
    const now = this.#clock.now();
    const heldMs = Math.max(0, this.#heldUntil - now);
    if (this.#remaining === undefined) return heldMs;
    const dripMs = minuteMs / this.#limit;
    const sinceRoom = now - this.#roomAt;
    const freed = sinceRoom < 0 ? 0 : 1 + Math.floor(sinceRoom / dripMs);
    const unreported = this.#sent - this.#reported;
    const missing = 1 + unreported - Math.min(this.#remaining + freed, this.#limit);
    if (missing <= 0) return heldMs;
    const nextMs = sinceRoom < 0 ? -sinceRoom : dripMs - (sinceRoom % dripMs);
    return Math.max(heldMs, nextMs + (missing - 1) * dripMs);
  }

  /** Waits for a turn. Rejects with `AbortError` on abort. */
  async turn(signal: AbortSignal): Promise<RateTurn> {
    const before = this.#last;
    const mine = deferred<undefined>();
    this.#last = mine.promise;
    try {
      await abortable(before, signal);
      for (let ms = this.waitMs(); ms > 0; ms = this.waitMs()) await this.#pause(ms, signal);
    } catch (error) {
      // Whoever stands behind still waits for those before.
      void before.then(() => mine.resolve(undefined));
      throw error;
    }
    this.#sent += 1;
    const number = this.#sent;
    mine.resolve(undefined);
    return { answered: (headers, holdMs = 0) => this.#report(number, headers, holdMs) };
  }

  async #pause(ms: number, signal: AbortSignal): Promise<void> {
    const wake = new AbortController();
    this.#wake = wake;
    try {
      await sleep(this.#clock, ms, AbortSignal.any([signal, wake.signal]));
    } catch (error) {
      if (signal.aborted) throw error;
    } finally {
      this.#wake = undefined;
    }
  }

  #report(number: number, headers: Headers, holdMs: number): void {
    const now = this.#clock.now();
    this.#heldUntil = Math.max(this.#heldUntil, now + holdMs);
    const limit = readNumber(headers, "x-ratelimit-limit") ?? usualLimit;
    const remaining = readNumber(headers, "x-ratelimit-remaining");
    const resetMs = (readNumber(headers, "x-ratelimit-reset") ?? 0) * 1000;
    // Answers may overtake one another: only the latest request's report counts.
    if (number < this.#reported || remaining === undefined || limit < 1 || resetMs > longestResetMs) return;
    this.#reported = number;
    this.#limit = limit;
    this.#remaining = Math.floor(remaining);
    const dripMs = minuteMs / limit;
    const untilEmptyMs = (limit - remaining) * dripMs;
    const leaks = Math.abs(resetMs - untilEmptyMs) <= dripMs + roundingMs;
    const roomMs = leaks ? dripMs : resetMs;
    this.#roomAt = now + roomMs;
    this.#wake?.abort();
    const missing = Math.ceil(limit * lowPart) - this.#remaining;
    const lowForMs = missing <= 0 ? 0 : roomMs + (missing - 1) * dripMs;
    this.#onReport({ remaining: this.#remaining, limit, lowForMs });
  }
}

function readNumber(headers: Headers, name: string): number | undefined {
  const text = headers.get(name)?.trim() ?? "";
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

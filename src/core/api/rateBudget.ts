import { abortable, sleep } from "../util/abort.ts";
import { deferred } from "../util/async.ts";
import type { Clock } from "../util/clock.ts";

/** A request that has been given its turn. Tell what the server reported with its answer. */
export interface RateTurn {
  answered(headers: Headers): void;
}

/** Requests a minute when the server has not said. Source: the API's limits. */
const usualLimit = 60;
const minuteMs = 60_000;
/** A reset further away than this is not the seconds it should be. */
const longestResetMs = 24 * 60 * minuteMs;

/**
 * Keeps requests within `X-RateLimit-*` of one account, first come first served. The limit is a leaky bucket: once
 * the reported reset has come, room grows by `limit` a minute until the next answer tells more.
 */
export class RateBudget {
  readonly #clock: Clock;
  #limit = usualLimit;
  /** What the latest answer said was left; undefined before the first. */
  #remaining: number | undefined;
  #resetAt = 0;
  /** Requests sent, and how many of them the latest answer knew of. */
  #sent = 0;
  #reported = 0;
  #last: Promise<undefined> = Promise.resolve(undefined);
  #wake: AbortController | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Milliseconds until there is room for a request, not counting those that wait already. 0 is now. */
  waitMs(): number {
    if (this.#remaining === undefined) return 0;
    const now = this.#clock.now();
    const sinceReset = now - this.#resetAt;
    const unreported = this.#sent - this.#reported;
    const dripMs = minuteMs / this.#limit;
    const refilled = sinceReset < 0 ? 0 : 1 + Math.floor(sinceReset / dripMs);
    const missing = 1 - (Math.min(this.#remaining + refilled, this.#limit) - unreported);
    if (missing <= 0) return 0;
    if (sinceReset < 0) return -sinceReset + (missing - 1) * dripMs;
    return missing * dripMs - (sinceReset % dripMs);
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
    return { answered: (headers) => this.#report(number, headers) };
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

  /** Answers may overtake one another: only the latest request's report counts. */
  #report(number: number, headers: Headers): void {
    if (number < this.#reported) return;
    const remaining = readNumber(headers, "x-ratelimit-remaining");
    const resetMs = (readNumber(headers, "x-ratelimit-reset") ?? 0) * 1000;
    if (remaining === undefined || resetMs > longestResetMs) return;
    this.#reported = number;
    this.#remaining = Math.floor(remaining);
    this.#resetAt = this.#clock.now() + resetMs;
    this.#limit = readNumber(headers, "x-ratelimit-limit") || usualLimit;
    this.#wake?.abort();
  }
}

function readNumber(headers: Headers, name: string): number | undefined {
  const text = headers.get(name)?.trim() ?? "";
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

import type { Failure } from "./failure.ts";
import type { RequestPhase } from "./types.ts";

/** Limits of retrying one logical request. Times in ms. */
export const retryLimits = {
  attempts: 4,
  /** Waiting in all, countdowns that the server ordered not counted: those the person can end. */
  waitMs: 120_000,
  baseMs: 500,
  capMs: 8_000,
  /** A wait above this is a countdown. */
  countdownMs: 60_000,
} as const;

export interface Wait {
  readonly delayMs: number;
  readonly phase: RequestPhase;
}

/** Decides whether and when to send a request again. Full jitter over an exponential cap. */
export class RetryBudget {
  readonly #random: () => number;
  #attempts = 0;
  #waitedMs = 0;

  constructor(random: () => number) {
    this.#random = random;
  }

  get attempts(): number {
    return this.#attempts;
  }

  countAttempt(): void {
    this.#attempts += 1;
  }

  /** The wait before the next attempt, or undefined when there is to be none. */
  next(failure: Failure): Wait | undefined {
    if (!failure.transient || this.#attempts >= retryLimits.attempts) return undefined;
    const floorMs = failure.error.details.retryAfterMs ?? 0;
    const ceilingMs = Math.min(retryLimits.capMs, retryLimits.baseMs * 2 ** (this.#attempts - 1));
    const delayMs = Math.max(floorMs, this.#random() * ceilingMs);
    const isCountdown = floorMs > retryLimits.countdownMs;
    if (!isCountdown) {
      if (this.#waitedMs + delayMs > retryLimits.waitMs) return undefined;
      this.#waitedMs += delayMs;
    }
    const type = isCountdown || failure.error.kind === "rateLimited" ? "rateLimited" : "reconnecting";
    return {
      delayMs,
      phase: type === "rateLimited" ? { type, delayMs } : { type, attempt: this.#attempts + 1, delayMs },
    };
  }
}

/**
 * Milliseconds a `Retry-After` header asks for; undefined when it is missing, invalid or in the past. A date is
 * measured against the server's own `Date` where there is one, so that a wrong clock here does no harm.
 * `wallNow` in ms since 1970. Source: RFC 9110, section 10.2.3.
 */
export function retryAfterMs(headers: Headers, wallNow: number): number | undefined {
  const value = headers.get("retry-after")?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(value)) {
    const ms = Number(value) * 1000;
    return ms > 0 && Number.isFinite(ms) ? ms : undefined;
  }
  // An HTTP date ends in GMT; `Date.parse` alone would make dates of many other texts.
  if (!/ GMT$/.test(value)) return undefined;
  const date = Date.parse(value);
  const serverNow = Date.parse(headers.get("date") ?? "");
  const ms = date - (Number.isNaN(serverNow) ? wallNow : serverNow);
  return ms > 0 ? ms : undefined;
}

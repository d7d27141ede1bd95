import type { Clock } from "../../../src/core/util/clock.ts";

export interface RateState {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Whole seconds until the bucket is empty again. */
  readonly resetSeconds: number;
  /** Whole seconds until one more request is let in; 0 when one is now. */
  readonly retryAfterSeconds: number;
}

/** A leaky bucket for each organization: it holds a minute's requests and leaks evenly. */
export class RateLimiter {
  readonly #clock: Clock;
  readonly #buckets = new Map<string, { level: number; at: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts one request; a refused one does not fill the bucket. `perMinute` 0 lets everything in. */
  take(organization: string, perMinute: number): RateState {
    if (perMinute <= 0)
      return { allowed: true, limit: 0, remaining: 0, resetSeconds: 0, retryAfterSeconds: 0 };
    const leakPerMs = perMinute / 60_000;
    const now = this.#clock.now();
    const before = this.#buckets.get(organization) ?? { level: 0, at: now };
    const level = Math.max(0, before.level - (now - before.at) * leakPerMs);
    // The tolerance keeps a request that comes exactly when a place is free from failing on rounding.
    const allowed = level + 1 <= perMinute + 1e-6;
    const after = allowed ? level + 1 : level;
    this.#buckets.set(organization, { level: after, at: now });
    const excess = after + 1 - perMinute;
    return {
      allowed,
      limit: perMinute,
      remaining: Math.max(0, Math.floor(perMinute - after + 1e-6)),
      resetSeconds: Math.ceil(after / leakPerMs / 1000 - 1e-6),
      retryAfterSeconds: excess <= 1e-6 ? 0 : Math.ceil(excess / leakPerMs / 1000 - 1e-6),
    };
  }

  clear(): void {
    this.#buckets.clear();
  }
}

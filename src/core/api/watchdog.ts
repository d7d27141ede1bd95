import type { Clock } from "../util/clock.ts";
import type { Disposable } from "../util/disposable.ts";
import type { Timeouts } from "./timeouts.ts";

export type Expiry = "headers" | "idle" | "total";

/**
 * The time limits of one attempt, on one timer. A sign of life only notes the time; the timer, when it fires,
 * looks how long it has been silent and is set again. After the machine slept, silence outweighs the total.
 */
export class Watchdog implements Disposable {
  readonly #clock: Clock;
  readonly #limits: Timeouts;
  readonly #onExpired: (expiry: Expiry) => void;
  readonly #startedAt: number;
  #lastLife: number;
  #headersCame = false;
  /** False while the consumer is busy: then silence is not the server's. */
  #waiting = true;
  #timer: Disposable | undefined;
  #timerAt = 0;
  #disposed = false;

  constructor(clock: Clock, limits: Timeouts, onExpired: (expiry: Expiry) => void) {
    this.#clock = clock;
    this.#limits = limits;
    this.#onExpired = onExpired;
    this.#startedAt = clock.now();
    this.#lastLife = this.#startedAt;
    this.#check();
  }

  /** Milliseconds from the start to the last sign of life. */
  get livelyMs(): number {
    return this.#lastLife - this.#startedAt;
  }

  /** Something is awaited from the server. */
  wait(): void {
    this.#waiting = true;
    this.#lastLife = this.#clock.now();
    // The timer set for the headers may be later than the one that a silence now needs.
    if (this.#timer === undefined || this.#timerAt > this.#expiresAt()) this.#check();
  }

  /** The headers, or a piece of the body, came. */
  life(): void {
    this.#waiting = false;
    this.#headersCame = true;
    this.#lastLife = this.#clock.now();
  }

  dispose(): void {
    this.#disposed = true;
    this.#timer?.dispose();
    this.#timer = undefined;
  }

  #check(): void {
    this.#timer?.dispose();
    this.#timer = undefined;
    if (this.#disposed || !this.#waiting) return;
    const now = this.#clock.now();
    if (now >= this.#silentUntil()) this.#onExpired(this.#headersCame ? "idle" : "headers");
    else if (now >= this.#expiresAt()) this.#onExpired("total");
    else {
      this.#timerAt = this.#expiresAt();
      // At least 1 ms: platform timers may fire a little early.
      this.#timer = this.#clock.setTimeout(() => this.#check(), Math.max(1, this.#timerAt - now));
    }
  }

  #silentUntil(): number {
    return this.#lastLife + (this.#headersCame ? this.#limits.idleMs : this.#limits.headersMs);
  }

  #expiresAt(): number {
    return Math.min(this.#silentUntil(), this.#startedAt + this.#limits.totalMs);
  }
}

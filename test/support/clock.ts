import type { Clock } from "../../src/core/util/clock.ts";
import { toDisposable, type Disposable } from "../../src/core/util/disposable.ts";

/** Stands still until `advance` is called. */
export class ManualClock implements Clock {
  #now = 0;
  #wall: number;
  #timers: { at: number; run: () => void }[] = [];

  /** `wall`: what `wallNow` says at the start, ms since 1970. */
  constructor(wall = Date.UTC(2026, 5, 1)) {
    this.#wall = wall;
  }

  now(): number {
    return this.#now;
  }

  wallNow(): number {
    return this.#wall;
  }

  setTimeout(callback: () => void, ms: number): Disposable {
    const timer = { at: this.#now + ms, run: callback };
    this.#timers.push(timer);
    return toDisposable(() => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    });
  }

  /** How many timers wait. */
  get pending(): number {
    return this.#timers.length;
  }

  /** Moves time on by `ms` and runs what falls due, in order. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const [next] = this.#timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      this.#timers = this.#timers.filter((other) => other !== next);
      this.#moveTo(Math.max(this.#now, next.at));
      next.run();
    }
    this.#moveTo(end);
  }

  /** Sets the wall clock alone, as a person or NTP does. */
  jumpWall(ms: number): void {
    this.#wall += ms;
  }

  #moveTo(time: number): void {
    this.#wall += time - this.#now;
    this.#now = time;
  }
}

/** Waits `ms` of the clock's time; false when `signal` was aborted first. */
export function sleep(clock: Clock, ms: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve(false);
      return;
    }
    const onAbort = () => {
      timer.dispose();
      resolve(false);
    };
    const timer = clock.setTimeout(() => {
      signal.removeEventListener("abort", onAbort);
      resolve(true);
    }, ms);
    signal.addEventListener("abort", onAbort, { once: true });
  });
}

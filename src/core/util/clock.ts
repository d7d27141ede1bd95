import { type Disposable, toDisposable } from "./disposable.ts";

/** Time as the code sees it, so that tests can own it. */
export interface Clock {
  /** Monotonic, in ms from an arbitrary start: for delays. */
  now(): number;
  /** Milliseconds since 1970, as the machine believes: for dates, never for delays. */
  wallNow(): number;
  /** Calls back once after `ms`; dispose to call it off. */
  setTimeout(callback: () => void, ms: number): Disposable;
}

/** Longest delay a platform timer can hold; a longer one would fire at once. */
const longestTimerMs = 2 ** 31 - 1;

export function createSystemClock(): Clock {
  return {
    now: () => performance.now(),
    wallNow: () => Date.now(),
    setTimeout: (callback, ms) => {
      let left = ms;
      let handle: ReturnType<typeof setTimeout>;
      const arm = (): void => {
        const part = Math.min(left, longestTimerMs);
        left -= part;
        handle = setTimeout(() => (left > 0 ? arm() : callback()), part);
      };
      arm();
      return toDisposable(() => clearTimeout(handle));
    },
  };
}

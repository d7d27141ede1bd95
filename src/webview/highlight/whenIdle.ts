/** The longest that work waits for an idle moment, and the longest it then goes on, ms. */
const longestWait = 200;
const longestShare = 8;

/** Calls `work` when the page has nothing better to do, with the time until which it may go on. */
export function whenIdle(work: (deadline: number) => void): void {
  requestIdleCallback(
    (idle) => {
      const share = idle.didTimeout ? longestShare : Math.min(idle.timeRemaining(), longestShare);
      work(performance.now() + share);
    },
    { timeout: longestWait },
  );
}

/** The longest that work waits for an idle moment, and then how long it may take, ms. */
const longestWait = 200;
const share = 8;

/** Calls `work` when the page has nothing better to do, with the time until which it may go on. */
export function whenIdle(work: (deadline: number) => void): void {
  requestIdleCallback(
    (idle) => work(performance.now() + Math.max(idle.timeRemaining(), idle.didTimeout ? share : 0)),
    { timeout: longestWait },
  );
}

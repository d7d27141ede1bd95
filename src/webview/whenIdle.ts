/** The longest that work waits for an idle moment, and the longest it then goes on, ms. */
const longestWait = 200;
const longestShare = 8;

/**
 * Calls `work` when the page has nothing better to do, or soon where browsers cannot tell, with the time until which it
 * may go on. What is returned calls it off.
 */
export function whenIdle(work: (deadline: number) => void): () => void {
  if (!("requestIdleCallback" in globalThis)) {
    const timer = setTimeout(() => work(performance.now() + longestShare), longestShare);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(
    (idle) => {
      const share = idle.didTimeout ? longestShare : Math.min(idle.timeRemaining(), longestShare);
      work(performance.now() + share);
    },
    { timeout: longestWait },
  );
  return () => cancelIdleCallback(handle);
}

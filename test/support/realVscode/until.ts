import { isDeepStrictEqual } from "node:util";

/** How long to wait for a condition, ms: long, since a machine that does much else at once is slow, not wrong. */
export const defaultLimitMs = 60_000;
const pollMs = 50;

/**
 * Asks `probe` again and again until it gives something other than undefined or false, and gives that.
 * Throws an Error naming `what` (and the last error of the probe) after `limitMs`.
 */
export async function until<T>(
  what: string,
  probe: () => Promise<T | undefined | false> | T | undefined | false,
  limitMs = defaultLimitMs,
): Promise<T> {
  const end = performance.now() + limitMs;
  let lastError: unknown;
  for (;;) {
    try {
      const found = await probe();
      if (found !== undefined && found !== false) return found;
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    if (performance.now() > end) {
      const reason = lastError instanceof Error ? `: ${lastError.message}` : "";
      throw new Error(`Waited ${String(limitMs)} ms in vain for ${what}${reason}`, { cause: lastError });
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

/** Reads again and again until this is what is read. */
export async function untilEqual<T>(what: string, read: () => Promise<T>, expected: T): Promise<void> {
  await until(what, async () => {
    const value = await read();
    if (isDeepStrictEqual(value, expected)) return true;
    throw new Error(`${JSON.stringify(value)}, not ${JSON.stringify(expected)}`);
  });
}

/** Reads again and again until the value is enough and has stayed the same for `restMs`, and gives it. */
export async function untilAtRest<T>(
  what: string,
  read: () => Promise<T>,
  isEnough: (value: T) => boolean,
  restMs = 500,
): Promise<T> {
  let last: T | undefined;
  let since = performance.now();
  const found = await until(what, async () => {
    const value = await read();
    if (!isDeepStrictEqual(value, last)) {
      last = value;
      since = performance.now();
    }
    return isEnough(value) && performance.now() - since >= restMs && { value };
  });
  return found.value;
}

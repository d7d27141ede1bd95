import type { Clock } from "./clock.ts";

/** Whether `error` is how the platform reports a cancel, rather than a failure. */
export function isAbortError(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

/** What a cancelled operation throws when its caller asked for a value. */
export function abortError(): Error {
  return new DOMException("Cancelled", "AbortError");
}

/** Throws `AbortError` if `signal` is aborted, whatever reason it was given. */
export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw abortError();
}

/** Calls back on abort, at once if it has already happened. Call the result to stop listening. */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  if (signal.aborted) {
    callback();
    return () => undefined;
  }
  signal.addEventListener("abort", callback, { once: true });
  return () => signal.removeEventListener("abort", callback);
}

/** `promise`, or an `AbortError` as soon as `signal` aborts. The late outcome of `promise` is dropped. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const unlisten = onAbort(signal, () => reject(abortError()));
    promise.then(resolve, reject).finally(unlisten);
  });
}

/** Waits `ms` by `clock`. Rejects with `AbortError` on abort and leaves no timer behind. */
export function sleep(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    if (signal.aborted) {
      reject(abortError());
      return;
    }
    const timer = clock.setTimeout(() => {
      unlisten();
      resolve();
    }, ms);
    const unlisten = onAbort(signal, () => {
      timer.dispose();
      reject(abortError());
    });
  });
}

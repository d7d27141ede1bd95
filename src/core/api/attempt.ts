import { abortable, onAbort } from "../util/abort.ts";
import type { Clock } from "../util/clock.ts";
import type { Disposable } from "../util/disposable.ts";
import { phrase, type Phrase } from "../util/phrase.ts";
import { classifyNetworkError } from "./classifyNetwork.ts";
import { ApiError } from "./errors.ts";
import type { Failure } from "./failure.ts";
import type { Timeouts } from "./timeouts.ts";
import { Watchdog, type Expiry } from "./watchdog.ts";

export interface AttemptOptions {
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly timeouts: Timeouts;
  /** Takes the token out of what the platform said. */
  readonly redact: (text: string) => string;
}

export interface Broken {
  readonly type: "broken";
  readonly failure: Failure;
}
export type Opened = { readonly type: "response"; readonly response: Response } | Broken;
export type Piece =
  { readonly type: "bytes"; readonly bytes: Uint8Array } | { readonly type: "end" } | Broken;

/**
 * One exchange with the server: its time limits, its end. Failures are values. Dispose ends it, whatever it is
 * doing, and leaves no timer and no open connection; so does aborting `signal`.
 */
export class Attempt implements Disposable {
  readonly #options: AttemptOptions;
  readonly #controller = new AbortController();
  readonly #watchdog: Watchdog;
  readonly #unlisten: () => void;
  #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  #expiry: Failure | undefined;
  #ended = false;

  constructor(options: AttemptOptions, signal: AbortSignal) {
    this.#options = options;
    this.#watchdog = new Watchdog(options.clock, options.timeouts, (expiry) => {
      this.#expiry = expiryFailure(expiry, options.timeouts);
      this.dispose();
    });
    this.#unlisten = onAbort(signal, () => this.dispose());
  }

  /** See `Watchdog.livelyMs`. */
  get livelyMs(): number {
    return this.#watchdog.livelyMs;
  }

  /** Sends. Only the given address is asked: redirects fail, no cookies go along, nothing is cached. */
  async open(url: string, init: Pick<RequestInit, "method" | "headers" | "body">): Promise<Opened> {
    try {
      const { signal } = this.#controller;
      const fetching = this.#options.fetch(url, {
        ...init,
        signal,
        redirect: "error",
        credentials: "omit",
        cache: "no-store",
      });
      const response = await abortable(fetching, signal);
      this.#watchdog.life();
      this.#reader = response.body?.getReader();
      return { type: "response", response };
    } catch (error) {
      return this.#broken(error);
    }
  }

  /** The next piece of the body. */
  async read(): Promise<Piece> {
    if (this.#reader === undefined) return { type: "end" };
    this.#watchdog.wait();
    try {
      const { done, value } = await this.#reader.read();
      // Ending an attempt makes a pending read look like the body's end.
      if (this.#expiry !== undefined) return this.#broken(undefined);
      this.#watchdog.life();
      if (!done) return { type: "bytes", bytes: value };
      this.#ended = true;
      return { type: "end" };
    } catch (error) {
      return this.#broken(error);
    }
  }

  /**
   * The body as text, from the piece already read, if any, up to `maxBytes`; `failure` when it broke off.
   */
  async readText(
    maxBytes: number,
    first?: Piece,
  ): Promise<{ readonly text: string; readonly failure?: Failure }> {
    const decoder = new TextDecoder();
    let text = "";
    let bytes = 0;
    for (let piece = first ?? (await this.read()); ; piece = await this.read()) {
      if (piece.type === "broken") return { text, failure: piece.failure };
      if (piece.type === "end") break;
      bytes += piece.bytes.length;
      text += decoder.decode(piece.bytes, { stream: true });
      if (bytes >= maxBytes) break;
    }
    return { text: text + decoder.decode() };
  }

  /**
   * The answer is complete: waits a moment for the body's end, since a connection that is read to its end can
   * serve the next request, and a new one costs several round trips.
   */
  async drain(): Promise<void> {
    if (this.#reader === undefined || this.#ended) return;
    this.#watchdog.dispose();
    const grace = this.#options.clock.setTimeout(() => this.dispose(), drainMs);
    try {
      const { done } = await this.#reader.read();
      this.#ended ||= done;
    } catch {
      // Whatever breaks after the end of the answer is of no matter.
      this.#ended = true;
    } finally {
      grace.dispose();
    }
  }

  dispose(): void {
    this.#watchdog.dispose();
    this.#unlisten();
    if (this.#ended) return;
    this.#ended = true;
    this.#controller.abort();
    // The stream may have failed already; there is nobody left to tell.
    this.#reader?.cancel().catch(() => undefined);
  }

  #broken(error: unknown): Broken {
    this.#watchdog.dispose();
    return { type: "broken", failure: this.#expiry ?? classifyNetworkError(error, this.#options.redact) };
  }
}

/** How long a complete answer's connection may take to end, ms. */
const drainMs = 250;

function expiryFailure(expiry: Expiry, timeouts: Timeouts): Failure {
  const seconds = (ms: number): number => Math.round(ms / 1000);
  switch (expiry) {
    case "headers":
      return timeout(
        phrase("The server did not begin to answer within {0} s.", seconds(timeouts.headersMs)),
        true,
      );
    case "idle":
      return timeout(phrase("The server fell silent for {0} s.", seconds(timeouts.idleMs)), true);
    case "total":
      return timeout(phrase("The answer took longer than the time limit for the whole request."), false);
  }
}

function timeout(said: Phrase, transient: boolean): Failure {
  return { error: new ApiError("timeout", said), transient };
}

import { isAbortError } from "../../core/util/abort.ts";
import type { SuggestionView } from "../../protocol/chat.ts";
import type { HostLine } from "../hostLine.ts";

export interface SearchObserver {
  readonly found: (suggestions: readonly SuggestionView[]) => void;
  readonly failed: (message: string) => void;
}

/** Asks the host what an `@` query finds: at most once a frame, and never for two queries at a time. */
export class ContextSearch {
  readonly #host: HostLine;
  readonly #observer: SearchObserver;
  #running: AbortController | undefined;
  #frame: number | undefined;

  constructor(host: HostLine, observer: SearchObserver) {
    this.#host = host;
    this.#observer = observer;
  }

  /** Searches with the next frame; the search before is given up. */
  search(query: string): void {
    this.cancel();
    this.#frame = requestAnimationFrame(() => void this.#run(query));
  }

  cancel(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
    this.#running?.abort();
    this.#running = undefined;
  }

  async #run(query: string): Promise<void> {
    const running = new AbortController();
    this.#running = running;
    try {
      const found = await this.#host.request("searchContext", { query }, running.signal);
      if (!running.signal.aborted) this.#observer.found(found);
    } catch (error) {
      if (running.signal.aborted || isAbortError(error)) return;
      this.#observer.failed(error instanceof Error ? error.message : String(error));
    }
  }
}

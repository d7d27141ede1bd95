import type { Channel } from "../../core/api/types.ts";
import type { Clock } from "../../core/util/clock.ts";
import type { Disposable } from "../../core/util/disposable.ts";

/** Text that arrived since the last flush, by channel. */
export interface TextDelta {
  readonly content: string;
  readonly reasoning: string;
  readonly refusal: string;
}

/** One frame at 60 Hz, ms. */
const frameMs = 16;

/**
 * Coalesces streamed text to one flush a frame. The first text after a pause is flushed at once, so that
 * nothing waits that need not.
 */
export class DeltaBuffer {
  readonly #flush: (delta: TextDelta) => void;
  readonly #clock: Clock;
  #content = "";
  #reasoning = "";
  #refusal = "";
  #lastFlush = -Infinity;
  #timer: Disposable | undefined;

  constructor(flush: (delta: TextDelta) => void, clock: Clock) {
    this.#flush = flush;
    this.#clock = clock;
  }

  add(channel: Channel, text: string): void {
    if (channel === "content") {
      this.#content += text;
    } else if (channel === "reasoning") {
      this.#reasoning += text;
    } else {
      this.#refusal += text;
    }
    if (this.#timer !== undefined) {
      return;
    }
    const wait = frameMs - (this.#clock.now() - this.#lastFlush);
    if (wait <= 0) {
      this.flush();
    } else {
      this.#timer = this.#clock.setTimeout(() => this.flush(), wait);
    }
  }

  /** Hands over what is waiting, now. */
  flush(): void {
    this.#timer?.dispose();
    this.#timer = undefined;
    if (this.#content === "" && this.#reasoning === "" && this.#refusal === "") {
      return;
    }
    const delta = { content: this.#content, reasoning: this.#reasoning, refusal: this.#refusal };
    this.#content = "";
    this.#reasoning = "";
    this.#refusal = "";
    this.#lastFlush = this.#clock.now();
    this.#flush(delta);
  }
}

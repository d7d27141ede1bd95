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
/** Between two flushes of a flood, ms: what a page spends on a frame hardly depends on how much is new. */
const floodMs = 64;
/** Characters a millisecond from which text is a flood: some sixty times what a person reads. */
const floodRate = 2;

/**
 * Coalesces streamed text to one flush a frame, and a flood, which nobody can follow, to 16 flushes a second. The
 * first text after a pause is flushed at once, so that nothing waits that need not.
 */
export class DeltaBuffer {
  readonly #flush: (delta: TextDelta) => void;
  readonly #clock: Clock;
  #content = "";
  #reasoning = "";
  #refusal = "";
  #lastFlush = -Infinity;
  #isFlood = false;
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
    const wait = (this.#isFlood ? floodMs : frameMs) - (this.#clock.now() - this.#lastFlush);
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
    const now = this.#clock.now();
    const size = delta.content.length + delta.reasoning.length + delta.refusal.length;
    this.#isFlood = size > floodRate * Math.max(now - this.#lastFlush, frameMs);
    this.#lastFlush = now;
    this.#flush(delta);
  }
}

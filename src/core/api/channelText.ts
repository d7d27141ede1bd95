import type { Channel } from "./types.ts";

export const channels: readonly Channel[] = ["reasoning", "content", "refusal"];

/**
 * One channel of an answer across attempts. `shown` only grows by appending: while a replay repeats what is shown
 * nothing is new; once past its end every piece is. Accumulated texts are compared, never pieces, so a replay may
 * be cut in any way.
 */
export class ChannelText {
  /** What has been emitted. */
  shown: string;
  /** The attempt has given all of `shown` again: pieces from here on are new. */
  live: boolean;
  /** How much of `shown` the attempt has given again. */
  #verified = 0;
  /** What a replay that differs says instead, from `#verified` on. */
  #other: string[] = [];

  constructor(shown: string) {
    this.shown = shown;
    this.live = shown === "";
  }

  /** The attempt starts from nothing. */
  rewind(): void {
    this.live = this.shown === "";
    this.#verified = 0;
    this.#other = [];
  }

  /** Takes the next piece of a replay. Returns what of it is new, or undefined when it differs from `shown`. */
  verify(piece: string): string | undefined {
    const left = this.shown.length - this.#verified;
    const known = piece.length <= left ? piece : piece.slice(0, left);
    if (!this.shown.startsWith(known, this.#verified)) return undefined;
    this.#verified += known.length;
    this.live = this.#verified === this.shown.length;
    return piece.slice(known.length);
  }

  /** Sets a piece of a diverged replay aside. */
  setAside(piece: string): void {
    this.#other.push(piece);
  }

  /** The attempt's own text, which is not what is shown once it has diverged. */
  get replayed(): string {
    return (this.live ? this.shown : this.shown.slice(0, this.#verified)) + this.#other.join("");
  }
}

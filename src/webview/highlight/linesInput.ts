import type { Input } from "@lezer/common";

/** Lines as one text for a parser, without joining them. */
export class LinesInput implements Input {
  readonly length: number;
  readonly lineChunks = false;
  readonly #lines: readonly string[];
  readonly #starts: readonly number[];

  /** `starts` holds the offset of each line that belongs to the text, and its length. */
  constructor(lines: readonly string[], starts: readonly number[]) {
    this.#lines = lines;
    this.#starts = starts;
    this.length = starts.at(-1) ?? 0;
  }

  chunk(from: number): string {
    if (from >= this.length) return "";
    const at = this.#lineAt(from);
    return `${this.#lines[at] ?? ""}\n`.slice(from - (this.#starts[at] ?? 0));
  }

  read(from: number, to: number): string {
    let text = "";
    while (from + text.length < to) {
      const more = this.chunk(from + text.length);
      if (more === "") break;
      text += more;
    }
    return text.slice(0, to - from);
  }

  #lineAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 2;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

import { codeBlock } from "./codeBlock.ts";
import type { CodeBlock } from "./nodes.ts";

/** A top-level fenced block whose end has not come yet: its lines need no parser. */
export class OpenFence {
  readonly #info: string;
  readonly #closing: RegExp;
  readonly #lines: string[];

  /** `markup` is the opening fence, e.g. three backticks. */
  constructor(markup: string, info: string, lines: readonly string[]) {
    this.#info = info;
    this.#closing = new RegExp(`^ {0,3}${markup}${markup[0] ?? ""}*[ \\t]*$`);
    this.#lines = [...lines];
  }

  /** Takes lines from `text`, each with its line end; the offset behind the closing fence, -1 without one. */
  feed(text: string): number {
    for (let at = 0; at < text.length;) {
      const end = text.indexOf("\n", at);
      const line = text.slice(at, end);
      at = end + 1;
      if (this.#closing.test(line)) return at;
      this.#lines.push(line);
    }
    return -1;
  }

  /** The block as far as it has come, with an unfinished last line. */
  block(partial: string): CodeBlock {
    const mayClose = /^ {0,3}(`+|~+)[ \t]*$/.test(partial);
    const lines = partial === "" || mayClose ? this.#lines.slice() : [...this.#lines, partial];
    return codeBlock(this.#info, lines, "growing");
  }

  /** The block as it is at its end, or where the text ends. */
  end(state: "closed" | "cut"): CodeBlock {
    return codeBlock(this.#info, this.#lines, state);
  }
}

import type { Token } from "markdown-it";
import { buildInlines } from "./buildInlines.ts";
import { completeInline } from "./completeInline.ts";
import type { Inline } from "./nodes.ts";

/** Shorter text is read as a whole each time, UTF-16 units. */
const worthwhile = 256;
/** A space between words, where nothing that reaches across spaces needs the letters around it. */
const betweenWords = /[\p{L}\p{N}.,;:!?)] (?=\S)/gu;
/** What may yet begin something that ends further on. */
const opener = /[`*_~[<]/;
/** The same characters where they begin nothing, whatever follows. */
const harmless = /(?<=[\p{L}\p{N}])_+(?=[\p{L}\p{N}])|(?<=\s)[*_]+(?=\s)|(?<!~)~(?!~)|<(?=\s)/gu;

/**
 * The inline content of the leaf that is being written. Text in which nothing is left open is read once: a long
 * paragraph costs what its end costs.
 */
export class GrowingInlines {
  readonly #read: (content: string) => Token[];
  /** What is read for good. */
  #settled = "";
  #inlines: Inline[] = [];
  /** Length of the rest from which on it is worth looking for more that is finished. */
  #next = worthwhile;

  /** `read` gives the inline tokens of a text. */
  constructor(read: (content: string) => Token[]) {
    this.#read = read;
  }

  /** The content as it stands, shown as if it ended here. */
  show(content: string): Inline[] {
    if (!content.startsWith(this.#settled)) this.#reset();
    const rest = this.#settle(content.slice(this.#settled.length));
    return joined(this.#inlines, buildInlines(this.#read(completeInline(rest))));
  }

  #reset(): void {
    this.#settled = "";
    this.#inlines = [];
    this.#next = worthwhile;
  }

  /** What is left of the rest. */
  #settle(rest: string): string {
    if (rest.length < this.#next) return rest;
    const end = lastGap(rest);
    const tokens = this.#read(rest.slice(0, end));
    if (end === 0 || !tokens.every(isFinished)) {
      this.#next = rest.length * 1.5;
      return rest;
    }
    this.#settled += rest.slice(0, end);
    this.#inlines = joined(this.#inlines, buildInlines(tokens));
    this.#next = worthwhile;
    return rest.slice(end);
  }
}

/** Offset of the last space between two words, 0 without one. */
function lastGap(text: string): number {
  const tail = Math.max(0, text.length - worthwhile);
  const last = [...text.slice(tail).matchAll(betweenWords)].at(-1);
  return last === undefined ? 0 : tail + last.index + last[0].length - 1;
}

/** Can nothing that follows make anything else of this token? After `<a>` addresses are not links by themselves. */
function isFinished({ type, content }: Token): boolean {
  if (type === "html_inline") return false;
  return type !== "text" || !opener.test(content.replace(harmless, ""));
}

/** One list; text that goes on across the seam is one node. */
function joined(before: readonly Inline[], after: readonly Inline[]): Inline[] {
  const last = before.at(-1);
  const first = after[0];
  if (last?.type !== "text" || first?.type !== "text") return [...before, ...after];
  return [...before.slice(0, -1), { type: "text", text: last.text + first.text }, ...after.slice(1)];
}

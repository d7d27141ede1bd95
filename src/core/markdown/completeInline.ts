/**
 * What to show of inline markdown that is still being written: unclosed emphasis, code and links are closed as
 * if they ended here, so that `**bo` looks bold at once and does not jump when its end arrives. Only ever for
 * the open end of a streaming text; the finished text is parsed as it is.
 */
export function completeInline(content: string): string {
  return new Completer(content).run();
}

interface Opener {
  readonly marker: string;
  length: number;
  readonly at: number;
}

const punctuation = /[\p{P}\p{S}]/u;
const whitespace = /\s/;

class Completer {
  readonly #text: string;
  /** Delimiter runs that may still be closed, outermost first. */
  readonly #openers: Opener[] = [];
  readonly #brackets: number[] = [];
  #at = 0;

  constructor(content: string) {
    this.#text = content.trimEnd();
  }

  run(): string {
    const text = this.#text;
    while (this.#at < text.length) {
      const char = text[this.#at];
      if (char === "\\") this.#at += 2;
      else if (char === "`") {
        const open = this.#code();
        if (open !== undefined) return this.#close(open);
      } else if (char === "[") this.#brackets.push(this.#at++);
      else if (char === "]") {
        const open = this.#bracket();
        if (open !== undefined) return this.#close(open);
      } else if (char === "*" || char === "_" || char === "~") {
        const open = this.#run(char);
        if (open !== undefined) return this.#close(open);
      } else this.#at++;
    }
    const bracket = this.#brackets.find((at) => this.#mayBeLink(at));
    return this.#close(bracket === undefined ? text : this.#without(bracket, text.length));
  }

  /** Skips a code span; the completed text if it is still open. */
  #code(): string | undefined {
    const text = this.#text;
    const start = this.#at;
    const length = this.#lengthOf("`");
    this.#at += length;
    for (let at = text.indexOf("`", this.#at); at >= 0; at = text.indexOf("`", this.#at)) {
      this.#at = at;
      const run = this.#lengthOf("`");
      this.#at += run;
      if (run === length) return undefined;
    }
    const body = text.slice(start + length).replace(/`+$/, "");
    if (body.trim() !== "") return text.slice(0, start + length) + body + "`".repeat(length);
    return text.slice(0, start).trimEnd();
  }

  /** Passes a closing bracket; the completed text if a link's target is still being written. */
  #bracket(): string | undefined {
    const text = this.#text;
    const open = this.#brackets.pop();
    const close = this.#at++;
    if (open === undefined || !this.#mayBeLink(open)) return undefined;
    if (this.#at >= text.length) return this.#without(open, close);
    if (text[this.#at] !== "(") return undefined;
    let depth = 0;
    for (let at = this.#at; at < text.length; at++) {
      if (text[at] === "\\") at++;
      else if (text[at] === "(") depth++;
      else if (text[at] === ")" && --depth === 0) {
        this.#at = at + 1;
        return undefined;
      }
    }
    return this.#without(open, close);
  }

  /** `a[0` is rather an index than a link. */
  #mayBeLink(at: number): boolean {
    const before = this.#text[at - 1];
    return before === undefined || whitespace.test(before) || punctuation.test(before);
  }

  /** The text with only the label left of a link that begins at `open` and whose label ends at `close`. */
  #without(open: number, close: number): string {
    const start = this.#text[open - 1] === "!" ? open - 1 : open;
    for (const opener of this.#openers.splice(0)) {
      if (opener.at < start) this.#openers.push(opener);
      else if (opener.at < close) this.#openers.push({ ...opener, at: opener.at - (open + 1 - start) });
    }
    return this.#text.slice(0, start) + this.#text.slice(open + 1, close);
  }

  /** Passes a delimiter run; the completed text if it ends the text. */
  #run(marker: string): string | undefined {
    const text = this.#text;
    const at = this.#at;
    let length = this.#lengthOf(marker);
    this.#at += length;
    if (marker === "~" && length !== 2 && this.#at < text.length) return undefined;
    const before = text[at - 1] ?? " ";
    const after = text[this.#at] ?? " ";
    const spaceBefore = whitespace.test(before);
    const spaceAfter = whitespace.test(after);
    const punctuationBefore = punctuation.test(before);
    const punctuationAfter = punctuation.test(after);
    const left = !spaceAfter && (!punctuationAfter || spaceBefore || punctuationBefore);
    const right = !spaceBefore && (!punctuationBefore || spaceAfter || punctuationAfter);
    if (right && (marker !== "_" || !left || punctuationAfter)) {
      if (this.#at >= text.length && (this.#top(marker)?.length ?? 0) !== length) {
        const open = this.#openers.reduce((sum, o) => sum + (o.marker === marker ? o.length : 0), 0);
        if (open !== length) return text.slice(0, at);
      }
      for (let top = this.#top(marker); top !== undefined && length > 0; top = this.#top(marker)) {
        this.#openers.length = this.#openers.indexOf(top) + 1;
        const used = Math.min(top.length, length);
        top.length -= used;
        length -= used;
        if (top.length === 0) this.#openers.pop();
      }
    } else if (this.#at >= text.length) return text.slice(0, at).trimEnd();
    if (length > 0 && left && (marker !== "_" || !right || punctuationBefore)) {
      this.#openers.push({ marker, length, at });
    }
    return undefined;
  }

  #top(marker: string): Opener | undefined {
    return this.#openers.findLast((opener) => opener.marker === marker);
  }

  #lengthOf(marker: string): number {
    let end = this.#at;
    while (this.#text[end] === marker) end++;
    return end - this.#at;
  }

  #close(text: string): string {
    let closed = text.trimEnd();
    for (let opener = this.#openers.pop(); opener !== undefined; opener = this.#openers.pop()) {
      if (opener.at + opener.length >= closed.length) closed = closed.slice(0, opener.at).trimEnd();
      else closed += opener.marker.repeat(opener.length);
    }
    return closed;
  }
}

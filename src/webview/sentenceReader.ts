/** The end of a sentence or of a line. */
const sentenceEnd = /[.!?…:;](?=\s)|[。！？]|\n/g;
const fenceLine = /^ {0,3}(?:```|~~~)/;

/** Cuts a streaming answer into whole sentences for a screen reader; code is left out, marks are dropped. */
export class SentenceReader {
  #buffer = "";
  #isInFence = false;

  /** Takes more text; the sentences that are complete now, empty if none. */
  take(text: string): string {
    this.#buffer += text;
    let end = 0;
    for (const match of this.#buffer.matchAll(sentenceEnd)) end = match.index + match[0].length;
    if (end === 0) return "";
    const ready = this.#buffer.slice(0, end);
    this.#buffer = this.#buffer.slice(end);
    return this.#speak(ready);
  }

  /** The rest, when no more text comes. */
  end(): string {
    const rest = this.#buffer;
    this.#buffer = "";
    return this.#speak(rest);
  }

  #speak(text: string): string {
    const spoken = text.split("\n").filter((line) => {
      if (fenceLine.test(line)) {
        this.#isInFence = !this.#isInFence;
        return false;
      }
      return !this.#isInFence;
    });
    return spoken
      .join("\n")
      .replace(/\]\([^)\s]*\)/g, "")
      .replace(/^[ \t]*(?:#{1,6}|>|[-+*]|\|?[-:| ]+\|)[ \t]*$|^[ \t]*(?:#{1,6}|>|[-+*])[ \t]+/gm, "")
      .replace(/[*`~[\]|]+/g, " ")
      .replace(/\s+/g, " ")
      .trim();
  }
}

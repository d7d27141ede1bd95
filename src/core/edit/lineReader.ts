/**
 * Cuts a stream of text into lines at LF, CRLF and CR. A CR at the end of a piece waits for its partner, so the
 * lines do not depend on how the text was cut.
 */
export class LineReader {
  #rest = "";

  /** The lines that `text` completes, without their line breaks. */
  push(text: string): string[] {
    this.#rest += text;
    const lines: string[] = [];
    let start = 0;
    for (let i = 0; i < this.#rest.length; i++) {
      const char = this.#rest.charCodeAt(i);
      if (char === 10) {
        lines.push(this.#rest.slice(start, i));
        start = i + 1;
      } else if (char === 13) {
        if (i + 1 === this.#rest.length) break;
        lines.push(this.#rest.slice(start, i));
        if (this.#rest.charCodeAt(i + 1) === 10) i++;
        start = i + 1;
      }
    }
    this.#rest = this.#rest.slice(start);
    return lines;
  }

  /** The last line, if the text did not end with a line break. */
  end(): string[] {
    const rest = this.#rest;
    this.#rest = "";
    if (rest === "") return [];
    return [rest.endsWith("\r") ? rest.slice(0, -1) : rest];
  }
}

/** The lines of a text; one more than it has line breaks. */
export function splitLines(text: string): string[] {
  return text.split(/\r\n|\n|\r/);
}

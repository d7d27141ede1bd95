/**
 * Takes text as it arrives and hands it on with CommonMark's line ends (`\n`) and without U+0000. A carriage
 * return or half a surrogate pair at the end of a piece is held back until its partner arrives.
 */
export class TextIntake {
  #held = "";

  take(piece: string): string {
    let text = this.#held + piece;
    this.#held = "";
    const last = text.charCodeAt(text.length - 1);
    if (last === 0x0d || (last >= 0xd800 && last <= 0xdbff)) {
      this.#held = text.slice(-1);
      text = text.slice(0, -1);
    }
    return normalise(text);
  }

  /** What was held back when the text ended. */
  end(): string {
    const held = normalise(this.#held);
    this.#held = "";
    return held;
  }
}

function normalise(text: string): string {
  return text.replace(/\r\n?/g, "\n").replaceAll("\0", "\ufffd");
}

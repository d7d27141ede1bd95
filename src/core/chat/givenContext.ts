import type { TextContext } from "./conversation.ts";

/** What the messages of a branch gave so far, to be asked in their order: nothing needs to be sent twice. */
export class GivenContext {
  readonly #last = new Map<string, TextContext>();

  /** Is the item just as the same place was last given? From now on it is what was given last. */
  isRepeated(item: TextContext): boolean {
    const place = JSON.stringify([item.uri ?? item.path, item.startLine, item.endLine]);
    const last = this.#last.get(place);
    this.#last.set(place, item);
    return last !== undefined && last.text === item.text && last.cut === item.cut;
  }
}

import type { WebviewStrings } from "../protocol/strings.ts";
import { element, fill, iconButton, textButton } from "./dom.ts";
import { icon } from "./icons.ts";

/** Says what was deleted, with the way to bring it back, until the person has seen it or leaves. */
export class Deletions {
  readonly element = element("div", "deletions");
  readonly #strings: WebviewStrings;
  readonly #say: (text: string) => void;
  readonly #leave: () => void;

  /** `leave` takes the focus from a row that goes. */
  constructor(strings: WebviewStrings, say: (text: string) => void, leave: () => void) {
    this.#strings = strings;
    this.#say = say;
    this.#leave = leave;
  }

  /** `count` messages are gone: what follows a message goes with it. */
  add(count: number, undo: () => void): void {
    const { deleted, deletedSeveral, undo: label, dismiss } = this.#strings;
    const said = count > 1 ? fill(deletedSeveral, count) : deleted;
    const row = element(
      "div",
      "deletion",
      element("span", "", said),
      textButton("textLink", label, () => {
        this.#remove(row);
        undo();
      }),
      iconButton(icon("close"), dismiss, () => this.#remove(row)),
    );
    this.element.append(row);
    this.#say(said);
  }

  /** Another conversation is shown: what was deleted in the one before cannot come back here. */
  clear(): void {
    this.#remove(...this.element.children);
  }

  #remove(...rows: readonly Element[]): void {
    const hadFocus = rows.some((row) => row.contains(document.activeElement));
    for (const row of rows) row.remove();
    if (hadFocus) this.#leave();
  }
}

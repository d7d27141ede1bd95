import type { WebviewStrings } from "../../protocol/strings.ts";
import { isComposing } from "../composing.ts";
import { element, fill, iconButton } from "../dom.ts";
import { icon } from "../icons.ts";

export interface FindActions {
  readonly search: (query: string) => void;
  readonly step: (by: -1 | 1) => void;
  readonly close: () => void;
}

/** The bar one searches with, as in VS Code's editor. */
export class FindBar {
  readonly element: HTMLElement;
  readonly #strings: WebviewStrings;
  readonly #actions: FindActions;
  readonly #input = element("input", "findInput");
  readonly #count = element("span", "findCount");

  constructor(strings: WebviewStrings, actions: FindActions) {
    this.#strings = strings;
    this.#actions = actions;
    this.#input.type = "text";
    this.#input.placeholder = strings.find;
    this.#input.setAttribute("aria-label", strings.find);
    this.#input.spellcheck = false;
    this.#input.addEventListener("input", () => actions.search(this.#input.value));
    this.#count.setAttribute("role", "status");
    this.element = element(
      "div",
      "findBar",
      this.#input,
      this.#count,
      iconButton(icon("up"), strings.findPrevious, () => actions.step(-1)),
      iconButton(icon("down"), strings.findNext, () => actions.step(1)),
      iconButton(icon("close"), strings.close, actions.close),
    );
    this.element.setAttribute("role", "search");
    this.element.addEventListener("keydown", (event) => this.#key(event));
    this.element.hidden = true;
  }

  get query(): string {
    return this.#input.value;
  }

  /** Shows the bar; `query` replaces what was searched for last. */
  open(query: string): void {
    this.element.hidden = false;
    if (query !== "") this.#input.value = query;
    this.#input.focus();
    this.#input.select();
  }

  /** `at` counts from 0; undefined when none of the matches is shown. */
  showCount(at: number | undefined, count: number): void {
    const { findCount, findNone } = this.#strings;
    const found = count === 0 ? findNone : fill(findCount, at === undefined ? "?" : at + 1, count);
    const text = this.query === "" ? "" : found;
    if (this.#count.textContent !== text) this.#count.textContent = text;
    this.element.classList.toggle("none", this.query !== "" && count === 0);
  }

  #key(event: KeyboardEvent): void {
    if (isComposing(event)) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      this.#actions.close();
    } else if (event.key === "Enter" && event.target === this.#input) {
      event.preventDefault();
      this.#actions.step(event.shiftKey ? -1 : 1);
    }
  }
}

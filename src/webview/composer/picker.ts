import { element } from "../dom.ts";
import { icon } from "../icons.ts";
import { moveWith } from "./boxPopup.ts";
import type { PopupContent } from "./popupContent.ts";
import type { PopupList } from "./popupList.ts";

/** How long after a key the next one still belongs to the same word, ms. */
const wordPause = 700;

/** A button that shows what is chosen and opens a list to choose another (the ARIA select-only combobox). */
export class Picker {
  readonly element: HTMLButtonElement;
  readonly #popup: PopupList;
  readonly #opened: () => void;
  readonly #text = element("span", "pickerText");
  #label = "";
  #word = "";
  #wordAt = -wordPause;

  /** `opened` shows the content through `show`. */
  constructor(popup: PopupList, className: string, opened: () => void) {
    this.#popup = popup;
    this.#opened = opened;
    this.element = element("button", `picker ${className}`, this.#text, icon("chevron"));
    this.element.type = "button";
    this.element.setAttribute("role", "combobox");
    this.element.setAttribute("aria-haspopup", "listbox");
    this.element.setAttribute("aria-expanded", "false");
    // Not every platform gives a clicked button the focus.
    this.element.addEventListener("mousedown", (event) => event.preventDefault());
    this.element.addEventListener("click", () => this.toggle());
    this.element.addEventListener("keydown", (event) => this.#key(event));
    this.element.addEventListener("blur", () => this.#close());
  }

  get isOpen(): boolean {
    return this.#popup.isOpenFor(this.element);
  }

  /** Shows what is chosen: `text` on the button, `label` in full. */
  update(text: string, label: string, detail = ""): void {
    this.#label = label;
    this.#text.textContent = text;
    this.element.setAttribute("aria-label", label);
    this.element.title = detail === "" ? label : `${label}\n${detail}`;
  }

  toggle(): void {
    this.element.focus();
    if (this.isOpen) this.#close();
    else this.#opened();
  }

  /** Shows the list, or other content in it. */
  show(content: PopupContent): void {
    if (this.isOpen) this.#popup.show(content);
    else this.#popup.open({ element: this.element, label: this.#label, closed: () => undefined }, content);
  }

  #close(): void {
    if (this.isOpen) this.#popup.close();
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!this.isOpen) {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      this.#opened();
    } else if (event.key === "Escape") {
      this.#close();
    } else if (event.key === "Tab") {
      this.#close();
      return;
    } else if (event.key === "Enter" || (event.key === " " && this.#isWordOver(event))) {
      this.#popup.active?.choose();
    } else if (event.key.length === 1) {
      this.#word = this.#isWordOver(event) ? event.key : this.#word + event.key;
      this.#wordAt = event.timeStamp;
      this.#popup.find(this.#word);
    } else if (!moveWith(this.#popup, event.key)) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #isWordOver({ timeStamp }: Event): boolean {
    return timeStamp - this.#wordAt > wordPause;
  }
}

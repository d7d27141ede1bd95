import type { ErrorActionId, ErrorView } from "../protocol/chat.ts";
import type { WebviewStrings } from "../protocol/strings.ts";
import { element, iconButton, textButton } from "./dom.ts";
import { errorPart } from "./errorPart.ts";
import { icon } from "./icons.ts";

export interface NoticeButton {
  readonly label: string;
  readonly press: () => void;
}

/** Above the box: what the person must know that belongs to no message. */
export class Notice {
  readonly element = element("div", "notice");
  readonly #strings: WebviewStrings;
  readonly #say: (text: string) => void;
  readonly #focus: () => void;

  /** `focus` takes the focus when the person has closed it. */
  constructor(strings: WebviewStrings, say: (text: string) => void, focus: () => void) {
    this.#strings = strings;
    this.#say = say;
    this.#focus = focus;
  }

  clear(): void {
    this.element.replaceChildren();
  }

  /** An error as the host tells it. Gives what is on the page for it. */
  error(error: ErrorView, act: (action: ErrorActionId) => void): HTMLElement {
    const part = errorPart(error, this.#strings, act);
    part.append(this.#close());
    this.element.replaceChildren(part);
    this.#say(`${error.message} ${error.hint}`);
    return part;
  }

  /** Something that went wrong on this side. */
  failure(error: unknown): void {
    this.text(error instanceof Error ? error.message : String(error));
  }

  /** A text of the panel's own, with buttons; the first is the main one. */
  text(message: string, hint = "", buttons: readonly NoticeButton[] = []): void {
    const parts = element("div", "errorText", element("div", "errorMessage", message));
    if (hint !== "") parts.append(element("div", "errorHint", hint));
    if (buttons.length > 0) {
      const row = buttons.map(({ label, press }, at) =>
        textButton(at === 0 ? "primary" : "secondary", label, press),
      );
      parts.append(element("div", "buttons", ...row));
    }
    // Where there are buttons, one of them is the way on.
    const close = buttons.length === 0 ? this.#close() : undefined;
    this.element.replaceChildren(element("div", "error", icon("warning"), parts, close));
    this.#say(hint === "" ? message : `${message} ${hint}`);
  }

  #close(): HTMLButtonElement {
    return iconButton(icon("close"), this.#strings.close, () => {
      this.clear();
      this.#focus();
    });
  }
}

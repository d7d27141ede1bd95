import type { ComposerView } from "../../protocol/chat.ts";
import type { WebviewStrings } from "../../protocol/strings.ts";
import { contextChip } from "../contextChips.ts";
import { element, iconButton, nameButton } from "../dom.ts";
import { icon } from "../icons.ts";

export interface ComposerActions {
  readonly send: () => void;
  readonly stop: () => void;
  readonly newChat: () => void;
  readonly selectModel: () => void;
  readonly removeContext: (id: string) => void;
  /** The person changed the text. */
  readonly edited: (text: string) => void;
  /** The last message of the person's own, for the up-arrow in an empty box. */
  readonly recall: () => string | undefined;
}

/** Browsers report keys that an input method consumes with this code. */
const imeKeyCode = 229;

/** The box for the next message, with its context and buttons. */
export class Composer {
  readonly element: HTMLElement;
  readonly #strings: WebviewStrings;
  readonly #actions: ComposerActions;
  readonly #chips = element("div", "chips");
  readonly #box = element("textarea");
  readonly #model: HTMLButtonElement;
  readonly #newChat: HTMLButtonElement;
  readonly #submit: HTMLButtonElement;
  #view: ComposerView | undefined;
  #isAnswering = false;

  constructor(strings: WebviewStrings, actions: ComposerActions) {
    this.#strings = strings;
    this.#actions = actions;
    this.#box.rows = 1;
    this.#box.placeholder = strings.messagePlaceholder;
    this.#box.setAttribute("aria-label", strings.message);
    this.#box.addEventListener("keydown", (event) => this.#key(event));
    this.#box.addEventListener("input", () => {
      this.#changed();
      actions.edited(this.text);
    });
    this.#model = element("button", "modelButton");
    this.#model.type = "button";
    this.#model.addEventListener("click", actions.selectModel);
    this.#newChat = iconButton(icon("add"), strings.newChat, actions.newChat);
    this.#submit = iconButton(icon("send"), strings.send, () => this.#submitted());
    this.#submit.classList.add("submit");
    const toolbar = element(
      "div",
      "toolbar",
      this.#model,
      element("span", "spring"),
      this.#newChat,
      this.#submit,
    );
    this.element = element("div", "composer", this.#chips, this.#box, toolbar);
    this.element.addEventListener("click", (event) => {
      if (event.target === this.element || event.target === toolbar) this.focus();
    });
    this.#chips.hidden = true;
    this.#changed();
  }

  get text(): string {
    return this.#box.value;
  }

  /** Puts text into the box, the cursor behind it. */
  set text(text: string) {
    if (text === this.#box.value) return;
    this.#box.value = text;
    this.#box.setSelectionRange(text.length, text.length);
    this.#changed();
  }

  focus(): void {
    this.#box.focus();
  }

  update(view: ComposerView, isAnswering: boolean, isEmpty: boolean): void {
    if (view !== this.#view) this.#show(view);
    this.#newChat.hidden = isEmpty;
    if (isAnswering === this.#isAnswering) return;
    this.#isAnswering = isAnswering;
    this.#submit.replaceChildren(icon(isAnswering ? "stop" : "send"));
    nameButton(this.#submit, isAnswering ? this.#strings.stop : this.#strings.send);
    this.#changed();
  }

  #show(view: ComposerView): void {
    this.#model.replaceChildren(element("span", "modelName", view.model.name), icon("chevron"));
    this.#model.title = view.model.id;
    if (view.context !== this.#view?.context) {
      const hadFocus = this.#chips.contains(document.activeElement);
      this.#chips.replaceChildren(
        ...view.context.map((item) =>
          contextChip(item, this.#strings, () => this.#actions.removeContext(item.id)),
        ),
      );
      this.#chips.hidden = view.context.length === 0;
      if (hadFocus) this.focus();
    }
    this.#view = view;
  }

  #key(event: KeyboardEvent): void {
    // keyCode is the only sign some input methods give.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    if (event.isComposing || event.keyCode === imeKeyCode) return;
    if (event.key === "Enter" && !event.shiftKey && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      if (!this.#isAnswering) this.#actions.send();
    } else if (event.key === "Escape" && this.#isAnswering) {
      this.#actions.stop();
    } else if (event.key === "ArrowUp" && this.text === "") {
      const last = this.#actions.recall();
      if (last === undefined) return;
      event.preventDefault();
      this.text = last;
      this.#actions.edited(last);
    }
  }

  #submitted(): void {
    if (this.#isAnswering) this.#actions.stop();
    else this.#actions.send();
    this.focus();
  }

  #changed(): void {
    const isUseless = !this.#isAnswering && this.text.trim() === "";
    // Not `disabled`, which would drop the focus.
    this.#submit.setAttribute("aria-disabled", String(isUseless));
    if (CSS.supports("field-sizing", "content")) return;
    this.#box.style.height = "auto";
    this.#box.style.height = `${this.#box.scrollHeight}px`;
  }
}

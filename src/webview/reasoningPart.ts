import { element, fill } from "./dom.ts";
import { seconds } from "./figures.ts";
import { icon } from "./icons.ts";
import { GrowingText } from "./growingText.ts";
import type { PanelContext } from "./panelContext.ts";

/** Shorter thinking is shown without its time, ms. */
const worthSaying = 1000;

export interface ReasoningState {
  readonly text: string;
  /** Is it still being written? */
  readonly isRunning: boolean;
  /** How long it took, ms. */
  readonly durationMs: number | undefined;
}

/** The model's reasoning: a few lines while it thinks, then folded away until the person wants it. */
export class ReasoningPart {
  readonly element: HTMLElement;
  readonly #context: PanelContext;
  readonly #label = element("span");
  readonly #toggle: HTMLButtonElement;
  readonly #body: HTMLElement;
  readonly #text: GrowingText;
  #state: ReasoningState = { text: "", isRunning: false, durationMs: undefined };
  /** What the person chose; undefined: open while thinking. */
  #choice: boolean | undefined;

  /** `id` is the answer's, which makes that of the part unique. */
  constructor(id: string, context: PanelContext) {
    this.#context = context;
    this.#text = new GrowingText(context);
    this.#body = element("div", "reasoningText", this.#text.element);
    this.#body.id = `reasoning-${id}`;
    this.#body.tabIndex = 0;
    this.#toggle = element("button", "reasoningToggle", icon("chevron"), this.#label);
    this.#toggle.type = "button";
    this.#toggle.setAttribute("aria-controls", this.#body.id);
    this.#toggle.addEventListener("click", () => {
      this.#choice = !this.#isOpen();
      if (this.#choice) context.holdScroll();
      this.update(this.#state);
    });
    this.element = element("div", "reasoning", this.#toggle, this.#body);
  }

  update(state: ReasoningState): void {
    this.#state = state;
    const { strings, locale } = this.#context;
    this.element.hidden = state.text === "";
    if (state.text === "") return;
    const isOpen = this.#isOpen();
    this.element.classList.toggle("running", state.isRunning);
    this.element.classList.toggle("chosen", this.#choice === true);
    this.#toggle.setAttribute("aria-expanded", String(isOpen));
    this.#body.hidden = !isOpen;
    const thought =
      state.durationMs === undefined || state.durationMs < worthSaying
        ? strings.thought
        : fill(strings.thoughtFor, seconds(state.durationMs, locale));
    const label = state.isRunning ? strings.thinking : thought;
    if (this.#label.textContent !== label) this.#label.textContent = label;
    if (!isOpen) return;
    this.#text.show(state.text, !state.isRunning);
    if (state.isRunning && this.#choice !== true) this.#body.scrollTop = 2 ** 30;
  }

  #isOpen(): boolean {
    return this.#choice ?? this.#state.isRunning;
  }
}

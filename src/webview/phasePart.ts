import type { AnswerPhase } from "../protocol/chat.ts";
import { element, fill } from "./dom.ts";
import type { PanelContext } from "./panelContext.ts";

/** A longer wait is told in minutes, s. */
const longWait = 120;

/** What a running answer waits for: three dots, or words when it takes long. */
export class PhasePart {
  readonly element: HTMLElement;
  readonly #context: PanelContext;
  readonly #label = element("span");
  #phase: AnswerPhase | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(context: PanelContext) {
    this.#context = context;
    const dots = element("span", "dots", element("span"), element("span"), element("span"));
    this.element = element("div", "phase", dots, this.#label);
    this.element.hidden = true;
  }

  /** undefined: the answer does not run. */
  update(phase: AnswerPhase | undefined): void {
    if (phase === this.#phase) return;
    this.#phase = phase;
    clearInterval(this.#timer);
    this.element.hidden = phase === undefined;
    const { strings } = this.#context;
    switch (phase?.type) {
      case "reconnecting":
      case "catchingUp":
        this.#show(strings.reconnecting);
        break;
      case "rateLimited":
        this.#countDown(phase.delayMs);
        break;
      case "sending":
      case "streaming":
      case undefined:
        this.#label.textContent = "";
        break;
    }
  }

  #countDown(delayMs: number): void {
    const end = performance.now() + delayMs;
    const { rateLimited, rateLimitedLong } = this.#context.strings;
    const text = (): string => {
      const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
      return left > longWait ? fill(rateLimitedLong, Math.ceil(left / 60)) : fill(rateLimited, left);
    };
    this.#show(text());
    this.#timer = setInterval(() => {
      if (!this.element.isConnected || performance.now() > end) clearInterval(this.#timer);
      this.#label.textContent = text();
    }, 1000);
  }

  #show(text: string): void {
    this.#label.textContent = text;
    this.#context.say(text);
  }
}

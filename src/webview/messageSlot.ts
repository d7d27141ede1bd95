import type { MessageView } from "../protocol/chat.ts";
import { AnswerMessage } from "./answerMessage.ts";
import { element } from "./dom.ts";
import type { PanelContext } from "./panelContext.ts";
import { UserMessage } from "./userMessage.ts";

/** Of a usual text on a usual screen, px: only good guesses are needed. */
const lineHeight = 20;
const letterWidth = 6.5;
const widestText = 900;

/** A message's place in the conversation: empty and of a guessed height until it is filled. */
export class MessageSlot {
  readonly element: HTMLElement;
  readonly #context: PanelContext;
  #message: MessageView;
  #user: UserMessage | undefined;
  #answer: AnswerMessage | undefined;

  constructor(message: MessageView, context: PanelContext) {
    const { you, valar } = context.strings;
    this.#message = message;
    this.#context = context;
    this.element = element("article", `message ${message.kind} guess${sizeClass(this.guessHeight())}`);
    this.element.tabIndex = -1;
    this.element.setAttribute("aria-label", message.kind === "user" ? you : valar);
  }

  get isFilled(): boolean {
    return this.#user !== undefined || this.#answer !== undefined;
  }

  update(message: MessageView): void {
    if (message === this.#message) return;
    this.#message = message;
    if (message.kind === "user") this.#user?.update(message);
    else this.#answer?.update(message);
  }

  /** Puts the message on the page. */
  fill(): void {
    if (this.isFilled) return;
    const message = this.#message;
    if (message.kind === "user") {
      this.#user = new UserMessage(this.element, message, this.#context);
    } else {
      this.#answer = new AnswerMessage(this.element, message.id, this.#context);
      this.#answer.update(message);
    }
  }

  /** Starts the edit of an own message from the box below; false for another. */
  edit(): boolean {
    this.fill();
    this.#user?.edit(true);
    return this.#user !== undefined;
  }

  /** In px. */
  guessHeight(): number {
    const text = this.#message.kind === "user" ? this.#message.text : this.#message.content;
    const width = Math.min(innerWidth, widestText);
    const lines = (text.length * letterWidth) / width + (this.#message.kind === "user" ? 3 : 4);
    return Math.round(lines * lineHeight);
  }
}

/** The nearest of the sizes the style sheet has, which allows no sizes in the page itself: 0 is 64 px, each next twice that. */
function sizeClass(height: number): number {
  return Math.max(0, Math.min(6, Math.round(Math.log2(height / 64))));
}

import type { MessageView } from "../protocol/chat.ts";
import { AnswerMessage } from "./answerMessage.ts";
import { element } from "./dom.ts";
import type { PanelContext } from "./panelContext.ts";
import { userMessage } from "./userMessage.ts";

interface Shown {
  readonly element: HTMLElement;
  update(message: MessageView): void;
}

/** The messages of the conversation, in order. */
export class Transcript {
  readonly element = element("div", "transcript");
  readonly #context: PanelContext;
  readonly #shown = new Map<string, Shown>();
  #messages: readonly MessageView[] = [];

  constructor(context: PanelContext) {
    this.#context = context;
    this.element.setAttribute("role", "log");
    this.element.setAttribute("aria-label", context.strings.conversation);
    // Whole sentences are read out by the live region, not every change of the text.
    this.element.setAttribute("aria-live", "off");
  }

  update(messages: readonly MessageView[]): void {
    if (messages === this.#messages) return;
    const ids = new Set(messages.map(({ id }) => id));
    for (const [id, shown] of this.#shown) {
      if (ids.has(id)) continue;
      this.#context.keepFocus(shown.element);
      shown.element.remove();
      this.#shown.delete(id);
    }
    messages.forEach((message, at) => {
      const shown = this.#shown.get(message.id) ?? this.#create(message);
      if (this.element.children[at] !== shown.element) {
        this.element.insertBefore(shown.element, this.element.children[at] ?? null);
      }
      shown.update(message);
    });
    this.#messages = messages;
  }

  #create(message: MessageView): Shown {
    const shown = message.kind === "user" ? this.#own(message) : this.#answer(message.id);
    this.#shown.set(message.id, shown);
    return shown;
  }

  #own(message: MessageView & { kind: "user" }): Shown {
    return { element: userMessage(message, this.#context), update: () => undefined };
  }

  #answer(id: string): Shown {
    const view = new AnswerMessage(id, this.#context);
    return {
      element: view.element,
      update: (message) => {
        if (message.kind === "answer") view.update(message);
      },
    };
  }
}

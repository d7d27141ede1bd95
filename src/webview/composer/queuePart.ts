import { visibleText } from "../../core/markdown/invisible.ts";
import type { QueuedView, QueueView } from "../../protocol/chat.ts";
import type { ComposerStrings } from "../../protocol/composerStrings.ts";
import { element, fill, iconButton, textButton } from "../dom.ts";
import { icon } from "../icons.ts";
import { visibleNodes } from "../markdown/visibleText.ts";

export interface QueueActions {
  readonly remove: (id: string) => void;
  readonly resume: () => void;
  /** Takes the focus when what had it is gone. */
  readonly focus: () => void;
}

/** The messages that wait for their turn, above the box. */
export class QueuePart {
  readonly element: HTMLElement;
  readonly #strings: ComposerStrings;
  readonly #actions: QueueActions;
  readonly #list = element("ul", "queueList");
  readonly #paused: HTMLElement;
  readonly #reason = element("span", "");
  readonly #rows = new Map<string, HTMLElement>();
  /** Messages that the host has not taken yet. */
  #sending: readonly HTMLElement[] = [];
  /** Messages that are on their way back into the box. */
  readonly #held = new Set<string>();
  #view: QueueView | undefined;

  constructor(strings: ComposerStrings, actions: QueueActions) {
    this.#strings = strings;
    this.#actions = actions;
    this.#list.setAttribute("aria-label", strings.queue);
    this.#paused = element(
      "div",
      "queuePaused",
      this.#reason,
      textButton("secondary", strings.sendNow, actions.resume),
    );
    this.element = element("div", "queue", this.#paused, this.#list);
    this.element.hidden = true;
  }

  update(view: QueueView): void {
    if (view === this.#view) return;
    this.#view = view;
    this.#show(view);
  }

  /** Keeps showing a message, though it waits no more, until the function that is given back is called. */
  hold(id: string): () => void {
    this.#held.add(id);
    return () => {
      this.#held.delete(id);
      if (this.#view !== undefined) this.#show(this.#view);
    };
  }

  #show(view: QueueView): void {
    const hadFocus = this.element.contains(document.activeElement);
    const gone = new Set(this.#rows.keys());
    for (const message of view.messages) {
      gone.delete(message.id);
      // A waiting message never changes: its row, and the focus in it, stay.
      if (this.#rows.has(message.id)) continue;
      const row = this.#row(message);
      this.#rows.set(message.id, row);
      this.#list.append(row, ...this.#sending);
    }
    for (const id of gone) {
      if (this.#held.has(id)) continue;
      this.#rows.get(id)?.remove();
      this.#rows.delete(id);
    }
    this.#paused.hidden = !view.isPaused;
    const { queueStopped, queuePaused } = this.#strings;
    this.#reason.textContent = view.isStopped ? queueStopped : queuePaused;
    this.#showAny();
    if (hadFocus && (this.element.hidden || !this.element.contains(document.activeElement))) {
      this.#actions.focus();
    }
  }

  /** Shows messages that are on their way, behind those that wait. */
  showSending(texts: readonly string[]): void {
    for (const row of this.#sending) row.remove();
    this.#sending = texts.map((text) => element("li", "queued", icon("clock"), queuedText(text)));
    this.#list.append(...this.#sending);
    this.#showAny();
  }

  #showAny(): void {
    this.element.hidden = this.#rows.size === 0 && this.#sending.length === 0;
  }

  #row({ id, text, context }: QueuedView): HTMLElement {
    const label = queuedText(text);
    const attached =
      context.length === 0
        ? undefined
        : element("span", "badge", fill(this.#strings.queuedContext, context.length));
    const name = fill(this.#strings.removeQueued, label.title);
    const remove = iconButton(icon("close"), name, () => {
      if (!this.#held.has(id)) this.#actions.remove(id);
    });
    return element("li", "queued", icon("clock"), label, attached, remove);
  }
}

function queuedText(text: string): HTMLElement {
  const label = element("span", "queuedText", ...visibleNodes(text));
  label.title = visibleText(text);
  return label;
}

import { visibleText } from "../../core/markdown/invisible.ts";
import type { QueuedView, QueueView, Unsent } from "../../protocol/chat.ts";
import type { ComposerStrings } from "../../protocol/composerStrings.ts";
import { element, fill, iconButton, textButton } from "../dom.ts";
import { icon } from "../icons.ts";
import { visibleNodes } from "../markdown/visibleText.ts";

type Sending = Unsent["sending"][number];

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
  /** The oldest message on its way. The host may tell that it waits before it tells that it took it. */
  #oldest: Sending | undefined;
  /** The last one on its way of which the host told that it waits. */
  #arrived: Sending | undefined;
  /** The rows of those that take long. */
  readonly #sending = new Map<Sending, HTMLElement>();
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
      if (message.text === this.#oldest?.text) {
        this.#arrived = this.#oldest;
        this.#drop(this.#oldest);
      }
      const row = this.#row(message);
      this.#rows.set(message.id, row);
      this.#list.append(row, ...this.#sending.values());
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

  /** Takes what is on its way, oldest first; what is new in it is shown, behind those that wait, once it `isLong`. */
  setSending(messages: readonly Sending[], isLong: boolean): void {
    [this.#oldest] = messages;
    for (const message of this.#sending.keys()) if (!messages.includes(message)) this.#drop(message);
    for (const message of isLong ? messages : []) {
      if (message === this.#arrived || this.#sending.has(message)) continue;
      const row = element("li", "queued", icon("clock"), queuedText(message.text));
      this.#sending.set(message, row);
      this.#list.append(row);
    }
    this.#showAny();
  }

  #drop(message: Sending): void {
    this.#sending.get(message)?.remove();
    this.#sending.delete(message);
  }

  #showAny(): void {
    this.element.hidden = this.#rows.size === 0 && this.#sending.size === 0;
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

import { DisposableStore, type Disposable } from "../core/util/disposable.ts";
import type { MessageView } from "../protocol/chat.ts";
import { Backfill } from "./backfill.ts";
import { element } from "./dom.ts";
import { focusAction, focusedAction } from "./keepFocus.ts";
import { MessageSlot } from "./messageSlot.ts";
import { MessageWalk } from "./messageWalk.ts";
import type { PanelContext } from "./panelContext.ts";
import { whenIdle } from "./whenIdle.ts";

/** Of a long conversation, the messages whose places are made at once, and in each idle moment after that. */
const atOnce = 60;

/** Where the focus was before a change. */
interface Place {
  readonly at: number;
  readonly action: string;
}

/** The messages of the conversation, in order. */
export class Transcript implements Disposable {
  readonly element = element("div", "transcript");
  readonly #context: PanelContext;
  readonly #store = new DisposableStore();
  readonly #slots = new Map<string, MessageSlot>();
  readonly #backfill: Backfill;
  readonly #walk: MessageWalk;
  #messages: readonly MessageView[] = [];
  /** How many of the first messages have no place on the page yet. */
  #earlier = 0;
  #isShowingSoon = false;
  /** A message that gets the focus when it comes. */
  #wanted: string | undefined;

  /** `scroller` is what the transcript will scroll in. */
  constructor(scroller: HTMLElement, context: PanelContext) {
    this.#context = context;
    this.element.setAttribute("role", "log");
    this.element.setAttribute("aria-label", context.strings.conversation);
    // Whole sentences are read out by the live region, not every change of the text.
    this.element.setAttribute("aria-live", "off");
    this.#backfill = this.#store.add(new Backfill(scroller));
    this.#walk = new MessageWalk(scroller, this.element);
  }

  dispose(): void {
    this.#store.dispose();
  }

  update(messages: readonly MessageView[]): void {
    if (messages === this.#messages) return;
    const place = this.#place();
    this.#removeAllBut(messages);
    this.#earlier = this.#countEarlier(messages);
    const added = this.#show(messages.slice(this.#earlier));
    this.#messages = messages;
    if (added.length > 0) this.#backfill.add(added);
    this.#walk.refresh();
    this.#restore(place);
    this.#showEarlierSoon();
  }

  /** Starts the edit of an own message in its place; false when it is not there. */
  edit(messageId: string): boolean {
    this.#showEarlier(this.#earlier);
    return this.#slots.get(messageId)?.edit() ?? false;
  }

  /** Puts the focus on a message, now or when it comes. */
  focus(messageId: string): void {
    this.#showEarlier(this.#earlier);
    const slot = this.#slots.get(messageId);
    this.#wanted = slot === undefined ? messageId : undefined;
    slot?.element.focus();
  }

  #removeAllBut(messages: readonly MessageView[]): void {
    const kinds = new Map(messages.map(({ id, kind }) => [id, kind]));
    for (const { id, kind } of this.#messages) {
      const slot = this.#slots.get(id);
      if (slot === undefined || kinds.get(id) === kind) continue;
      this.#backfill.forget(slot);
      slot.element.remove();
      this.#slots.delete(id);
    }
  }

  /** All that is before the first message on the page; of a conversation that is new here, all but its end. */
  #countEarlier(messages: readonly MessageView[]): number {
    if (this.#slots.size === 0) return Math.max(0, messages.length - atOnce);
    return this.#earlier === 0 ? 0 : messages.findIndex(({ id }) => this.#slots.has(id));
  }

  #showEarlierSoon(): void {
    if (this.#earlier === 0 || this.#isShowingSoon) return;
    this.#isShowingSoon = true;
    whenIdle(() => {
      this.#isShowingSoon = false;
      this.#showEarlier(atOnce);
      this.#showEarlierSoon();
    });
  }

  /** Makes the places of the `count` messages before the first one on the page. */
  #showEarlier(count: number): void {
    if (this.#earlier === 0 || this.#store.isDisposed) return;
    const from = Math.max(0, this.#earlier - count);
    const slots = this.#messages.slice(from, this.#earlier).map((message) => this.#newSlot(message));
    this.element.prepend(...slots.map((slot) => slot.element));
    this.#earlier = from;
    this.#backfill.addEarlier(slots);
  }

  #newSlot(message: MessageView): MessageSlot {
    const slot = new MessageSlot(message, this.#context);
    this.#slots.set(message.id, slot);
    return slot;
  }

  /** The slots that are new. */
  #show(messages: readonly MessageView[]): MessageSlot[] {
    const added: MessageSlot[] = [];
    let next = this.element.firstElementChild;
    messages.forEach((message) => {
      let slot = this.#slots.get(message.id);
      if (slot === undefined) {
        slot = this.#newSlot(message);
        added.push(slot);
      } else {
        slot.update(message);
      }
      if (slot.element === next) next = next.nextElementSibling;
      else this.element.insertBefore(slot.element, next);
    });
    return added;
  }

  #place(): Place | undefined {
    const action = focusedAction(this.element);
    if (action === undefined) return undefined;
    const at = [...this.element.children].findIndex((child) => child.contains(document.activeElement));
    return { at, action };
  }

  /** Gives the focus that a change took to the same control of the message now in that place, or near it. */
  #restore(place: Place | undefined): void {
    if (this.#wanted !== undefined && this.#slots.has(this.#wanted)) {
      this.focus(this.#wanted);
      return;
    }
    if (place === undefined || document.activeElement !== document.body) return;
    const { children } = this.element;
    const article = children[Math.min(place.at, children.length - 1)];
    if (!(article instanceof HTMLElement)) this.#context.focusBox();
    else if (harmless(place.action) && focusAction(article, place.action)) return;
    else article.focus();
  }
}

/** May the focus land on a control for this action? Not on one that the next press of Enter would regret. */
function harmless(action: string): boolean {
  return action !== "" && action !== "delete";
}

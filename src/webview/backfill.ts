import { DisposableStore, toDisposable, type Disposable } from "../core/util/disposable.ts";
import type { MessageSlot } from "./messageSlot.ts";
import { whenIdle } from "./whenIdle.ts";

/** Work of one slice, ms: well below what a person notices. */
const sliceMs = 8;
/** How far from the screen a message is filled before others, px. */
const margin = 1000;

/**
 * Fills a long conversation from its end backwards: what is on the screen at once, the rest in small slices
 * while the page has nothing better to do, first what is near the screen.
 */
export class Backfill implements Disposable {
  readonly #store = new DisposableStore();
  readonly #near: IntersectionObserver;
  readonly #slots = new Map<Element, MessageSlot>();
  /** The slots to fill, the next one last; some twice, and some that are no longer in `#slots`. */
  readonly #waiting: MessageSlot[] = [];
  #cancel: (() => void) | undefined;

  /** `scroller` is what the messages scroll in. */
  constructor(scroller: HTMLElement) {
    this.#near = new IntersectionObserver((entries) => this.#seen(entries), {
      root: scroller,
      rootMargin: `${margin}px 0px`,
    });
    this.#store.add(toDisposable(() => this.#near.disconnect()));
    this.#store.add(toDisposable(() => this.#cancel?.()));
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** Takes new slots, the first of the conversation first. Those of the last screen are filled now. */
  add(slots: readonly MessageSlot[]): void {
    let room = innerHeight;
    let at = slots.length - 1;
    for (let slot = slots[at]; slot !== undefined && room > 0; slot = slots[--at]) {
      slot.fill();
      room -= slot.guessHeight();
    }
    const rest = slots.slice(0, at + 1);
    this.#observe(rest);
    this.#waiting.push(...rest);
    this.#schedule();
  }

  /** Takes slots that stand before all others. */
  addEarlier(slots: readonly MessageSlot[]): void {
    this.#observe(slots);
    this.#waiting.unshift(...slots);
    this.#schedule();
  }

  forget(slot: MessageSlot): void {
    this.#slots.delete(slot.element);
    this.#near.unobserve(slot.element);
  }

  #observe(slots: readonly MessageSlot[]): void {
    for (const slot of slots) {
      this.#slots.set(slot.element, slot);
      this.#near.observe(slot.element);
    }
  }

  #fill(slot: MessageSlot): void {
    this.forget(slot);
    slot.fill();
  }

  #seen(entries: readonly IntersectionObserverEntry[]): void {
    for (const { isIntersecting, target, boundingClientRect, rootBounds } of entries) {
      const slot = isIntersecting ? this.#slots.get(target) : undefined;
      if (slot === undefined) continue;
      const isOnScreen =
        rootBounds === null ||
        (boundingClientRect.bottom > rootBounds.top + margin &&
          boundingClientRect.top < rootBounds.bottom - margin);
      if (isOnScreen) this.#fill(slot);
      else this.#waiting.push(slot);
    }
    this.#schedule();
  }

  #schedule(): void {
    if (this.#slots.size === 0) this.#waiting.length = 0;
    if (this.#cancel !== undefined || this.#slots.size === 0) return;
    this.#cancel = whenIdle(() => {
      this.#cancel = undefined;
      this.#fillSlice();
      this.#schedule();
    });
  }

  #fillSlice(): void {
    const end = performance.now() + sliceMs;
    for (let slot = this.#waiting.pop(); slot !== undefined; slot = this.#waiting.pop()) {
      if (!this.#slots.has(slot.element)) continue;
      this.#fill(slot);
      if (performance.now() >= end) return;
    }
  }
}

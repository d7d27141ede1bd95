import { matchesIn, patternOf } from "./matchesIn.ts";

/** Work of one slice, ms. */
const sliceMs = 8;
/** More are not counted. */
const most = 10_000;

/** Searches the messages of a conversation in small slices, and again those that change. */
export class Search {
  readonly #list: HTMLElement;
  readonly #found: () => void;
  readonly #matches = new Map<Element, readonly StaticRange[]>();
  readonly #pending = new Set<Element>();
  readonly #observer = new MutationObserver((records) => this.#changed(records));
  #pattern: RegExp | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `list` holds the messages; `found` hears of other matches than before. */
  constructor(list: HTMLElement, found: () => void) {
    this.#list = list;
    this.#found = found;
  }

  /** All matches so far, in the order of the conversation. */
  matches(): readonly StaticRange[] {
    const all: StaticRange[] = [];
    for (const message of this.#list.children) {
      all.push(...(this.#matches.get(message) ?? []));
      if (all.length > most) break;
    }
    return all.slice(0, most);
  }

  start(query: string): void {
    this.stop();
    this.#pattern = patternOf(query);
    this.#found();
    if (this.#pattern === undefined) return;
    this.#observer.observe(this.#list, {
      childList: true,
      characterData: true,
      subtree: true,
      attributeFilter: ["hidden"],
    });
    for (const message of this.#list.children) this.#pending.add(message);
    this.#searchSlice();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#observer.disconnect();
    this.#pattern = undefined;
    this.#pending.clear();
    this.#matches.clear();
  }

  #changed(records: readonly MutationRecord[]): void {
    for (const { target, addedNodes, removedNodes } of records) {
      const message = this.#messageOf(target);
      if (message !== undefined) this.#pending.add(message);
      if (target !== this.#list) continue;
      for (const node of addedNodes) if (node instanceof Element) this.#pending.add(node);
      for (const node of removedNodes) if (node instanceof Element) this.#matches.delete(node);
    }
    this.#timer ??= setTimeout(() => this.#searchSlice());
  }

  #messageOf(node: Node): Element | undefined {
    const start = node instanceof Element ? node : node.parentElement;
    const message = start?.closest("article") ?? undefined;
    return message?.parentElement === this.#list ? message : undefined;
  }

  #searchSlice(): void {
    this.#timer = undefined;
    const end = performance.now() + sliceMs;
    for (const message of this.#pending) {
      this.#pending.delete(message);
      if (message.parentElement !== this.#list || !(message instanceof HTMLElement)) {
        this.#matches.delete(message);
      } else if (this.#pattern !== undefined) {
        const matches = matchesIn(message, this.#pattern);
        if (matches.length > 0) this.#matches.set(message, matches);
        else this.#matches.delete(message);
      }
      if (performance.now() >= end) break;
    }
    this.#found();
    if (this.#pending.size > 0) this.#timer ??= setTimeout(() => this.#searchSlice());
  }
}

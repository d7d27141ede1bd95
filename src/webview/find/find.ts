import { DisposableStore, toDisposable, type Disposable } from "../../core/util/disposable.ts";
import type { WebviewStrings } from "../../protocol/strings.ts";
import { FindBar } from "./findBar.ts";
import { Search } from "./search.ts";

/** Names of the marks in the style sheet. */
const allMarks = "valar-find";
const currentMark = "valar-find-current";

export interface FindPlaces {
  readonly scroller: HTMLElement;
  /** Holds the messages. */
  readonly list: HTMLElement;
}

/** Finding in the conversation. Matches are marked without touching what is on the page. */
export class Find implements Disposable {
  readonly element: HTMLElement;
  readonly #places: FindPlaces;
  readonly #hold: () => void;
  readonly #store = new DisposableStore();
  readonly #bar: FindBar;
  readonly #search: Search;
  #matches: readonly StaticRange[] = [];
  /** The match that is shown. */
  #current: StaticRange | undefined;
  /** Whatever had the focus before. */
  #before: HTMLElement | undefined;

  /** `hold` keeps the view from running to the end. */
  constructor(places: FindPlaces, strings: WebviewStrings, hold: () => void) {
    this.#places = places;
    this.#hold = hold;
    this.#search = new Search(places.list, () => this.#found());
    this.#bar = new FindBar(strings, {
      search: (query) => {
        this.#current = undefined;
        this.#search.start(query);
      },
      step: (by) => this.#step(by),
      close: () => this.close(),
    });
    this.element = this.#bar.element;
    const key = (event: KeyboardEvent): void => this.#key(event);
    document.addEventListener("keydown", key);
    this.#store.add(toDisposable(() => document.removeEventListener("keydown", key)));
    this.#store.add(toDisposable(() => this.#search.stop()));
  }

  dispose(): void {
    this.#store.dispose();
  }

  open(): void {
    if (this.element.hidden && document.activeElement instanceof HTMLElement) {
      this.#before = document.activeElement;
    }
    const selected = getSelection()?.toString() ?? "";
    this.#toggle(() => this.#bar.open(selected.includes("\n") ? "" : selected));
    this.#search.start(this.#bar.query);
  }

  close(): void {
    this.#search.stop();
    this.#current = undefined;
    this.#matches = [];
    CSS.highlights.delete(allMarks);
    CSS.highlights.delete(currentMark);
    this.#toggle(() => (this.element.hidden = true));
    if (this.#before?.isConnected === true) this.#before.focus();
    else this.#places.scroller.focus();
  }

  /** Shows or hides the bar. What is on the screen stays where it is. */
  #toggle(change: () => void): void {
    const { scroller } = this.#places;
    const { top } = scroller.getBoundingClientRect();
    change();
    if (scroller.scrollTop > 0) scroller.scrollTop += scroller.getBoundingClientRect().top - top;
  }

  /** VS Code hears of every key that reaches the window, and would find in the editor too. */
  #key(event: KeyboardEvent): void {
    const isFind = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (isFind && event.key.toLowerCase() === "f") this.open();
    else if (event.key === "F3" && !this.element.hidden) this.#step(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #found(): void {
    this.#matches = this.#search.matches();
    const before = this.#current;
    this.#current = before === undefined ? undefined : this.#matches.find((match) => isSame(match, before));
    if (this.#current === undefined && this.#matches.length > 0) {
      this.#current = this.#nearest();
      if (before === undefined) this.#reveal();
    }
    this.#show();
  }

  #step(by: -1 | 1): void {
    const { length } = this.#matches;
    if (length === 0) return;
    const at = this.#current === undefined ? -by : this.#matches.indexOf(this.#current);
    this.#current = this.#matches[(at + by + length) % length];
    this.#reveal();
    this.#show();
  }

  #show(): void {
    CSS.highlights.set(allMarks, new Highlight(...this.#matches));
    const current = new Highlight(...(this.#current === undefined ? [] : [this.#current]));
    current.priority = 1;
    CSS.highlights.set(currentMark, current);
    const at = this.#current === undefined ? undefined : this.#matches.indexOf(this.#current);
    this.#bar.showCount(at, this.#matches.length);
  }

  /** The first match that is on the screen or below; the first of all when there is none. */
  #nearest(): StaticRange | undefined {
    const { top } = this.#places.scroller.getBoundingClientRect();
    const messages = [...this.#places.list.children];
    const first = messages.find((message) => message.getBoundingClientRect().bottom > top);
    if (first === undefined) return this.#matches[0];
    const follows = Node.DOCUMENT_POSITION_FOLLOWING | Node.DOCUMENT_POSITION_CONTAINED_BY;
    const below = this.#matches.find(
      ({ startContainer }) => (first.compareDocumentPosition(startContainer) & follows) !== 0,
    );
    return below ?? this.#matches[0];
  }

  /** Scrolls to the match that is shown. */
  #reveal(): void {
    const container = this.#current?.startContainer;
    if (container === undefined) return;
    this.#hold();
    container.parentElement?.scrollIntoView({ block: "center", inline: "nearest" });
  }
}

function isSame(a: StaticRange, b: StaticRange): boolean {
  return a.startContainer === b.startContainer && a.startOffset === b.startOffset;
}

import { DisposableStore, toDisposable, type Disposable } from "../core/util/disposable.ts";

/** How near the end counts as being there, px. */
const slack = 24;
/** How far from its end a box that was scrolled there may say it is, px. */
const rounding = 1;

/** Keeps a scroll box at its end until the person scrolls up, and again once they are back at the end. */
export class ScrollFollower implements Disposable {
  readonly #box: HTMLElement;
  readonly #content: HTMLElement;
  readonly #onChange: (isLeft: boolean) => void;
  readonly #store = new DisposableStore();
  #following = true;
  #isLeft = false;
  #lastTop = 0;
  #lastHeight = 0;

  /**
   * `content` is what grows inside `box`; while it has no children there is no end to follow. `onChange` learns whether
   * the end is out of sight and stays so.
   */
  constructor(box: HTMLElement, content: HTMLElement, onChange: (isLeft: boolean) => void) {
    this.#box = box;
    this.#content = content;
    this.#onChange = onChange;
    box.classList.add("following");
    this.#listen("scroll", () => this.#scrolled());
    this.#listen("wheel", (event) => {
      if (event instanceof WheelEvent && event.deltaY < 0 && box.scrollTop > 0) this.#set(false);
    });
    const observer = new ResizeObserver(() => {
      this.keepUp();
      this.#lastHeight = box.scrollHeight;
      this.#tell();
    });
    observer.observe(box);
    // Parts that come near the screen for the first time get their real height, which shifts the end.
    observer.observe(content);
    this.#store.add(toDisposable(() => observer.disconnect()));
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** To be called after the content grew. */
  keepUp(): void {
    if (!this.#following || this.#isEmpty()) return;
    // More than any height: cheaper than asking for the height first.
    this.#box.scrollTop = 2 ** 30;
    this.#note();
  }

  /** Stays where it is, because the person looks at something that is about to grow. */
  hold(): void {
    this.#set(false);
  }

  /** Goes to the end and stays there. */
  jump(): void {
    this.#set(true);
    this.keepUp();
  }

  /** Goes to the beginning of what is shown now, and follows the end of what comes. */
  restart(): void {
    this.#box.scrollTop = 0;
    this.#note();
    this.jump();
  }

  #scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.#box;
    // The end is where the person saw it: what grew since the last frame is followed from there.
    const left = Math.min(scrollHeight, this.#lastHeight) - clientHeight - scrollTop;
    const isUp = scrollTop < this.#lastTop;
    // Content that shrank and grew since has moved the view up, too: only a move over what stayed as it was is the
    // person's wish. A wheel says so by itself, and a key or the scroll bar moves again.
    if (isUp && left > rounding && scrollHeight === this.#lastHeight) this.#set(false);
    else if (left <= slack && !isUp) this.#set(true);
    this.#note();
    this.keepUp();
  }

  #note(): void {
    this.#lastTop = this.#box.scrollTop;
    this.#lastHeight = this.#box.scrollHeight;
  }

  #set(following: boolean): void {
    if (following === this.#following) return;
    this.#following = following;
    this.#box.classList.toggle("following", following);
    this.#tell();
  }

  #isEmpty(): boolean {
    return this.#content.firstElementChild === null;
  }

  /** How far the content reaches beyond the box. */
  #beyond(): number {
    return this.#box.scrollHeight - this.#box.clientHeight;
  }

  #tell(): void {
    const isLeft = !this.#following && !this.#isEmpty() && this.#beyond() > slack;
    if (isLeft === this.#isLeft) return;
    this.#isLeft = isLeft;
    this.#onChange(isLeft);
  }

  #listen(type: string, listener: (event: Event) => void): void {
    this.#box.addEventListener(type, listener, { passive: true });
    this.#store.add(toDisposable(() => this.#box.removeEventListener(type, listener)));
  }
}

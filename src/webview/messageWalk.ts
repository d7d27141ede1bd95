/** Keys that go from message to message while one has the focus: by how many. */
const steps: Readonly<Record<string, number>> = { ArrowUp: -1, k: -1, ArrowDown: 1, j: 1 };

/**
 * Walking through the messages by keyboard. One of them is in the order of Tab, the last or the one visited;
 * the arrows first show the rest of a message that is longer than the screen.
 */
export class MessageWalk {
  readonly #scroller: HTMLElement;
  readonly #list: HTMLElement;
  #current: HTMLElement | undefined;

  constructor(scroller: HTMLElement, list: HTMLElement) {
    this.#scroller = scroller;
    this.#list = list;
    list.addEventListener("focusin", ({ target }) => {
      if (target instanceof HTMLElement) this.#select(target.closest<HTMLElement>("article") ?? undefined);
    });
    list.addEventListener("keydown", (event) => this.#key(event));
  }

  /** To be called after messages came or went. */
  refresh(): void {
    if (this.#current?.isConnected === true && this.#current.contains(document.activeElement)) return;
    const last = this.#list.lastElementChild;
    this.#select(last instanceof HTMLElement ? last : undefined);
  }

  #select(message: HTMLElement | undefined): void {
    if (message === this.#current) return;
    if (this.#current !== undefined) this.#current.tabIndex = -1;
    this.#current = message;
    if (message !== undefined) message.tabIndex = 0;
  }

  #key(event: KeyboardEvent): void {
    const message = event.target;
    const step = steps[event.key];
    if (!(message instanceof HTMLElement) || message.parentElement !== this.#list) return;
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key.startsWith("Arrow") && this.#goesOn(message, step)) return;
    event.preventDefault();
    const next = step < 0 ? message.previousElementSibling : message.nextElementSibling;
    if (!(next instanceof HTMLElement)) return;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  /** Does the message go on beyond the edge of the screen in this direction? */
  #goesOn(message: HTMLElement, step: number): boolean {
    const box = this.#scroller.getBoundingClientRect();
    const { top, bottom } = message.getBoundingClientRect();
    return step < 0 ? top < box.top - 1 : bottom > box.bottom + 1;
  }
}

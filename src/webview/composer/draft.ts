/** How long what was typed may stay in the page alone, ms: also while typing goes on. */
const delay = 300;

/** Keeps what is in the box: at once in the page's own state, a moment later at the host. */
export class Draft {
  readonly #remember: (text: string) => void;
  readonly #save: (text: string) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #text = "";

  constructor(remember: (text: string) => void, save: (text: string) => void) {
    this.#remember = remember;
    this.#save = save;
  }

  edited(text: string): void {
    this.#text = text;
    this.#remember(text);
    this.#timer ??= setTimeout(() => this.#saveNow(), delay);
  }

  /** The host knows this text already. */
  settled(text: string): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#text = text;
    this.#remember(text);
  }

  /** Saves what still waits, e.g. because the page goes away. */
  flush(): void {
    if (this.#timer !== undefined) this.#saveNow();
  }

  #saveNow(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#save(this.#text);
  }
}

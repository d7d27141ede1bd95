/** How long what was typed may stay in the page alone, ms: also while typing goes on. */
const delay = 300;

/** Hands what is written over to the host: a moment after each change, and at once when it matters. */
export class Draft {
  readonly #save: (text: string) => Promise<void>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #text = "";
  /** What the host knows, or soon will. */
  #told = "";
  #isEdited = false;

  /** `save` resolves when the host has the text. */
  constructor(save: (text: string) => Promise<void>) {
    this.#save = save;
  }

  /** Has the person changed something that the host may not know of yet? */
  get isEdited(): boolean {
    return this.#isEdited;
  }

  edited(text: string): void {
    this.#text = text;
    this.#isEdited = true;
    this.#timer ??= setTimeout(() => this.#saveNow(), delay);
  }

  /** The host knows this text already. */
  settled(text: string): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#text = text;
    this.#told = text;
    this.#isEdited = false;
  }

  /** Saves what still waits, e.g. because the page goes away. */
  flush(): void {
    if (this.#timer !== undefined) this.#saveNow();
  }

  #saveNow(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#text === this.#told) this.#isEdited = false;
    else void this.#tell(this.#text);
  }

  async #tell(text: string): Promise<void> {
    this.#told = text;
    await this.#save(text);
    if (this.#text === text) this.#isEdited = false;
  }
}

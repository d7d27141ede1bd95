import type { Unsent } from "../../protocol/chat.ts";

/** How long what was typed may stay in the page alone, ms: also while typing goes on. */
const delay = 300;

/** Hands what is written over to the host: a moment after each change, and at once when it matters. */
export class Draft {
  readonly #save: (unsent: Unsent) => Promise<void>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #unsent: Unsent | undefined;
  /** What the host knows, or soon will. */
  #told = wording({ text: "", sending: [] });
  #isEdited = false;
  #isHeld = true;

  /** Tells the host nothing before `begin`. `save` resolves when the host has the text. */
  constructor(save: (unsent: Unsent) => Promise<void>) {
    this.#save = save;
  }

  /** Has the person changed something that the host may not know of yet? */
  get isEdited(): boolean {
    return this.#isEdited;
  }

  edited(unsent: Unsent): void {
    this.#unsent = unsent;
    this.#isEdited = true;
    this.#saveSoon();
  }

  /** The host has told what it had: only now can it take another wording for the newer one. */
  begin(): void {
    this.#isHeld = false;
    if (this.#isEdited) this.#saveSoon();
  }

  /** The host knows this text already. */
  settled(text: string): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#unsent = undefined;
    this.#told = wording({ text, sending: [] });
    this.#isEdited = false;
  }

  /** Saves what still waits, e.g. because the page goes away. */
  flush(): void {
    if (this.#timer !== undefined) this.#saveNow();
  }

  #saveSoon(): void {
    if (!this.#isHeld) this.#timer ??= setTimeout(() => this.#saveNow(), delay);
  }

  #saveNow(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const unsent = this.#unsent;
    if (unsent === undefined || wording(unsent) === this.#told) this.#isEdited = false;
    else void this.#tell(unsent);
  }

  async #tell(unsent: Unsent): Promise<void> {
    this.#told = wording(unsent);
    await this.#save(unsent);
    if (this.#unsent === unsent) this.#isEdited = false;
  }
}

function wording({ text, sending }: Omit<Unsent, "version">): string {
  return JSON.stringify([text, sending]);
}

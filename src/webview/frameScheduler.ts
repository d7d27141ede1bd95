/**
 * Runs a piece of work at most once a frame: at once if this frame has not seen it yet, so that the first text
 * is on the page without delay, otherwise with the next frame.
 */
export class FrameScheduler {
  readonly #work: () => void;
  readonly #requestFrame: (callback: () => void) => void;
  #isQueued = false;
  #isWanted = false;

  constructor(work: () => void, requestFrame: (callback: () => void) => void) {
    this.#work = work;
    this.#requestFrame = requestFrame;
  }

  request(): void {
    if (this.#isQueued) {
      this.#isWanted = true;
      return;
    }
    this.#run();
  }

  #run(): void {
    this.#isWanted = false;
    this.#isQueued = true;
    this.#requestFrame(() => {
      this.#isQueued = false;
      if (this.#isWanted) this.#run();
    });
    this.#work();
  }
}

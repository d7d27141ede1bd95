/** Where held answers wait until somebody lets them go on. */
export class Gate {
  #waiting: (() => void)[] = [];

  /** How many wait. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** True once `release` was called, false once `signal` is aborted. */
  pass(signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const letGo = () => resolve(true);
      this.#waiting.push(letGo);
      const onAbort = () => {
        this.#waiting = this.#waiting.filter((other) => other !== letGo);
        resolve(false);
      };
      if (signal.aborted) onAbort();
      else signal.addEventListener("abort", onAbort, { once: true });
    });
  }

  /** Lets everybody who waits now go on. */
  release(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const letGo of waiting) letGo();
  }
}

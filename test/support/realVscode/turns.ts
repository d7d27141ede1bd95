// Programs that run beside each other and print one after the other.

/** Prints what its writer says at once, or keeps it until the writers before it have ended. */
export class Turn {
  readonly #print: (text: string) => void;
  #kept: string[] = [];
  #isOn = false;

  constructor(print: (text: string) => void) {
    this.#print = print;
  }

  write(text: string): void {
    if (this.#isOn) this.#print(text);
    else this.#kept.push(text);
  }

  /** From now on everything is printed, first what was kept. */
  begin(): void {
    this.#isOn = true;
    for (const text of this.#kept.splice(0)) this.#print(text);
  }
}

/**
 * Runs all at once; each prints to a turn of its own, in this order. Gives what they give, in this order. When one
 * throws, the others still end, their output is printed, and then its error is thrown.
 */
export async function besideEachOther<T>(
  works: readonly ((turn: Turn) => Promise<T>)[],
  print: (text: string) => void,
): Promise<T[]> {
  const running = works.map((work) => {
    const turn = new Turn(print);
    return { turn, result: Promise.allSettled([work(turn)]) };
  });
  const results: PromiseSettledResult<T>[] = [];
  for (const { turn, result } of running) {
    turn.begin();
    results.push(...(await result));
  }
  return results.map((result) => {
    if (result.status === "rejected") throw result.reason;
    return result.value;
  });
}

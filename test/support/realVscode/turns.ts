// Programs that run two at a time and print one after the other.

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
 * Runs two at a time: one after the other from the start of the list and, beside that, from its end, until both meet.
 * Each prints to a turn of its own, in the list's order. Gives what they give, in that order. When one throws, the
 * others still run, their output is printed, and then its error is thrown.
 */
export async function fromBothEnds<T>(
  works: readonly ((turn: Turn) => Promise<T>)[],
  print: (text: string) => void,
): Promise<T[]> {
  const entries = works.map((work, at) => ({ work, at, turn: new Turn(print) }));
  const results: PromiseSettledResult<T>[] = [];
  const left = [...entries];
  let printed = 0;
  entries[printed]?.turn.begin();
  const takeAll = async (take: () => (typeof left)[number] | undefined): Promise<void> => {
    for (let next = take(); next !== undefined; next = take()) {
      const [result] = await Promise.allSettled([next.work(next.turn)]);
      results[next.at] = result;
      while (results[printed] !== undefined) entries[++printed]?.turn.begin();
    }
  };
  await Promise.all([takeAll(() => left.shift()), takeAll(() => left.pop())]);
  return results.map((result) => {
    if (result.status === "rejected") throw result.reason;
    return result.value;
  });
}

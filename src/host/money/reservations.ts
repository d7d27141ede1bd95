/** A request that was prepared and is still not run after this, ms, is not counted on any more. */
const patienceMs = 60_000;

interface Reservation {
  readonly usd: number;
  /** Until when it counts, Unix time, ms. */
  readonly until: number;
}

/** What requests under way will cost at least, so that many at once do not all pass a budget that has room for one. */
export class Reservations {
  readonly #now: () => number;
  readonly #held = new Map<string, Reservation>();

  /** `now` gives Unix time, ms. */
  constructor(now: () => number) {
    this.#now = now;
  }

  get usd(): number {
    const now = this.#now();
    let usd = 0;
    for (const [key, reservation] of this.#held) {
      if (reservation.until > now) usd += reservation.usd;
      else this.#held.delete(key);
    }
    return usd;
  }

  prepared(key: string, usd = 0): void {
    this.#held.set(key, { usd, until: this.#now() + patienceMs });
  }

  running(key: string, usd = 0): void {
    this.#held.set(key, { usd, until: Infinity });
  }

  ended(key: string): void {
    this.#held.delete(key);
  }
}

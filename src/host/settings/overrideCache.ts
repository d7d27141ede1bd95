import type { Overridden } from "../../core/api/overrides.ts";

/** What an override setting yields, worked out once for each value: costs are asked for at every frame. */
export class OverrideCache<T> {
  readonly #make: (setting: unknown) => Overridden<T>;
  #last: { readonly json: string; readonly result: Overridden<T> } | undefined;

  constructor(make: (setting: unknown) => Overridden<T>) {
    this.#make = make;
  }

  of(setting: unknown): Overridden<T> {
    const json = JSON.stringify([setting]);
    if (this.#last?.json !== json) {
      this.#last = { json, result: this.#make(setting) };
    }
    return this.#last.result;
  }
}

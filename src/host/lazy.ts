/** Something that is loaded and made when it is first asked for, and once. */
export class Lazy<T> {
  readonly #make: () => Promise<T>;
  #begun: Promise<T> | undefined;

  constructor(make: () => Promise<T>) {
    this.#make = make;
  }

  /** Makes it at the first call. What failed is tried again at the next. */
  get(): Promise<T> {
    this.#begun ??= this.#make().catch((error: unknown) => {
      this.#begun = undefined;
      throw error;
    });
    return this.#begun;
  }

  /** What was asked for already; undefined when nobody did. */
  get begun(): Promise<T> | undefined {
    return this.#begun;
  }
}

import { type Disposable, toDisposable } from "./disposable.ts";

/** Subscribes a listener; dispose the result to end it. The shape of VS Code's own `Event<T>`. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/** Source of an `Event<T>`. Listeners run in the order they were added; none runs after dispose. */
export class Emitter<T> implements Disposable {
  readonly #listeners = new Set<{ readonly call: (value: T) => void }>();
  #disposed = false;

  readonly event: Event<T> = (listener) => {
    const entry = { call: listener };
    if (!this.#disposed) this.#listeners.add(entry);
    return toDisposable(() => this.#listeners.delete(entry));
  };

  get hasListeners(): boolean {
    return this.#listeners.size > 0;
  }

  /** A listener that throws does not keep the others from hearing; its error is thrown afterwards. */
  fire(value: T): void {
    const errors: unknown[] = [];
    for (const entry of [...this.#listeners]) {
      if (!this.#listeners.has(entry)) continue;
      try {
        entry.call(value);
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length === 1) throw errors[0];
    if (errors.length > 1) throw new AggregateError(errors, "Listeners failed");
  }

  dispose(): void {
    this.#disposed = true;
    this.#listeners.clear();
  }
}

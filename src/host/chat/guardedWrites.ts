import { Sequencer } from "../../core/util/sequencer.ts";
import type { Log } from "../log.ts";

/** Writes to the storage, one after another. A failed one is logged, and told of once: the chat goes on. */
export class GuardedWrites {
  readonly #log: Pick<Log, "error">;
  readonly #warn: (error: unknown) => void;
  readonly #writes = new Sequencer();
  #hasWarned = false;

  constructor(log: Pick<Log, "error">, warn: (error: unknown) => void) {
    this.#log = log;
    this.#warn = warn;
  }

  /** False when it failed. */
  async run(write: () => Promise<void>): Promise<boolean> {
    try {
      await this.#writes.run(write);
      return true;
    } catch (error) {
      this.#log.error("The conversation could not be saved", error);
      if (!this.#hasWarned) {
        this.#hasWarned = true;
        this.#warn(error);
      }
      return false;
    }
  }
}

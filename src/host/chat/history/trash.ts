import type { HistoryFiles } from "../../historyFiles.ts";
import type { Log } from "../../log.ts";

/** How long a deleted file is kept that no window took care of, ms. */
const keepMs = 30 * 24 * 60 * 60 * 1000;
const trashName = /\.(\d+)\.deleted$/;

/** Deleted files: set aside under another name until the window closes, so that deleting can be undone. */
export class Trash {
  readonly #files: HistoryFiles;
  readonly #companions: (name: string) => readonly string[];
  readonly #now: () => number;
  readonly #log: Pick<Log, "warn">;
  /** What this window deleted, by the name it had. */
  readonly #own = new Map<string, string>();

  /** `companions`: the names of the files that are erased with one. */
  constructor(
    files: HistoryFiles,
    companions: (name: string) => readonly string[],
    now: () => number,
    log: Pick<Log, "warn">,
  ) {
    this.#files = files;
    this.#companions = companions;
    this.#now = now;
    this.#log = log;
  }

  /** Does nothing when another window was first. */
  async put(name: string): Promise<void> {
    if ((await this.#files.stat(name)) === undefined) {
      return;
    }
    const aside = `${name}.${this.#now()}.deleted`;
    await this.#files.exclusively(name, () => this.#files.rename(name, aside));
    const before = this.#own.get(name);
    this.#own.set(name, aside);
    if (before !== undefined) {
      await this.#files.remove(before);
    }
  }

  /** Leaves a file alone that was written under the old name since then: it has all that the deleted one had. */
  async takeBack(name: string): Promise<void> {
    const aside = this.#own.get(name);
    if (aside !== undefined && (await this.#files.stat(name)) === undefined) {
      await this.#files.rename(aside, name);
      this.#own.delete(name);
    }
  }

  async empty(): Promise<void> {
    const own = new Set(this.#own.values());
    await this.#erase((name, deletedAt) => own.has(name) || this.#isLeftOver(deletedAt));
    this.#own.clear();
  }

  /** A browser gives a window that closes no time to empty it. */
  emptyLeftOver(): Promise<void> {
    return this.#erase((_name, deletedAt) => this.#isLeftOver(deletedAt));
  }

  #isLeftOver(deletedAt: number): boolean {
    return this.#now() - deletedAt > keepMs;
  }

  async #erase(which: (name: string, deletedAt: number) => boolean): Promise<void> {
    for (const { name } of await this.#files.list()) {
      const deletedAt = trashName.exec(name)?.[1];
      if (deletedAt !== undefined && which(name, Number(deletedAt))) {
        await this.#remove(name);
        const before = name.replace(trashName, "");
        // Written anew since then, it still needs them.
        if ((await this.#files.stat(before)) === undefined) {
          await Promise.all(this.#companions(before).map((companion) => this.#remove(companion)));
        }
      }
    }
  }

  async #remove(name: string): Promise<void> {
    try {
      await this.#files.remove(name);
    } catch (error) {
      this.#log.warn(`${name} could not be erased: ${String(error)}`);
    }
  }
}

import { Sequencer } from "../../../../src/core/util/sequencer.ts";
import type { HistoryFile, HistoryFiles } from "../../../../src/host/historyFiles.ts";

/** A folder in memory whose clock moves on with every write, and whose disk can be full. */
export class MemoryFiles implements HistoryFiles {
  readonly files = new Map<string, { bytes: Uint8Array; changedAt: number }>();
  /** How many files were read. */
  reads = 0;
  isFull = false;
  now = 1_000_000;
  readonly #sequencers = new Map<string, Sequencer>();

  list(): Promise<readonly HistoryFile[]> {
    return Promise.resolve([...this.files.keys()].flatMap((name) => this.#stat(name) ?? []));
  }

  stat(name: string): Promise<HistoryFile | undefined> {
    return Promise.resolve(this.#stat(name));
  }

  read(name: string): Promise<Uint8Array | undefined> {
    this.reads++;
    return Promise.resolve(this.files.get(name)?.bytes);
  }

  append(name: string, bytes: Uint8Array, changedAt?: number): Promise<void> {
    const before = this.files.get(name)?.bytes ?? new Uint8Array();
    return this.#write(name, Buffer.concat([before, bytes]), changedAt);
  }

  replace(name: string, bytes: Uint8Array, changedAt?: number): Promise<void> {
    return this.#write(name, bytes, changedAt);
  }

  async rename(from: string, to: string): Promise<void> {
    const file = this.files.get(from);
    if (!file) {
      throw new Error(`no such file: ${from}`);
    }
    this.files.delete(from);
    this.files.set(to, file);
    await Promise.resolve();
  }

  exclusively<T>(name: string, task: () => Promise<T>): Promise<T> {
    const sequencer = this.#sequencers.get(name) ?? new Sequencer();
    this.#sequencers.set(name, sequencer);
    return sequencer.run(task);
  }

  remove(name: string): Promise<void> {
    this.files.delete(name);
    return Promise.resolve();
  }

  #stat(name: string): HistoryFile | undefined {
    const file = this.files.get(name);
    return file && { name, size: file.bytes.length, changedAt: file.changedAt };
  }

  #write(name: string, bytes: Uint8Array, changedAt = this.now++): Promise<void> {
    if (this.isFull) {
      return Promise.reject(new Error("no space left on device"));
    }
    this.files.set(name, { bytes: Uint8Array.from(bytes), changedAt });
    return Promise.resolve();
  }
}

import assert from "node:assert/strict";
import type { PieceFolder } from "../../../../src/host/web/piecedFiles.ts";

/** A folder in memory that never lets a file be written again, and that can go away in the middle of something. */
export class MemoryFolder implements PieceFolder {
  readonly files: Map<string, Uint8Array>;
  /** How many more changes it makes before it goes away; the last one is a write of half the bytes. */
  changesLeft = Infinity;
  /** How many times its names were asked for. */
  listings = 0;

  constructor(files: ReadonlyMap<string, Uint8Array> = new Map()) {
    this.files = new Map(files);
  }

  names(): Promise<readonly string[]> {
    this.listings++;
    return Promise.resolve([...this.files.keys()]);
  }

  read(name: string): Promise<Uint8Array> {
    return Promise.resolve(this.#file(name));
  }

  async write(name: string, bytes: Uint8Array): Promise<void> {
    assert.ok(!this.files.has(name), `${name} would be overwritten`);
    if (this.changesLeft <= 1) {
      this.files.set(name, bytes.slice(0, bytes.length >> 1));
    }
    await this.#change();
    this.files.set(name, bytes.slice());
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#change();
    this.files.set(to, this.#file(from));
    this.files.delete(from);
  }

  async delete(name: string): Promise<void> {
    await this.#change();
    this.#file(name);
    this.files.delete(name);
  }

  #file(name: string): Uint8Array {
    const file = this.files.get(name);
    assert.ok(file, `there is no ${name}`);
    return file;
  }

  #change(): Promise<void> {
    this.changesLeft--;
    return this.changesLeft > 0 ? Promise.resolve() : Promise.reject(new Error("The folder is gone."));
  }
}

import { appendFile, mkdir, open, readFile, rename } from "node:fs/promises";
import path from "node:path";
import type { HistoryFiles } from "../historyFiles.ts";

/** History on a disk. VS Code's own file API cannot append, nor rename without deleting first. */
export class NodeHistoryFiles implements HistoryFiles {
  readonly #folder: string;

  /** `folder` is a path of the file system; it is made when the first file is written. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    try {
      return await readFile(this.#path(name));
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") {
        return undefined;
      }
      throw error;
    }
  }

  async append(name: string, bytes: Uint8Array): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    await appendFile(this.#path(name), bytes);
  }

  async replace(name: string, bytes: Uint8Array): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const temporary = this.#path(`${name}.${String(process.pid)}.new`);
    const file = await open(temporary, "w");
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, this.#path(name));
  }

  #path(name: string): string {
    return path.join(this.#folder, name);
  }
}

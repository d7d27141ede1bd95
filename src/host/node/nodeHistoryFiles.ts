import { statSync } from "node:fs";
import { appendFile, mkdir, open, readdir, readFile, rename, rm, utimes } from "node:fs/promises";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import type { HistoryFile, HistoryFiles } from "../historyFiles.ts";
import { withFileLock } from "./fileLock.ts";

/** How long a listing keeps the thread at a time, ms. */
const sliceMs = 8;
/** No file is being written for so long, ms. */
const leftOverMs = 3_600_000;
const temporaryName = /\.\d+\.new$/;

/** History on a disk. VS Code's own file API cannot append, nor rename without deleting first. */
export class NodeHistoryFiles implements HistoryFiles {
  readonly #folder: string;
  readonly #now: () => number;

  /** `folder` is a path of the file system; it is made when the first file is written. `now` in ms since 1970. */
  constructor(folder: string, now: () => number = Date.now) {
    this.#folder = folder;
    this.#now = now;
  }

  async list(): Promise<readonly HistoryFile[]> {
    const names = (await orMissing(readdir(this.#folder))) ?? [];
    const files: HistoryFile[] = [];
    let sliceEnd = performance.now() + sliceMs;
    for (const name of names) {
      // For thousands of files several times as quick as asking for each in turn without blocking.
      const file = this.#stat(name);
      if (this.#isLeftOver(name)) {
        // One that cannot be removed harms nobody: the next listing tries again.
        await this.remove(name).catch(() => undefined);
      } else if (file) {
        files.push(file);
      }
      if (performance.now() > sliceEnd) {
        await setImmediate();
        sliceEnd = performance.now() + sliceMs;
      }
    }
    return files;
  }

  stat(name: string): Promise<HistoryFile | undefined> {
    return Promise.resolve(this.#stat(name));
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    return orMissing(readFile(this.#path(name)));
  }

  async append(name: string, bytes: Uint8Array, changedAt?: number): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    await appendFile(this.#path(name), bytes);
    if (changedAt !== undefined) {
      await utimes(this.#path(name), new Date(changedAt), new Date(changedAt));
    }
  }

  async replace(name: string, bytes: Uint8Array, changedAt?: number): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const temporary = this.#path(`${name}.${String(process.pid)}.new`);
    const file = await open(temporary, "w");
    try {
      await file.writeFile(bytes);
      if (changedAt !== undefined) {
        await file.utimes(new Date(changedAt), new Date(changedAt));
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, this.#path(name));
  }

  async rename(from: string, to: string): Promise<void> {
    await rename(this.#path(from), this.#path(to));
  }

  exclusively<T>(name: string, task: () => Promise<T>): Promise<T> {
    return withFileLock(this.#path(`${name}.lock`), task);
  }

  async remove(name: string): Promise<void> {
    await rm(this.#path(name), { force: true });
  }

  #stat(name: string): HistoryFile | undefined {
    const stats = statSync(this.#path(name), { throwIfNoEntry: false });
    return stats?.isFile() === true ? { name, size: stats.size, changedAt: stats.mtimeMs } : undefined;
  }

  /**
   * A file that a window was killed in the middle of writing; what it was to replace is still there. Its own time may
   * be set to that of what it replaces.
   */
  #isLeftOver(name: string): boolean {
    const stats = temporaryName.test(name) && statSync(this.#path(name), { throwIfNoEntry: false });
    return stats !== undefined && stats !== false && this.#now() - stats.ctimeMs > leftOverMs;
  }

  #path(name: string): string {
    return path.join(this.#folder, name);
  }
}

/** Undefined when there is no such file or folder. */
async function orMissing<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      return undefined;
    }
    throw error;
  }
}

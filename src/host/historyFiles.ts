/** A file of the history, as a listing of the folder tells it. */
export interface HistoryFile {
  readonly name: string;
  readonly size: number;
  /** Unix time of the last write, ms. */
  readonly changedAt: number;
}

/** A folder of files that history is kept in. Every call throws what the file system throws. */
export interface HistoryFiles {
  /** Empty when there is no folder yet. */
  list(): Promise<readonly HistoryFile[]>;
  /** Undefined when there is no such file. */
  stat(name: string): Promise<HistoryFile | undefined>;
  /** Undefined when there is no such file. */
  read(name: string): Promise<Uint8Array | undefined>;
  /**
   * Adds to the end; makes the file when there is none. `changedAt` is the time of the last write it is to have, if
   * not now.
   */
  append(name: string, bytes: Uint8Array, changedAt?: number): Promise<void>;
  /** Puts a whole file in place of the old one: after a crash there is the one or the other. `changedAt` likewise. */
  replace(name: string, bytes: Uint8Array, changedAt?: number): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /**
   * Runs a task while no other runs under the same name, in this window or another; the task must not ask for that
   * name again. Of a window that ended in the middle of one it takes over. Where the disk gives no lock, the task
   * runs all the same: then it gives no room for what the task writes either.
   */
  exclusively<T>(name: string, task: () => Promise<T>): Promise<T>;
  /** Does nothing when there is no such file. */
  remove(name: string): Promise<void>;
}

/** A folder of files that history is kept in. Every call throws what the file system throws. */
export interface HistoryFiles {
  /** Undefined when there is no such file. */
  read(name: string): Promise<Uint8Array | undefined>;
  /** Adds to the end; makes the file when there is none. */
  append(name: string, bytes: Uint8Array): Promise<void>;
  /** Puts a whole file in place of the old one: after a crash there is the one or the other. */
  replace(name: string, bytes: Uint8Array): Promise<void>;
}

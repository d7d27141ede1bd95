import type { HistoryFile, HistoryFiles } from "../historyFiles.ts";
import { comparePieces, currentPieces, newPiece, type Piece, pieceOf } from "./piece.ts";

/** A folder as every file system of VS Code has it. */
export interface PieceFolder {
  /** Names of its files; none when there is no folder yet. */
  names(): Promise<readonly string[]>;
  read(name: string): Promise<Uint8Array>;
  /** Makes a new file, and the folder when there is none. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  delete(name: string): Promise<void>;
}

/** Runs a task while no other window is in one under the same name. */
export type Exclusively = <T>(task: () => Promise<T>, name?: string) => Promise<T>;

export interface PiecedFilesDeps {
  readonly folder: PieceFolder;
  readonly exclusively: Exclusively;
  /** Letters and digits; no other window has the same. */
  readonly writer: string;
  /** Unix time, ms. */
  readonly now: () => number;
}

/** So many pieces of a file are joined. */
const mergeAt = 8;

/**
 * History in a folder that can neither append nor replace a file in one step. What is added is a file of its own, a
 * piece; no piece is ever written again, so that windows overwrite nothing of each other, and one that was not written
 * to its end is told by its length: it is set aside, and what was there before it counts.
 */
export class PiecedFiles implements HistoryFiles {
  readonly #deps: PiecedFilesDeps;

  constructor(deps: PiecedFilesDeps) {
    this.#deps = deps;
  }

  async list(): Promise<readonly HistoryFile[]> {
    const byFile = new Map<string, Piece[]>();
    for (const piece of await this.#allPieces()) {
      const pieces = byFile.get(piece.file);
      if (pieces) {
        pieces.push(piece);
      } else {
        byFile.set(piece.file, [piece]);
      }
    }
    return Array.from(byFile, ([file, pieces]) => describe(file, currentPieces(pieces)));
  }

  async stat(file: string): Promise<HistoryFile | undefined> {
    const pieces = currentPieces(await this.#pieces(file));
    return pieces.length === 0 ? undefined : describe(file, pieces);
  }

  read(file: string): Promise<Uint8Array | undefined> {
    return this.#deps.exclusively(() => this.#read(file));
  }

  append(file: string, bytes: Uint8Array, changedAt?: number): Promise<void> {
    return this.#deps.exclusively(async () => {
      const pieces = await this.#pieces(file);
      if (currentPieces(pieces).length < mergeAt) {
        await this.#write(pieces, { file, isWhole: false, bytes, changedAt });
      } else {
        const before = await this.#read(file);
        await this.#replace(file, joined(before ? [before, bytes] : [bytes]), changedAt);
      }
    });
  }

  replace(file: string, bytes: Uint8Array, changedAt?: number): Promise<void> {
    return this.#deps.exclusively(() => this.#replace(file, bytes, changedAt));
  }

  rename(from: string, to: string): Promise<void> {
    return this.#deps.exclusively(async () => {
      const bytes = await this.#read(from);
      const changedAt = (await this.stat(from))?.changedAt;
      if (!bytes) {
        throw new Error(`There is no file ${from}`);
      }
      if (from !== to) {
        await this.#replace(to, bytes, changedAt);
        await this.#delete(await this.#pieces(from));
      }
    });
  }

  exclusively<T>(name: string, task: () => Promise<T>): Promise<T> {
    return this.#deps.exclusively(task, name);
  }

  remove(file: string): Promise<void> {
    return this.#deps.exclusively(async () => this.#delete(await this.#pieces(file)));
  }

  async #read(file: string): Promise<Uint8Array | undefined> {
    const { folder } = this.#deps;
    const pieces = currentPieces(await this.#pieces(file));
    const parts = await Promise.all(pieces.map(({ name }) => folder.read(name)));
    const torn = pieces.filter(({ size }, at) => parts[at]?.length !== size);
    if (torn.length === 0) {
      return pieces.length === 0 ? undefined : joined(parts);
    }
    for (const { name } of torn) {
      await folder.rename(name, `${name}.torn`);
    }
    return this.#read(file);
  }

  async #replace(file: string, bytes: Uint8Array, changedAt?: number): Promise<void> {
    const before = await this.#pieces(file);
    await this.#write(before, { file, isWhole: true, bytes, changedAt });
    await this.#delete(before);
  }

  async #write(before: readonly Piece[], { file, isWhole, bytes, changedAt }: NewPiece): Promise<void> {
    const { folder, writer, now } = this.#deps;
    const piece = newPiece({
      ...{ file, writer, isWhole },
      order: (before.at(-1)?.order ?? 0) + 1,
      size: bytes.length,
      changedAt: Math.floor(changedAt ?? now()),
    });
    await folder.write(piece.name, bytes);
  }

  /** From the last to the first: when it is broken off, what is left is the file's beginning. */
  async #delete(pieces: readonly Piece[]): Promise<void> {
    for (const { name } of pieces.toReversed()) {
      await this.#deps.folder.delete(name);
    }
  }

  async #pieces(file: string): Promise<readonly Piece[]> {
    return (await this.#allPieces()).filter((piece) => piece.file === file);
  }

  async #allPieces(): Promise<readonly Piece[]> {
    const names = await this.#deps.folder.names();
    return names.flatMap((name) => pieceOf(name) ?? []).sort(comparePieces);
  }
}

interface NewPiece {
  readonly file: string;
  readonly isWhole: boolean;
  readonly bytes: Uint8Array;
  readonly changedAt?: number | undefined;
}

function describe(name: string, pieces: readonly Piece[]): HistoryFile {
  return {
    name,
    size: pieces.reduce((sum, { size }) => sum + size, 0),
    changedAt: pieces.at(-1)?.changedAt ?? 0,
  };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A part of a file that is kept in pieces: all but its bytes is in its name. */
export interface Piece {
  readonly name: string;
  /** The file that it is a part of. */
  readonly file: string;
  /** Pieces of a file follow one another by this number, then by who wrote them. */
  readonly order: number;
  readonly writer: string;
  /** Whether it takes the place of all pieces before it. */
  readonly isWhole: boolean;
  /** Bytes; a piece that has fewer was not written to its end. */
  readonly size: number;
  /** Unix time, ms. */
  readonly changedAt: number;
}

/** `writer` is of letters and digits. */
export function newPiece(fields: Omit<Piece, "name">): Piece {
  const { file, order, writer, isWhole, size, changedAt } = fields;
  const kind = isWhole ? "whole" : "added";
  return { ...fields, name: `${file}~${order}-${writer}-${kind}-${size}-${changedAt}` };
}

const pattern = /^(.+)~(\d+)-([A-Za-z0-9]+)-(whole|added)-(\d+)-(\d+)$/;

/** Undefined for the name of anything else. */
export function pieceOf(name: string): Piece | undefined {
  const [, file, order, writer, kind, size, changedAt] = pattern.exec(name) ?? [];
  return file === undefined || writer === undefined
    ? undefined
    : {
        ...{ name, file, writer },
        order: Number(order),
        isWhole: kind === "whole",
        size: Number(size),
        changedAt: Number(changedAt),
      };
}

export function comparePieces(one: Piece, other: Piece): number {
  return one.order - other.order || (one.writer < other.writer ? -1 : 1);
}

/** The pieces, in their order, that a file is made of now. */
export function currentPieces(sorted: readonly Piece[]): readonly Piece[] {
  return sorted.slice(
    Math.max(
      0,
      sorted.findLastIndex(({ isWhole }) => isWhole),
    ),
  );
}

/** How the bytes of an answer travel: everything a correct client must not depend on. */
export interface Delivery {
  /** `asked`: as the request's `stream` says. */
  readonly as: "asked" | "json" | "sse";
  /** Characters of a delta, counted in UTF-16 units, so that a surrogate pair may be cut; 0: the config's. */
  readonly utf16PerChunk: number;
  readonly lineEnding: "lf" | "crlf" | "cr";
  /** Starts the stream with a byte order mark. */
  readonly bom: boolean;
  /** Leaves out the blank after `data:`. */
  readonly compact: boolean;
  /** A comment line before every event. */
  readonly comments: boolean;
  /** Cuts the bytes into writes of this size, wherever that falls; 0 for whole events. */
  readonly writeBytes: number;
  /** With `writeBytes`: sizes from 1 to it, drawn with this seed; 0 for equal sizes. */
  readonly writeSeed: number;
  /** Cuts the bytes before these offsets as well. */
  readonly writeAt: readonly number[];
  readonly gzip: boolean;
}

export function defaultDelivery(): Delivery {
  return {
    as: "asked",
    utf16PerChunk: 0,
    lineEnding: "lf",
    bom: false,
    compact: false,
    comments: false,
    writeBytes: 0,
    writeSeed: 0,
    writeAt: [],
    gzip: false,
  };
}

/** A stretch of one line that has a colour, by UTF-16 offsets in the line. */
export interface Mark {
  readonly from: number;
  readonly to: number;
  /** CSS classes. */
  readonly className: string;
}

/** What is known of the lines of a block that were looked at. */
export interface Pass {
  /** Lines it covers, from the first. */
  readonly count: number;
  /** The coloured stretches of one of them, in order. */
  marks(line: number): readonly Mark[];
}

/** Tells the parts of code in one programming language. */
export interface CodeLanguage {
  /**
   * Looks at the first `count` of `lines`, in small steps. `before` is a pass over fewer of them, unchanged since: the
   * new pass builds on it, reads only what is new, and replaces it.
   */
  pass(lines: readonly string[], count: number, before: Pass | undefined): Generator<undefined, Pass>;
}

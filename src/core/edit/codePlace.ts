import type { IndentStyle } from "./target.ts";

/** The document that a block of code is to go into. */
export interface CodePlace {
  readonly lines: readonly string[];
  readonly indent: IndentStyle;
  readonly languageId: string;
  /** Line of the cursor, from 0, where there is one. */
  readonly cursor: number | undefined;
}

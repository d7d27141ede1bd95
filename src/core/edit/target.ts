/** The part of a document an edit replaces: whole lines, without the line break after the last one. */
export interface EditTarget {
  readonly lines: readonly string[];
  /** Lines of the document before the target. */
  readonly before: readonly string[];
  /** Lines of the document after the target. */
  readonly after: readonly string[];
  readonly indent: IndentStyle;
  /** VS Code's language id. */
  readonly languageId: string;
}

/** How the editor indents. `size` is the width of one level, in columns. */
export interface IndentStyle {
  readonly tabs: boolean;
  readonly size: number;
}

/** Line numbers, from 0, both included. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** A selection, lines and characters from 0, start before end. */
export interface Selection {
  readonly startLine: number;
  readonly startCharacter: number;
  readonly endLine: number;
  readonly endCharacter: number;
}

/**
 * The whole lines a selection means. A last line of which nothing is selected does not count, nor do blank lines
 * at either end: models drop them, and they stay as they are. A selection of blank lines only keeps its first.
 */
export function wholeLines(selection: Selection, lineAt: (line: number) => string): LineRange {
  let first = selection.startLine;
  let last = selection.endLine;
  if (last > first && selection.endCharacter === 0) last--;
  while (first < last && isBlank(lineAt(first))) first++;
  while (last > first && isBlank(lineAt(last))) last--;
  if (first === last && isBlank(lineAt(first)))
    return { first: selection.startLine, last: selection.startLine };
  return { first, last };
}

export function isBlank(line: string): boolean {
  return line.trim() === "";
}

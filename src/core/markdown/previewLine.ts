/**
 * Lines that could still become something else entirely: a list marker or a setext underline, a fence, a
 * heading without text. Shown too early they would flash as another block.
 */
const undecided =
  /^[ \t]*(?:[-+*_=]+[ \t]*|\d{1,9}[.)]?[ \t]*|#{1,6}[ \t]*|`+|```[^`]*|~+|~~~.*|>[ \t]*|\|)$/;

/** The part of an unfinished line that may be shown already. */
export function previewLine(partial: string): string {
  return undecided.test(partial) ? "" : partial;
}

const delimiterStart = /^ {0,3}[|:-][-|: \t]*$/;

/**
 * What to add to a source whose last lines may be the beginning of a table, so that it is shown as one from its
 * header on; undefined if they are not. `settled` ends with a line end or is empty.
 */
export function previewTable(settled: string, partial: string): string | undefined {
  const start = settled.lastIndexOf("\n", settled.length - 2) + 1;
  const previous = settled.slice(start);
  if (/^ {0,3}\|/.test(previous)) {
    if (partial !== "" && !delimiterStart.test(partial)) return undefined;
    return settled + delimiterRow(previous);
  }
  if (!/^ {0,3}\|.*[^\s|]/.test(partial)) return undefined;
  return `${settled}${partial}\n${delimiterRow(partial)}`;
}

/** A delimiter row with as many columns as `header`; only a backslash keeps a bar from ending a cell. */
function delimiterRow(header: string): string {
  const bars = header
    .trim()
    .replace(/\\[\s\S]/g, "")
    .replace(/^\|/, "")
    .replace(/\|$/, "");
  return "|" + "---|".repeat(bars.split("|").length) + "\n";
}

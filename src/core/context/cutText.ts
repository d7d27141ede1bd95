/** The beginning of a text. */
export interface CutText {
  readonly text: string;
  /** Whole lines that were kept; 0 when not even the first is whole. */
  readonly keptLines: number;
  readonly totalLines: number;
}

/** As many whole lines from the start as fit into `maxBytes` of UTF-8; of a first line that is too long, its start. */
export function cutText(text: string, maxBytes: number): CutText {
  const totalLines = countLines(text);
  // No character takes more than three bytes for each UTF-16 unit.
  if (text.length * 3 <= maxBytes || utf8Length(text) <= maxBytes) {
    return { text, keptLines: totalLines, totalLines };
  }
  const start = utf8Start(text, maxBytes);
  const lineEnd = start.lastIndexOf("\n") + 1;
  const kept = lineEnd > 0 ? start.slice(0, lineEnd) : start;
  return { text: kept, keptLines: lineEnd > 0 ? countLines(kept) : 0, totalLines };
}

/** A newline at the end begins no further line. */
export function countLines(text: string): number {
  if (text === "") return 0;
  let lines = text.endsWith("\n") ? 0 : 1;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** The longest start of at most `maxBytes` that cuts no character in two. */
function utf8Start(text: string, maxBytes: number): string {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(maxBytes));
  return text.slice(0, read);
}

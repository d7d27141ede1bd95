/** Where the target lies in its document: UTF-16 offsets, `end` excluded. */
export interface Anchor {
  readonly start: number;
  readonly end: number;
}

/** One change of a document, in the coordinates before it. */
export interface DocumentChange {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/** What the anchor needs to see of a document. */
export interface TextSource {
  readonly length: number;
  slice(start: number, end: number): string;
}

/**
 * Moves the anchor over changes that happened together. Changes before the target move it along, changes inside
 * stretch it, and of a change across its edge it keeps the part outside that change.
 */
export function moveAnchor(anchor: Anchor, changes: readonly DocumentChange[]): Anchor {
  return [...changes].sort((a, b) => b.offset - a.offset).reduce(moveOver, anchor);
}

function moveOver({ start, end }: Anchor, change: DocumentChange): Anchor {
  const changeEnd = change.offset + change.length;
  const by = change.text.length - change.length;
  if (changeEnd <= start) return { start: start + by, end: end + by };
  if (change.offset >= end) return { start, end };
  if (change.offset >= start && changeEnd <= end) return { start, end: end + by };
  const movedStart = change.offset < start ? change.offset + change.text.length : start;
  const movedEnd = changeEnd < end ? end + by : Math.min(end, change.offset);
  return { start: movedStart, end: Math.max(movedStart, movedEnd) };
}

/** Whether any change could have touched the target or the line breaks around it. */
export function isNear(anchor: Anchor, changes: readonly DocumentChange[]): boolean {
  return changes.some(
    (change) => change.offset <= anchor.end + 1 && change.offset + change.length >= anchor.start - 1,
  );
}

/** Whether the anchor holds exactly `text`, as whole lines. */
export function isIntact(anchor: Anchor, text: string, document: TextSource): boolean {
  const { start, end } = anchor;
  if (end - start !== text.length || document.slice(start, end) !== text) return false;
  const isBreak = (from: number): boolean => /^[\r\n]$/.test(document.slice(from, from + 1));
  return (start === 0 || isBreak(start - 1)) && (end >= document.length || isBreak(end));
}

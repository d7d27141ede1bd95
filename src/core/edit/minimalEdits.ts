import type { Hunk } from "./hunks.ts";

/** Replaces `length` characters at `offset`. Offsets and lengths in UTF-16 units, as VS Code counts. */
export interface OffsetEdit {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/**
 * The edits that turn the old lines into the new ones and touch changed lines only. Offsets count from the
 * target's start; edits are in order and never overlap. Nothing outside the target is touched, so a target whose
 * lines all go leaves one empty line.
 */
export function minimalEdits(oldLines: readonly string[], hunks: readonly Hunk[], eol: string): OffsetEdit[] {
  const starts = lineStarts(oldLines, eol);
  const startOf = (line: number): number => starts[line] ?? 0;
  const endOf = (line: number): number => startOf(line) + (oldLines[line] ?? "").length;
  return hunks.map(({ oldStart, oldLines: removed, newLines }) => {
    const text = newLines.join(eol);
    const next = oldStart + removed.length;
    if (removed.length > 0 && newLines.length > 0) {
      return { offset: startOf(oldStart), length: endOf(next - 1) - startOf(oldStart), text };
    }
    if (removed.length === 0) {
      return next < oldLines.length
        ? { offset: startOf(next), length: 0, text: text + eol }
        : { offset: endOf(next - 1), length: 0, text: eol + text };
    }
    if (next < oldLines.length) {
      return { offset: startOf(oldStart), length: startOf(next) - startOf(oldStart), text: "" };
    }
    const from = oldStart > 0 ? endOf(oldStart - 1) : 0;
    return { offset: from, length: endOf(next - 1) - from, text: "" };
  });
}

function lineStarts(lines: readonly string[], eol: string): number[] {
  const starts: number[] = [];
  let offset = 0;
  for (const line of lines) {
    starts.push(offset);
    offset += line.length + eol.length;
  }
  return starts;
}

/** Applies edits that are in order and do not overlap. */
export function applyEdits(text: string, edits: readonly OffsetEdit[]): string {
  let result = "";
  let end = 0;
  for (const edit of edits) {
    result += text.slice(end, edit.offset) + edit.text;
    end = edit.offset + edit.length;
  }
  return result + text.slice(end);
}

/**
 * Whether the document took the edits: given its text before and the changes that came while they were written. VS
 * Code takes them only onto that very text, so they are the first of these changes or none.
 */
export function isWritten(
  before: string,
  edits: readonly OffsetEdit[],
  [first]: readonly (readonly OffsetEdit[])[],
): boolean {
  if (first === undefined) return false;
  const inOrder = [...first].sort((a, b) => a.offset - b.offset);
  return applyEdits(before, inOrder) === applyEdits(before, edits);
}

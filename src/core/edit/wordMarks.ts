import { diffArrays } from "diff";
import type { Hunk } from "./hunks.ts";

/** Characters `start` to `end` (excluded) of one line of a hunk's side, from 0. */
export interface WordMark {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

export interface WordMarks {
  readonly removed: readonly WordMark[];
  readonly added: readonly WordMark[];
}

/** Sides longer than this, in lines, are told apart by line only. */
const maxLines = 60;
/** Characters; longer lines get no marks. */
const maxLineLength = 1000;
/** Lines that share less than this part of their characters are other lines, not changed ones. */
const minLikeness = 0.4;
/** New lines to look through for an old line's partner. */
const lookAhead = 4;

/** The words that changed inside lines that did. Lines with little in common get no marks. */
export function wordMarks(hunk: Hunk): WordMarks {
  const removed: WordMark[] = [];
  const added: WordMark[] = [];
  if (hunk.oldLines.length > maxLines || hunk.newLines.length > maxLines) return { removed, added };
  let from = 0;
  hunk.oldLines.forEach((oldText, oldLine) => {
    const end = Math.min(from + lookAhead, hunk.newLines.length);
    for (let newLine = from; newLine < end; newLine++) {
      const marks = compareLines(oldText, hunk.newLines[newLine] ?? "");
      if (marks === undefined) continue;
      removed.push(...marks.removed.map((mark) => ({ ...mark, line: oldLine })));
      added.push(...marks.added.map((mark) => ({ ...mark, line: newLine })));
      from = newLine + 1;
      break;
    }
  });
  return { removed, added };
}

type Span = Omit<WordMark, "line">;

function compareLines(oldText: string, newText: string): { removed: Span[]; added: Span[] } | undefined {
  if (Math.max(oldText.length, newText.length) > maxLineLength) return undefined;
  const changes = diffArrays(wordsOf(oldText), wordsOf(newText));
  const removed: Span[] = [];
  const added: Span[] = [];
  let [oldAt, newAt, common] = [0, 0, 0];
  for (const change of changes) {
    const text = change.value.join("");
    if (change.added) added.push({ start: newAt, end: newAt + text.length });
    else if (change.removed) removed.push({ start: oldAt, end: oldAt + text.length });
    else common += text.replace(/\s/g, "").length;
    if (!change.added) oldAt += text.length;
    if (!change.removed) newAt += text.length;
  }
  const longest = Math.max(oldText.replace(/\s/g, "").length, newText.replace(/\s/g, "").length);
  return longest > 0 && common / longest >= minLikeness ? { removed, added } : undefined;
}

function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}_]+|\s+|./gu) ?? [];
}

import { diffArrays } from "diff";
import type { DiffLine } from "./hunks.ts";

/** Beyond this many changed lines the part between the first and the last change counts as one change. */
const maxEditLength = 1500;

/** The shortest line diff, the lines both texts begin and end with left out of the search. */
export function diffLines(oldLines: readonly string[], newLines: readonly string[]): DiffLine[] {
  let start = 0;
  while (start < oldLines.length && start < newLines.length && oldLines[start] === newLines[start]) start++;
  let oldEnd = oldLines.length;
  let newEnd = newLines.length;
  while (oldEnd > start && newEnd > start && oldLines[oldEnd - 1] === newLines[newEnd - 1]) {
    oldEnd--;
    newEnd--;
  }
  return [
    ...typed("same", oldLines.slice(0, start)),
    ...diffMiddle(oldLines.slice(start, oldEnd), newLines.slice(start, newEnd)),
    ...typed("same", oldLines.slice(oldEnd)),
  ];
}

function diffMiddle(oldLines: string[], newLines: string[]): DiffLine[] {
  const changes = diffArrays(oldLines, newLines, { maxEditLength });
  if (changes === undefined) return [...typed("removed", oldLines), ...typed("added", newLines)];
  return changes.flatMap((change) =>
    typed(change.added ? "added" : change.removed ? "removed" : "same", change.value),
  );
}

function typed(type: DiffLine["type"], lines: readonly string[]): DiffLine[] {
  return lines.map((text) => ({ type, text }));
}

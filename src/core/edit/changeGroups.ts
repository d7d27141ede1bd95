import type { Hunk } from "./hunks.ts";

/** Changes close enough to be read as one. Line numbers from 0, `oldEnd` excluded. */
export interface ChangeGroup {
  readonly hunks: readonly Hunk[];
  readonly oldStart: number;
  readonly oldEnd: number;
}

/** Unchanged lines between two changes that still belong together. */
const nearbyLines = 2;

/** Joins changes with at most two unchanged lines between them. */
export function groupChanges(hunks: readonly Hunk[]): ChangeGroup[] {
  const groups: ChangeGroup[] = [];
  for (const hunk of hunks) {
    const oldEnd = hunk.oldStart + hunk.oldLines.length;
    const last = groups.at(-1);
    if (last !== undefined && hunk.oldStart - last.oldEnd <= nearbyLines) {
      groups[groups.length - 1] = { hunks: [...last.hunks, hunk], oldStart: last.oldStart, oldEnd };
    } else {
      groups.push({ hunks: [hunk], oldStart: hunk.oldStart, oldEnd });
    }
  }
  return groups;
}

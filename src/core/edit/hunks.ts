import { assertNever } from "../util/assertNever.ts";

export interface DiffLine {
  readonly type: "same" | "removed" | "added";
  readonly text: string;
}

/** One change: old lines replaced by new ones, either side possibly empty. Line numbers from 0 within each text. */
export interface Hunk {
  readonly oldStart: number;
  readonly oldLines: readonly string[];
  readonly newStart: number;
  readonly newLines: readonly string[];
}

/** The changes of a line diff, in order; at least one unchanged line lies between any two. */
export function toHunks(diff: Iterable<DiffLine>): Hunk[] {
  const hunks: Hunk[] = [];
  let oldLine = 0;
  let newLine = 0;
  let removed: string[] = [];
  let added: string[] = [];
  const close = (): void => {
    if (removed.length + added.length > 0) {
      const [oldStart, newStart] = [oldLine - removed.length, newLine - added.length];
      hunks.push({ oldStart, oldLines: removed, newStart, newLines: added });
    }
    removed = [];
    added = [];
  };
  for (const { type, text } of diff) {
    switch (type) {
      case "same":
        close();
        oldLine++;
        newLine++;
        break;
      case "removed":
        removed.push(text);
        oldLine++;
        break;
      case "added":
        added.push(text);
        newLine++;
        break;
      default:
        assertNever(type);
    }
  }
  close();
  return hunks;
}

/** Counts for a person: lines added and lines removed. */
export function countLines(hunks: readonly Hunk[]): { readonly added: number; readonly removed: number } {
  return {
    added: hunks.reduce((sum, hunk) => sum + hunk.newLines.length, 0),
    removed: hunks.reduce((sum, hunk) => sum + hunk.oldLines.length, 0),
  };
}

import { isIntact, type Anchor, type DocumentChange, type TextSource } from "./anchor.ts";

/**
 * Where a target that is not what it was may come back: all that changed together with it. `lead` and `trail` count
 * the characters that once stood there before and after the target.
 */
export interface LostTarget extends Anchor {
  readonly lead: number;
  readonly trail: number;
}

export function loseTarget({ start, end }: Anchor): LostTarget {
  return { start, end, lead: 0, trail: 0 };
}

/** Moves it over changes that happened together, and takes in each that it touches. */
export function growLost(lost: LostTarget, changes: readonly DocumentChange[]): LostTarget {
  return [...changes].sort((a, b) => b.offset - a.offset).reduce(growOver, lost);
}

function growOver(lost: LostTarget, { offset, length, text }: DocumentChange): LostTarget {
  const { start, end, lead, trail } = lost;
  const changeEnd = offset + length;
  const by = text.length - length;
  if (changeEnd < start) return { ...lost, start: start + by, end: end + by };
  if (offset > end) return lost;
  return {
    start: Math.min(start, offset),
    end: Math.max(end, changeEnd) + by,
    lead: lead + Math.max(0, start - offset),
    trail: trail + Math.max(0, changeEnd - end),
  };
}

/** Where the target was, when its text is back there as whole lines, and all around it that went with it. */
export function placeBefore(lost: LostTarget, text: string, document: TextSource): Anchor | undefined {
  const place = placeAt(lost.start + lost.lead, text, document);
  return place !== undefined && place.end + lost.trail === lost.end ? place : undefined;
}

/** The only place in `lost` where the target's text stands as whole lines. */
export function onlyPlace(lost: LostTarget, text: string, document: TextSource): Anchor | undefined {
  const inside = document.slice(lost.start, lost.end);
  let only: Anchor | undefined;
  for (let from = 0; from <= inside.length; from++) {
    const at = inside.indexOf(text, from);
    if (at === -1) break;
    from = at;
    const place = placeAt(lost.start + at, text, document);
    if (place === undefined) continue;
    if (only !== undefined) return undefined;
    only = place;
  }
  return only;
}

function placeAt(start: number, text: string, document: TextSource): Anchor | undefined {
  // An empty line is not between the two halves of a line break.
  if (start > 0 && document.slice(start - 1, start) !== "\n") return undefined;
  const place = { start, end: start + text.length };
  return isIntact(place, text, document) ? place : undefined;
}

/** One line that stands in both texts; line numbers from 0. */
export interface CommonLine {
  readonly oldLine: number;
  readonly newLine: number;
}

/**
 * Lines certain to be the same in both texts, in order: those that both begin with and end with, and between them
 * the longest row of lines that occur exactly once on either side (Bram Cohen's “patience” diff).
 */
export function commonLines(oldLines: readonly string[], newLines: readonly string[]): CommonLine[] {
  const shortest = Math.min(oldLines.length, newLines.length);
  let start = 0;
  while (start < shortest && oldLines[start] === newLines[start]) start++;
  let tail = 0;
  while (tail < shortest - start && oldLines.at(-1 - tail) === newLines.at(-1 - tail)) tail++;
  const pair = (oldLine: number, newLine: number): CommonLine => ({ oldLine, newLine });
  const [oldEnd, newEnd] = [oldLines.length - tail, newLines.length - tail];
  return [
    ...Array.from({ length: start }, (_, line) => pair(line, line)),
    ...longestRow(uniquePairs(oldLines, newLines, start, oldEnd, newEnd)),
    ...Array.from({ length: tail }, (_, line) => pair(oldEnd + line, newEnd + line)),
  ];
}

/** Lines that occur once on both sides, by their place in the old text. */
function uniquePairs(
  oldLines: readonly string[],
  newLines: readonly string[],
  start: number,
  oldEnd: number,
  newEnd: number,
): CommonLine[] {
  const places = placesOfUnique(newLines, start, newEnd);
  return [...placesOfUnique(oldLines, start, oldEnd)].flatMap(([text, oldLine]) => {
    const newLine = places.get(text);
    return newLine === undefined ? [] : [{ oldLine, newLine }];
  });
}

function placesOfUnique(lines: readonly string[], start: number, end: number): Map<string, number> {
  const places = new Map<string, number>();
  const repeated = new Set<string>();
  for (let line = start; line < end; line++) {
    const text = lines[line] ?? "";
    if (places.has(text)) repeated.add(text);
    else places.set(text, line);
  }
  for (const text of repeated) places.delete(text);
  return places;
}

interface Link {
  readonly pair: CommonLine;
  readonly before: Link | undefined;
}

/** The longest part of `pairs`, in order of their old lines, whose new lines ascend too. */
function longestRow(pairs: readonly CommonLine[]): CommonLine[] {
  /** For each length, the row of that length which ends at the lowest new line. */
  const rows: Link[] = [];
  for (const pair of pairs) {
    let [low, high] = [0, rows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((rows[middle]?.pair.newLine ?? Infinity) < pair.newLine) low = middle + 1;
      else high = middle;
    }
    rows[low] = { pair, before: rows[low - 1] };
  }
  const row: CommonLine[] = [];
  for (let link = rows.at(-1); link !== undefined; link = link.before) row.push(link.pair);
  return row.reverse();
}

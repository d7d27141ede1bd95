import type { DiffLine } from "./hunks.ts";
import { isBlank } from "./target.ts";

/** How far ahead a line that says little, such as `}`, may be found again. */
const nearby = 3;

/**
 * Diffs new lines against old ones while they arrive. Holds at every moment:
 * - the `same` and `removed` lines so far are the old lines' beginning, in order, and at the end all of them;
 * - the `same` and `added` lines so far are the new lines' beginning, in order, and at the end all of them;
 * - a new line is reported before the next one is asked for; what is reported is never taken back.
 *
 * It sees no new line ahead, so it is not the shortest diff: `diffLines` is, once the answer is complete.
 */
export async function* streamDiff(
  oldLines: readonly string[],
  newLines: AsyncIterable<string>,
): AsyncGenerator<DiffLine, void> {
  const places = placesOf(oldLines);
  let next = 0;
  for await (const text of newLines) {
    const match = findMatch(text, next, places);
    if (match === undefined) {
      yield { type: "added", text };
      continue;
    }
    for (; next < match; next++) yield { type: "removed", text: oldLines[next] ?? "" };
    yield { type: "same", text };
    next++;
  }
  for (const text of oldLines.slice(next)) yield { type: "removed", text };
}

/** Line numbers of one text, those before `at` being used up. */
interface Places {
  readonly lines: number[];
  at: number;
}

function placesOf(lines: readonly string[]): Map<string, Places> {
  const places = new Map<string, Places>();
  lines.forEach((text, line) => {
    const found = places.get(text);
    if (found === undefined) places.set(text, { lines: [line], at: 0 });
    else found.lines.push(line);
  });
  return places;
}

function findMatch(text: string, next: number, allPlaces: ReadonlyMap<string, Places>): number | undefined {
  const places = allPlaces.get(text);
  if (places === undefined) return undefined;
  while ((places.lines[places.at] ?? Infinity) < next) places.at++;
  const match = places.lines[places.at];
  if (match === undefined || match - next <= nearby) return match;
  const saysLittle = isBlank(text) || places.at + 1 < places.lines.length || !/\w{3}/.test(text);
  return saysLittle ? undefined : match;
}

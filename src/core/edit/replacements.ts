import type { LineRange } from "./target.ts";

/** Lines that take the place of others. `last` before `first` means: put in before `first`. */
export interface Replacement extends LineRange {
  readonly lines: readonly string[];
}

/** One replacement that does the same as several; undefined when they overlap or there is none. */
export function joinReplacements(
  file: readonly string[],
  replacements: readonly Replacement[],
): Replacement | undefined {
  const sorted = [...replacements].sort((a, b) => a.first - b.first || a.last - b.last);
  const [start] = sorted;
  if (start === undefined) return undefined;
  const lines: string[] = [];
  let next = start.first;
  for (const replacement of sorted) {
    if (replacement.first < next) return undefined;
    lines.push(...file.slice(next, replacement.first), ...replacement.lines);
    next = Math.max(replacement.first, replacement.last + 1);
  }
  // An edit replaces lines: one that only puts in takes the line beside it along.
  if (next > start.first) return { first: start.first, last: next - 1, lines };
  const beside = file[next];
  return beside === undefined
    ? { first: next - 1, last: next - 1, lines: [file[next - 1] ?? "", ...lines] }
    : { first: next, last: next, lines: [...lines, beside] };
}

export function replaceLines(file: readonly string[], { first, last, lines }: Replacement): string[] {
  return [...file.slice(0, first), ...lines, ...file.slice(last + 1)];
}

import { indentWidth } from "./outline.ts";

/** Says enough to be no coincidence, as `}` or `*` would be. */
export function isTelling(line: string): boolean {
  return /\w{3}/.test(line) && line.trim().length >= 6;
}

/** Where the file has this line, white space at its ends aside, if it has it exactly once from `from` on. */
export function onlyPlace(line: string, file: readonly string[], from = 0): number | undefined {
  const text = line.trim();
  const first = file.findIndex((each, at) => at >= from && each.trim() === text);
  if (first === -1) return undefined;
  return file.findIndex((each, at) => at > first && each.trim() === text) === -1 ? first : undefined;
}

/**
 * The file's line that the block ends at, when it begins at `first`: its own last line, at the same depth, the
 * first time after everything else that both have.
 */
export function findEnd(
  block: readonly string[],
  file: readonly string[],
  first: number,
): number | undefined {
  const shift = indentWidth(file[first] ?? "") - indentWidth(block[0] ?? "");
  let from = first;
  for (const line of block) {
    const found = isTelling(line) ? onlyPlace(line, file, first) : undefined;
    if (found !== undefined) from = Math.max(from, found);
  }
  const last = block.at(-1) ?? "";
  if (block.length === 1) return first;
  const wanted = indentWidth(last) + shift;
  const end = file.findIndex(
    (line, at) => at >= from && line.trim() === last.trim() && indentWidth(line) === wanted,
  );
  return end === -1 ? undefined : end;
}

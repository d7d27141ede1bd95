import { findDefinition } from "./definitionBlocks.ts";
import { isElision } from "./elision.ts";
import { addImports, isImport } from "./importLines.ts";
import { matchIndentation } from "./indentation.ts";
import type { CodePlace } from "./codePlace.ts";
import { definitionsIn, indentWidth, isPreface, prefaceStart } from "./outline.ts";
import type { Replacement } from "./replacements.ts";
import { findEnd, isTelling, onlyPlace } from "./sameLines.ts";
import { isBlank } from "./target.ts";

/** Lines between two places where the block leaves code out. */
interface Segment {
  readonly lines: readonly string[];
  /** Columns in front of the “… existing code …” that follows; undefined at the end of the block. */
  readonly gapIndent: number | undefined;
}

/**
 * What a block with “… existing code …” replaces: each of its parts must begin and end at lines the file has, so
 * that what is left out is known to the line. Undefined when any of them is in doubt.
 */
export function replaceAroundGaps(
  block: readonly string[],
  place: CodePlace,
): readonly Replacement[] | undefined {
  const replacements: Replacement[] = [];
  const segments = splitAtGaps(block, place);
  let from = 0;
  /** The line that the last part began with: new members at the end belong into it. */
  let head: number | undefined;
  for (const [at, { lines, gapIndent }] of segments.entries()) {
    const isLast = at === segments.length - 1;
    if (lines.length === 0 || (isLast && lines.every((line) => /^\s*(?:[)}\]]+[;,)]*|end)\s*$/.test(line))))
      continue;
    if (lines.every((line) => isImport(line) || isBlank(line))) {
      replacements.push(...addImports(place.lines, lines));
      continue;
    }
    const first = findHead(lines, place, from);
    const last = first === undefined ? undefined : lastLine(lines, first, gapIndent, place);
    if (first === undefined) {
      const added = isLast ? appendNew(lines, head, place) : undefined;
      if (added === undefined) return undefined;
      replacements.push(added);
    } else if (last === undefined) {
      return undefined;
    } else {
      const old = place.lines.slice(first, last + 1);
      replacements.push({ first, last, lines: matchIndentation(lines, old, place.indent) });
      head ??= first;
      from = last + 1;
    }
  }
  return replacements;
}

function splitAtGaps(block: readonly string[], { lines: file, languageId }: CodePlace): Segment[] {
  const inFile = new Set(file.map((line) => line.trim()));
  const segments: Segment[] = [];
  let lines: string[] = [];
  const close = (gapIndent: number | undefined): void => {
    const first = lines.findIndex((line) => !isBlank(line));
    const whole = first === -1 ? [] : lines.slice(first, lines.findLastIndex((line) => !isBlank(line)) + 1);
    segments.push({ lines: whole, gapIndent });
    lines = [];
  };
  for (const line of block) {
    if (isElision(line, languageId) && !inFile.has(line.trim())) close(indentWidth(line));
    else lines.push(line);
  }
  close(undefined);
  return segments;
}

/** The line of the file that a part begins with: the same line, found once, or the definition of the same name. */
function findHead(lines: readonly string[], { lines: file }: CodePlace, from: number): number | undefined {
  const telling = lines.findIndex((line) => !isPreface(line) && !isBlank(line));
  const line = lines[telling] ?? "";
  const [own] = definitionsIn([line]);
  const known = definitionsIn(file).filter(({ first }) => first >= from);
  const named = own === undefined ? undefined : findDefinition(known, own.name, undefined);
  const found = onlyPlace(line, file, from) ?? (typeof named === "object" ? named.first : undefined);
  if (found === undefined || !(isTelling(line) || own !== undefined)) return undefined;
  return telling === 0 ? found : Math.max(from, prefaceStart(file, found));
}

function lastLine(
  lines: readonly string[],
  first: number,
  gapIndent: number | undefined,
  { lines: file }: CodePlace,
): number | undefined {
  const closing = definitionsIn(lines).filter(
    ({ last, indent }) => last === lines.length - 1 && indent >= (gapIndent ?? 0),
  );
  const known = definitionsIn(file).filter((definition) => definition.last >= first);
  // The outermost one that ends here; code left out inside it would have had its place deeper.
  for (const { name } of closing) {
    const same = findDefinition(known, name, undefined);
    if (typeof same === "object") return same.last;
  }
  return findEnd(lines, file, first);
}

/** New members before the end of what the block began with, or new code at the end of the file. */
function appendNew(
  lines: readonly string[],
  head: number | undefined,
  { lines: file, indent }: CodePlace,
): Replacement | undefined {
  const end = file.findLastIndex((line) => !isBlank(line));
  if (head === undefined) {
    const isTop = indentWidth(lines[0] ?? "") === 0;
    return isTop ? { first: end + 1, last: end, lines: ["", ...lines] } : undefined;
  }
  const around = definitionsIn(file).find(({ first }) => first >= head);
  const closer = file[around?.last ?? -1];
  if (around === undefined || around.first !== prefaceEnd(file, head) || closer === undefined)
    return undefined;
  const isClosed = lines.at(-1)?.trim() === closer.trim() && /^\s*(?:[)}\]]|end\b)/.test(closer);
  const isMember = indentWidth(lines[0] ?? "") > indentWidth(lines.at(-1) ?? "");
  if (!isClosed || !isMember) return undefined;
  const old = file.slice(around.first, around.last + 1);
  const before = isBlank(file[around.last - 1] ?? "") ? [] : [""];
  const fitted = matchIndentation([old[0] ?? "", ...lines], old, indent).slice(1);
  return { first: around.last, last: around.last, lines: [...before, ...fitted.slice(0, -1), closer] };
}

function prefaceEnd(file: readonly string[], line: number): number {
  let at = line;
  while (isPreface(file[at] ?? "")) at++;
  return at;
}

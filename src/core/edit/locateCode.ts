import type { CodePlace } from "./codePlace.ts";
import { replaceDefinitions } from "./definitionBlocks.ts";
import { replaceAroundGaps } from "./elidedBlock.ts";
import { isElision } from "./elision.ts";
import { isPatch } from "./fitAnswer.ts";
import { isImport } from "./importLines.ts";
import { matchIndentation } from "./indentation.ts";
import { splitLines } from "./lineReader.ts";
import { type Definition, definitionsIn, isBalanced, outerDefinitions } from "./outline.ts";
import { joinReplacements, replaceLines, type Replacement } from "./replacements.ts";
import { findEnd, isTelling, onlyPlace } from "./sameLines.ts";
import { isBlank } from "./target.ts";

/** Why a block is not put anywhere by itself. */
export type LocateProblem =
  | "empty"
  /** A patch instead of code. */
  | "patch"
  /** Commands for a shell. */
  | "shell"
  /** It leaves code out, and what is left out cannot be told to the line. */
  | "elided"
  /** Several places are as likely. */
  | "ambiguous"
  /** In the only place that fits, functions of the file would go that the block does not have. */
  | "deletes"
  /** The file has parts of it, but not where it begins and ends. */
  | "unclear"
  /** It is new, and no cursor says where to put it. */
  | "noCursor";

export type Located =
  | { readonly ok: true; readonly replacement: Replacement }
  | {
      readonly ok: false;
      readonly problem: LocateProblem;
      /** What it most likely means: to be reviewed only when the person asks for it. */
      readonly candidate?: Replacement;
    };

/**
 * Where a block of code from a chat belongs in a file: in place of the whole file, of the functions with its names,
 * of the lines that it begins and ends with, around what it leaves out, or at the cursor. When in doubt, nowhere.
 */
export function locateCode(code: string, language: string, place: CodePlace): Located {
  const block = trimBlank(splitLines(code.replace(/^\uFEFF/, "")));
  if (block.length === 0) return no("empty");
  if (isPatch(block, language, { lines: place.lines, languageId: place.languageId })) return no("patch");
  if (isShell(language) && place.languageId !== "shellscript") return no("shell");
  if (place.lines.every(isBlank)) return yes(wholeFile(block, place));
  const inFile = new Set(place.lines.map((line) => line.trim()));
  if (block.some((line) => isElision(line, place.languageId) && !inFile.has(line.trim()))) {
    const joined = joinReplacements(place.lines, replaceAroundGaps(block, place) ?? []);
    return joined === undefined ? no("elided") : (check(joined, place) ?? no("elided"));
  }
  return locateWhole(block, place);
}

function locateWhole(block: readonly string[], place: CodePlace): Located {
  const whole = isWholeFile(block, place.lines) ? check(wholeFile(block, place), place) : undefined;
  if (whole?.ok === true) return whole;
  const replacements = replaceDefinitions(block, place);
  if (replacements === "ambiguous") return no("ambiguous");
  const joined = joinReplacements(place.lines, replacements ?? []);
  const named = joined && check(joined, place);
  if (named?.ok === true) return named;
  const range = sameRange(block, place);
  const ranged = range && check(range, place);
  if (ranged?.ok === true) return ranged;
  return whole ?? named ?? ranged ?? insertNew(block, place);
}

/** The block as new code on the cursor's line, or after it when that holds code. */
export function insertAtCursor(code: string, place: CodePlace, cursor: number): Replacement {
  const block = trimBlank(splitLines(code.replace(/^\uFEFF/, "")));
  const line = place.lines[cursor] ?? "";
  const lines = matchIndentation(block, [line], place.indent);
  return { first: cursor, last: cursor, lines: isBlank(line) ? lines : [line, ...lines] };
}

function insertNew(block: readonly string[], place: CodePlace): Located {
  const telling = block.filter((line) => isTelling(line) && !isImport(line));
  const inFile = new Set(place.lines.map((line) => line.trim()));
  const shared = telling.filter((line) => inFile.has(line.trim()));
  const names = new Set(outerDefinitions(place.lines).map(({ name }) => name));
  const isKnown = definitionsIn(block).some(({ name }) => names.has(name));
  if (isKnown || shared.length * 2 > telling.length) return no("unclear");
  if (place.cursor === undefined) return no("noCursor");
  return yes(insertAtCursor(block.join("\n"), place, place.cursor));
}

/** Whether the block begins and ends as the file does, or has most of it. */
function isWholeFile(block: readonly string[], file: readonly string[]): boolean {
  const own = trimBlank(file);
  const isEnds = own[0]?.trim() === block[0]?.trim() && own.at(-1)?.trim() === block.at(-1)?.trim();
  const telling = new Set(own.filter(isTelling).map((line) => line.trim()));
  const inBlock = new Set(block.map((line) => line.trim()));
  const shared = [...telling].filter((line) => inBlock.has(line)).length;
  return (isEnds && isTelling(block[0] ?? "")) || (telling.size >= 3 && shared * 10 >= telling.size * 6);
}

function wholeFile(block: readonly string[], { lines: file, indent }: CodePlace): Replacement {
  if (file.every(isBlank)) return { first: 0, last: file.length - 1, lines: [...block, ""] };
  const first = file.findIndex((line) => !isBlank(line));
  const last = file.findLastIndex((line) => !isBlank(line));
  return { first, last, lines: matchIndentation(block, file.slice(first, last + 1), indent) };
}

/** The lines between the file's own ones that the block begins and ends with. */
function sameRange(block: readonly string[], { lines: file, indent }: CodePlace): Replacement | undefined {
  const [head = ""] = block;
  const first = isTelling(head) ? onlyPlace(head, file) : undefined;
  if (first === undefined) return undefined;
  const last = findEnd(block, file, first);
  if (last === undefined || (block.length === 1 && last === first)) return undefined;
  const old = file.slice(first, last + 1);
  if (!isBalanced(old) || !isBalanced(block)) return undefined;
  return { first, last, lines: matchIndentation(block, old, indent) };
}

/** Undefined when something would be there twice; a refusal when something would go. */
function check(replacement: Replacement, { lines: file }: CodePlace): Located | undefined {
  const lines = replaceLines(file, replacement);
  const before = countNames(outerDefinitions(file));
  const after = countNames(outerDefinitions(lines));
  const isDoubled = [...after].some(([name, count]) => count > 1 && count > (before.get(name) ?? 1));
  if (isDoubled || isBuriedAgain(before, file, lines)) return undefined;
  const isDeleted = [...before.keys()].some((name) => !after.has(name));
  return isDeleted ? { ok: false, problem: "deletes", candidate: replacement } : yes(replacement);
}

/** Whether something of the file would be in it once more, inside of something else. */
function isBuriedAgain(
  outer: ReadonlyMap<string, number>,
  before: readonly string[],
  after: readonly string[],
): boolean {
  const counts = countNames(definitionsIn(before));
  return [...countNames(definitionsIn(after))].some(
    ([name, count]) => outer.has(name) && count > (counts.get(name) ?? 0),
  );
}

function countNames(definitions: readonly Definition[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { name } of definitions) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function isShell(language: string): boolean {
  return /^(?:sh|bash|zsh|shell|console|shellsession|powershell|ps1|cmd|bat)$/i.test(language);
}

function trimBlank(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => !isBlank(line));
  return first === -1 ? [] : lines.slice(first, lines.findLastIndex((line) => !isBlank(line)) + 1);
}

function yes(replacement: Replacement): Located {
  return { ok: true, replacement };
}

function no(problem: LocateProblem): Located {
  return { ok: false, problem };
}

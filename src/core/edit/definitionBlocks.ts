import { addImports, isImport } from "./importLines.ts";
import { matchIndentation } from "./indentation.ts";
import {
  definitionsIn,
  indentWidth,
  isBalanced,
  isPreface,
  prefaceStart,
  type Definition,
} from "./outline.ts";
import type { CodePlace } from "./codePlace.ts";
import type { Replacement } from "./replacements.ts";
import { isBlank } from "./target.ts";

/** A definition of the block, with the comments and decorators above it. */
interface Chunk {
  readonly name: string;
  readonly preface: readonly string[];
  readonly body: readonly string[];
}

/**
 * Where a block of whole functions, methods or types belongs: each in the place of the one with its name, new ones
 * after their neighbour, imports beside the file's own. Undefined when it holds anything else, or none is known.
 */
export function replaceDefinitions(
  block: readonly string[],
  place: CodePlace,
): readonly Replacement[] | "ambiguous" | undefined {
  const parts = takeApart(block, place.lines);
  if (parts === undefined) return undefined;
  const known = definitionsIn(place.lines);
  const places: { readonly definition: Definition; chunks: Chunk[] }[] = [];
  const early: Chunk[] = [];
  for (const chunk of parts.chunks) {
    const definition = findDefinition(known, chunk.name, place.cursor);
    if (definition === "ambiguous") return "ambiguous";
    if (definition !== undefined) places.push({ definition, chunks: [...early.splice(0), chunk] });
    else (places.at(-1)?.chunks ?? early).push(chunk);
  }
  if (places.length === 0) return undefined;
  const replaced = places.map(({ definition, chunks }) => replaceOne(place, definition, chunks));
  if (replaced.some((each) => each === undefined)) return undefined;
  return [...addImports(place.lines, parts.imports), ...replaced.filter((each) => each !== undefined)];
}

function takeApart(
  block: readonly string[],
  file: readonly string[],
): { readonly chunks: readonly Chunk[]; readonly imports: readonly string[] } | undefined {
  const base = Math.min(...block.filter((line) => !isBlank(line)).map(indentWidth));
  const inFile = new Set(file.map((line) => line.trim()));
  const definitions = definitionsIn(block).filter(({ indent }) => indent === base);
  const chunks: Chunk[] = [];
  const imports: string[] = [];
  let next = 0;
  for (const { name, first, last } of [...definitions, undefined].map((each) => each ?? end(block))) {
    const start = prefaceStart(block, first);
    for (const line of block.slice(next, Math.max(next, start))) {
      if (isImport(line)) imports.push(line);
      else if (!isBlank(line) && !isPreface(line) && !inFile.has(line.trim())) return undefined;
    }
    if (first < block.length)
      chunks.push({ name, preface: block.slice(start, first), body: block.slice(first, last + 1) });
    next = last + 1;
  }
  return chunks.length > 0 && chunks.every(({ body }) => isBalanced(body)) ? { chunks, imports } : undefined;
}

function end(block: readonly string[]): Pick<Definition, "name" | "first" | "last"> {
  return { name: "", first: block.length, last: block.length };
}

/** The only one of this name, or the one the cursor is in. */
export function findDefinition(
  known: readonly Definition[],
  name: string,
  cursor: number | undefined,
): Definition | "ambiguous" | undefined {
  const same = known.filter((definition) => definition.name === name);
  const [only] = same;
  if (same.length <= 1) return only;
  return (
    same.findLast(({ first, last }) => cursor !== undefined && first <= cursor && cursor <= last) ??
    "ambiguous"
  );
}

function replaceOne(
  { lines: file, indent }: CodePlace,
  { first, last }: Definition,
  chunks: readonly Chunk[],
): Replacement | undefined {
  const old = file.slice(first, last + 1);
  if (!isBalanced(old)) return undefined;
  const start = chunks[0]?.preface.length === 0 ? first : prefaceStart(file, first);
  const lines = chunks.flatMap(({ preface, body }, at) => [...(at === 0 ? [] : [""]), ...preface, ...body]);
  const fitted = matchIndentation(lines, file.slice(start, last + 1), indent);
  return { first: start, last, lines: fitted.map((line) => keepExport(line, old[0] ?? "", chunks)) };
}

/** Snippets in a chat leave `export` out; code elsewhere needs it. */
function keepExport(line: string, old: string, chunks: readonly Chunk[]): string {
  const exported = /^(\s*)(export\s+(?:default\s+)?)/.exec(old);
  const isHead = chunks.some(({ body }) => body[0]?.trim() === line.trim());
  const isSame = definitionsIn([line])[0]?.name === definitionsIn([old])[0]?.name;
  if (exported === null || !isHead || !isSame || /^\s*export\b/.test(line)) return line;
  return `${exported[1] ?? ""}${exported[2] ?? ""}${line.trimStart()}`;
}

import type { Replacement } from "./replacements.ts";
import { isPreface } from "./outline.ts";
import { isBlank } from "./target.ts";

const importPattern =
  /^(?:import\b(?!\s*\()|from\s+\S+\s+import\b|(?:pub\s+)?use\s+[\w:{]|using\s+[\w.=\s]+;|#\s*include\b|require(?:_relative)?\s*\(?["']|(?:const|let|var)\s+[^=]+=\s*require\()/;

export function isImport(line: string): boolean {
  return importPattern.test(line);
}

/** Brings the imports among `wanted` that the file lacks to the others; one that says more replaces its like. */
export function addImports(file: readonly string[], wanted: readonly string[]): Replacement[] {
  const own = file.flatMap((line, at) => (isImport(line) ? [{ line, at }] : []));
  const missing = wanted.filter(
    (line) => isImport(line) && !own.some((each) => each.line.trim() === line.trim()),
  );
  const replaced: Replacement[] = [];
  const added: string[] = [];
  for (const line of missing) {
    const like = own.find((each) => saysMore(line, each.line));
    if (like === undefined) added.push(line);
    else replaced.push({ first: like.at, last: like.at, lines: [line] });
  }
  if (added.length === 0) return replaced;
  const lastOwn = own.at(-1);
  const start = file.findIndex(
    (line) => !isBlank(line) && !isPreface(line) && !/^(?:["']use |<\?php|package )/.test(line),
  );
  const first = lastOwn === undefined ? Math.max(0, start) : lastOwn.at + 1;
  const lines = lastOwn === undefined ? [...added, ""] : added;
  return [...replaced, { first, last: first - 1, lines }];
}

/** From the same module, with all the names that the other has. */
function saysMore(line: string, other: string): boolean {
  const source = (text: string): string | undefined => /["'][^"']+["']|^from\s+(\S+)/.exec(text)?.[0];
  const names = (text: string): string[] => text.match(/[\w$]+/g) ?? [];
  const own = new Set(names(line));
  return (
    source(line) !== undefined &&
    source(line) === source(other) &&
    names(other).every((name) => own.has(name))
  );
}

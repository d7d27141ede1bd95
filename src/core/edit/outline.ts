import { isBlank } from "./target.ts";

/** A function, method or type in a text, found by how its lines look. Line numbers from 0, both included. */
export interface Definition {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  /** Columns in front of its first line. */
  readonly indent: number;
  /** Whether it holds members, such as a class. */
  readonly isContainer: boolean;
}

const modifiers =
  /^(?:(?:export|default|declare|pub(?:\([^)]*\))?|public|private|protected|internal|static|abstract|final|async|override|virtual|sealed|partial|unsafe|inline|readonly|open|suspend|data)\s+)+/;
const keywordDefinition =
  /^(function\s*\*?|class|interface|enum|struct|trait|fn|func|fun|def|module|type|namespace|record|object|protocol)\s+(?:\(\s*\w*\s*\*?(\w+)[^)]*\)\s*)?([\w$.:]+)/;
const implementation = /^(?:impl|extension)\b[^{]*/;
const functionValue = /^(?:const|let|var|val)\s+([\w$]+)\b.*(?:=>|\bfunction\b|[{([])\s*(?:.*)$/;
const method =
  /^(?:(?:get|set)\s+)?(?:[\w<>[\],.?&*]+\s+)*?([\w$#]+)\s*(?:<[^>]*>)?\([^;]*\)\s*(?::[^=;]+|throws [\w, ]+|const|noexcept|->.*)?\{(?:.*\})?$/;
const noMethod =
  /^(?:if|for|while|switch|catch|return|else|do|with|await|new|throw|typeof|function|foreach|using|lock|match)$/;
const containers = /^(?:class|interface|enum|struct|trait|module|namespace|record|object|protocol|impl)$/;

/** The name a line begins to define, and whether what it names holds members. */
function definedBy(line: string): { readonly name: string; readonly isContainer: boolean } | undefined {
  const text = line.trim().replace(modifiers, "");
  const [, keyword, receiver, name] = keywordDefinition.exec(text) ?? [];
  if (keyword !== undefined && name !== undefined) {
    const full = receiver === undefined ? name : `${receiver}.${name}`;
    return { name: full.replace(/[:.]+$/, ""), isContainer: containers.test(keyword) };
  }
  const block = implementation.exec(text)?.[0];
  if (block !== undefined) return { name: block.trim(), isContainer: true };
  const value = functionValue.exec(text)?.[1];
  if (value !== undefined) return { name: value, isContainer: false };
  const called = /\bfunction\b|=>/.test(text) ? undefined : method.exec(text)?.[1];
  const isMethod =
    called !== undefined && !noMethod.test(called) && !/^(?:return|else|new|await)\b/.test(text);
  return isMethod ? { name: called, isContainer: false } : undefined;
}

/** What the lines define, in order, inner ones after those around them. */
export function definitionsIn(lines: readonly string[]): Definition[] {
  return lines.flatMap((line, first) => {
    const found = definedBy(line);
    if (found === undefined) return [];
    return [{ ...found, first, last: blockEnd(lines, first), indent: indentWidth(line) }];
  });
}

/** Those at the top, and the members of classes and the like: what code elsewhere may use. */
export function outerDefinitions(lines: readonly string[]): Definition[] {
  const all = definitionsIn(lines);
  return all.filter((inner) =>
    all.every(
      (outer) =>
        outer === inner || outer.isContainer || !(outer.first < inner.first && inner.first <= outer.last),
    ),
  );
}

/** The last line of a block that begins with `first`, by indentation and by what closes it. */
function blockEnd(lines: readonly string[], first: number): number {
  const indent = indentWidth(lines[first] ?? "");
  let last = first;
  for (let at = first + 1; at < lines.length; at++) {
    const line = lines[at] ?? "";
    if (isBlank(line)) continue;
    const width = indentWidth(line);
    if (width < indent || (width === indent && !/^\s*(?:[)}\]]|end\b|\{\s*$)/.test(line))) break;
    last = at;
    if (width === indent && !/(?:[{(:,]|=>)\s*$/.test(line)) break;
  }
  return last;
}

/** Width of the white space in front, in columns; a tab counts as four. */
export function indentWidth(line: string): number {
  const space = line.slice(0, line.length - line.trimStart().length);
  return space.length + 3 * space.replaceAll(/[^\t]/g, "").length;
}

/** The first of the comment and decorator lines right above a line. */
export function prefaceStart(lines: readonly string[], line: number): number {
  let first = line;
  while (first > 0 && isPreface(lines[first - 1] ?? "")) first--;
  return first;
}

/** A comment or a decorator. */
export function isPreface(line: string): boolean {
  return /^\s*(?:\/\/|\/\*|\*|#(?!\s*(?:include|define|if|endif|pragma)\b)|--\s|@[\w(]|\[\w[\w(),."= ]*\]\s*$)/.test(
    line,
  );
}

/** Whether what is opened in the lines is closed in them, as far as counting tells. */
export function isBalanced(lines: readonly string[]): boolean {
  const code = lines.join("\n").replace(/"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\/\/.*/g, "");
  let depth = 0;
  for (const char of code) {
    if (char === "{") depth++;
    else if (char === "}" && --depth < 0) return false;
  }
  return depth === 0;
}

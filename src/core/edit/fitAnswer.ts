import type { AnswerProblem, CodeAnswer } from "./codeAnswer.ts";
import { isElision } from "./elision.ts";
import { diffLines } from "./lineDiff.ts";
import { matchIndentation } from "./indentation.ts";
import { outerDefinitions } from "./outline.ts";
import { cutToTarget } from "./surroundings.ts";
import { isBlank, type EditTarget } from "./target.ts";

export type FitProblem =
  | AnswerProblem
  /** Some of the selection's several functions alone: the others would go. */
  | "fragment"
  /** Placeholders such as `// ... existing code ...` stand for code that is not there. */
  | "elided"
  /** The answer repeats code that stands before or after the selection. */
  | "outside"
  /** A patch instead of code. */
  | "patch"
  /** The tag that marks the selection came back inside the code. */
  | "tag";

/**
 * The replacement for the target's lines, or why there is none. `candidate` is what the answer most likely means:
 * it may be reviewed when the person asks for it, never by itself.
 */
export type FittedAnswer =
  | { readonly ok: true; readonly lines: readonly string[] }
  | { readonly ok: false; readonly problem: FitProblem; readonly candidate?: readonly string[] };

/** Fits a complete answer to the code it replaces. `tag` is the one the prompt marked the selection with. */
export function fitAnswer(answer: CodeAnswer, target: EditTarget, tag: string): FittedAnswer {
  const fitted = fitLines(answer.lines, answer.language, target, tag);
  switch (answer.problem) {
    case undefined:
      return fitted;
    case "empty":
    case "cutOff":
    case "severalBlocks":
      return { ok: false, problem: answer.problem };
    case "textAround":
    case "noCodeBlock": {
      const problem = answer.problem;
      const isCandidate = fitted.ok && (problem === "textAround" || looksLikeCode(answer.lines, target));
      return isCandidate ? { ok: false, problem, candidate: fitted.lines } : { ok: false, problem };
    }
  }
}

function fitLines(
  given: readonly string[],
  language: string | undefined,
  target: EditTarget,
  tag: string,
): FittedAnswer {
  const untagged = withoutTags(trimBlank(withoutBom(given, target)), tag);
  if (untagged === undefined) return { ok: false, problem: "tag" };
  if (isPatch(untagged, language, target)) return { ok: false, problem: "patch" };
  const known = new Set([...target.lines, ...target.before, ...target.after].map((line) => line.trim()));
  if (untagged.some((line) => !known.has(line.trim()) && isElision(line, target.languageId))) {
    return { ok: false, problem: "elided" };
  }
  const cut = cutToTarget(untagged, target);
  if (cut.lines === undefined) return { ok: false, problem: "outside" };
  const fitted = tidy(matchIndentation(trimBlank(cut.lines), target.lines, target.indent), target);
  // A file that is new ends with a line break, as files do.
  const isNewFile = [...target.before, ...target.lines, ...target.after].join("") === "";
  const lines = isNewFile && fitted.join("") !== "" ? [...fitted, ""] : fitted;
  if (!cut.isCertain) return { ok: false, problem: "outside", candidate: lines };
  return isFragment(lines, target)
    ? { ok: false, problem: "fragment", candidate: lines }
    : { ok: true, lines };
}

/** Whether the lines define nothing but a part, at most half, of what the target defines. */
function isFragment(lines: readonly string[], target: EditTarget): boolean {
  const names = (all: readonly string[]) => new Set(outerDefinitions(all).map(({ name }) => name));
  const [old, given] = [names(target.lines), names(lines)];
  return given.size > 0 && [...given].every((name) => old.has(name)) && given.size * 2 <= old.size;
}

function withoutBom(lines: readonly string[], target: EditTarget): readonly string[] {
  const [first, ...others] = lines;
  if (first?.startsWith("\uFEFF") !== true || target.lines[0]?.startsWith("\uFEFF") === true) return lines;
  return [first.slice(1), ...others];
}

/** Without the blank lines at both ends: the target has none there. One empty line is left of nothing. */
function trimBlank(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => !isBlank(line));
  return first === -1 ? [""] : lines.slice(first, lines.findLastIndex((line) => !isBlank(line)) + 1);
}

function withoutTags(lines: readonly string[], tag: string): readonly string[] | undefined {
  const isTag = (line: string | undefined): boolean =>
    line?.trim() === `<${tag}>` || line?.trim() === `</${tag}>`;
  if (!lines.some(isTag)) return lines;
  const inner = lines.slice(1, -1);
  return isTag(lines[0]) && isTag(lines.at(-1)) && !inner.some(isTag) ? trimBlank(inner) : undefined;
}

/** Whether the lines are a patch or hold the marks of a merge conflict. */
export function isPatch(
  lines: readonly string[],
  language: string | undefined,
  target: Pick<EditTarget, "lines" | "languageId">,
): boolean {
  if (target.languageId === "diff") return false;
  if (language === "diff" || language === "patch") return true;
  const isMarker = (line: string): boolean =>
    /^@@ -\d+(?:,\d+)? \+\d+/.test(line) || /^(?:<{7}|>{7}) /.test(line);
  return lines.some((line) => isMarker(line) && !target.lines.includes(line));
}

/** Keeps the white space that old lines end with, and adds none to lines that are new. */
function tidy(lines: readonly string[], target: EditTarget): string[] {
  const ends = new Set(target.lines.filter((line) => line !== line.trimEnd()));
  const endsMatter = target.languageId === "markdown" || ends.size > 0;
  if (!endsMatter) return lines.map((line) => line.trimEnd());
  const moved = new Map(target.lines.filter((line) => !isBlank(line)).map((line) => [line.trimEnd(), line]));
  const ended = (line: string): string => (ends.has(line) ? line : (moved.get(line.trimEnd()) ?? line));
  const bare = (all: readonly string[]): string[] => all.map((line) => line.trimEnd());
  let [oldAt, newAt] = [0, 0];
  const tidied: string[] = [];
  for (const { type } of diffLines(bare(target.lines), bare(lines))) {
    if (type === "same") tidied.push(target.lines[oldAt] ?? "");
    if (type === "added") tidied.push(ended(lines[newAt] ?? ""));
    if (type !== "added") oldAt++;
    if (type !== "removed") newAt++;
  }
  return tidied;
}

/** An answer without a fence that shares enough lines with the code it should replace. */
function looksLikeCode(lines: readonly string[], target: EditTarget): boolean {
  const known = new Set(target.lines.map((line) => line.trim()).filter((line) => line.length > 2));
  const said = lines.map((line) => line.trim()).filter((line) => line.length > 2);
  return said.length > 0 && said.filter((line) => known.has(line)).length >= said.length * 0.3;
}

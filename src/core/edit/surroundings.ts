import { isBlank, type EditTarget } from "./target.ts";

export interface CutAnswer {
  /** Undefined when the answer is code for another place altogether. */
  readonly lines: readonly string[] | undefined;
  /** False when the cut is a guess that a person should see first. */
  readonly isCertain: boolean;
}

/** More lines of the surroundings than this are not looked for. */
const maxRepeated = 50;

/**
 * Takes away what an answer repeats of the code around the target. The whole file given back, word for word but
 * for the target, is certain; a few lines of the surroundings are a guess.
 */
export function cutToTarget(answer: readonly string[], target: EditTarget): CutAnswer {
  const before = trimStart(target.before);
  const after = trimEnd(target.after);
  if (isWholeFile(answer, before, after)) {
    return { lines: answer.slice(before.length, answer.length - after.length), isCertain: true };
  }
  if (opensLikeFile(answer, before, target)) return { lines: undefined, isCertain: false };
  const head = repeated(before, answer, target.lines, "head");
  const tail = repeated(after, answer, target.lines, "tail");
  if (head + tail === 0 || head + tail >= answer.length)
    return { lines: answer, isCertain: head + tail === 0 };
  const lines = answer.slice(head, answer.length - tail);
  const goesOn = tail === 0 && hasLike(lines, after.find(isTelling), target.lines);
  return { lines: goesOn ? undefined : lines, isCertain: false };
}

/** Whether a line begins as `next` does and none of the `own` ones: the code behind the target, but changed. */
function hasLike(lines: readonly string[], next: string | undefined, own: readonly string[]): boolean {
  const opening = /^\s*[\w.$ ]{6,}/.exec(next ?? "")?.[0].trimEnd();
  if (opening === undefined) return false;
  const isLike = (line: string): boolean => line.startsWith(opening);
  return lines.some(isLike) && !own.some(isLike);
}

function isWholeFile(
  answer: readonly string[],
  before: readonly string[],
  after: readonly string[],
): boolean {
  return (
    answer.length >= before.length + after.length &&
    [...before, ...after].filter(isTelling).length >= 2 &&
    before.every((line, i) => isSame(line, answer[i])) &&
    after.every((line, i) => isSame(line, answer[answer.length - after.length + i]))
  );
}

/** The file's first telling lines at the answer's start: a whole file, but another one. */
function opensLikeFile(answer: readonly string[], before: readonly string[], target: EditTarget): boolean {
  const opening = before.slice(0, 2);
  return (
    opening.length === 2 &&
    opening.every((line, i) => isTelling(line) && isSame(line, answer[i]) && !isSame(line, target.lines[i]))
  );
}

/** How many lines at the answer's head or tail are the ones next to the target, and not the target's own. */
function repeated(
  around: readonly string[],
  answer: readonly string[],
  own: readonly string[],
  end: "head" | "tail",
): number {
  const at = (lines: readonly string[], i: number): string | undefined =>
    end === "head" ? lines[i] : lines[lines.length - 1 - i];
  for (let count = Math.min(around.length, answer.length, maxRepeated); count > 0; count--) {
    const slice = end === "head" ? around.slice(-count) : around.slice(0, count);
    const isRepeated = slice.every((_, i) => at(slice, i)?.trim() === at(answer, i)?.trim());
    const isOwn = slice.every((_, i) => at(slice, i)?.trim() === at(own, i)?.trim());
    if (isRepeated && !isOwn && slice.some(isTelling)) return count;
  }
  return 0;
}

function isSame(a: string | undefined, b: string | undefined): boolean {
  return a?.trimEnd() === b?.trimEnd();
}

/** Says enough to be no coincidence, as `}` or `*` would be. */
function isTelling(line: string): boolean {
  return /\w{3}/.test(line) && line.trim().length >= 6;
}

function trimStart(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => !isBlank(line));
  return first === -1 ? [] : lines.slice(first);
}

function trimEnd(lines: readonly string[]): readonly string[] {
  return lines.slice(0, lines.findLastIndex((line) => !isBlank(line)) + 1);
}

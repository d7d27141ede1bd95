/** What a match is worth: at the start of a word, right after the last one, in the name rather than in a folder. */
const wordStart = 8;
const consecutive = 10;
const inName = 4;
/** Taken off for each character passed over between two matches. */
const gap = 0.4;
/** Taken off for each character of the text, so that of equal matches the shortest text wins. */
const length = 0.02;

/** A query made ready: its words, all of which must be found, in any order. */
export function fuzzyWords(query: string): readonly string[] {
  return query
    .toLowerCase()
    .replaceAll("\\", "/")
    .split(/\s+/)
    .filter((word) => word !== "");
}

/**
 * How well all words are found in a path or a name, each as characters in order with anything between them;
 * undefined when one is not. Higher is better. Without words everything is found.
 */
export function fuzzyScore(words: readonly string[], text: string): number | undefined {
  const lower = text.toLowerCase();
  let total = -lower.length * length;
  for (const word of words) {
    if (!isSubsequence(word, lower)) return undefined;
    // Lower case may be longer than the text, as for “İ”: then word starts are those of the lower case.
    total += bestAlignment(word, lower, lower.length === text.length ? text : lower);
  }
  return total;
}

function isSubsequence(word: string, text: string): boolean {
  let at = -1;
  for (const character of word) {
    at = text.indexOf(character, at + 1);
    if (at === -1) return false;
  }
  return true;
}

/** The best of all ways to find the word's characters in order. */
function bestAlignment(word: string, lower: string, text: string): number {
  const nameStart = lower.lastIndexOf("/") + 1;
  /** Best score of the characters so far with the last one matched exactly here. */
  let ending = new Float64Array(lower.length).fill(-Infinity);
  for (let index = 0; index < word.length; index++) {
    const next = new Float64Array(lower.length).fill(-Infinity);
    /** Best score of the characters before this one, with what the gap since has cost. */
    let before = index === 0 ? 0 : -Infinity;
    for (let at = 0; at < lower.length; at++) {
      if (lower[at] === word[index]) {
        const adjacent = at > 0 ? (ending[at - 1] ?? -Infinity) + consecutive : -Infinity;
        const worth = (isWordStart(text, at) ? wordStart : 0) + (at >= nameStart ? inName : 0);
        next[at] = Math.max(before, adjacent) + worth;
      }
      if (index > 0) before = Math.max(before - gap, (ending[at] ?? -Infinity) - gap);
    }
    ending = next;
  }
  return ending.reduce((best, score) => Math.max(best, score), -Infinity);
}

function isWordStart(text: string, at: number): boolean {
  const before = text[at - 1];
  const here = text[at] ?? "";
  if (before === undefined || /[\s/\\._\-:#]/.test(before)) return true;
  return isUpper(here) && !isUpper(before);
}

function isUpper(character: string): boolean {
  return character !== character.toLowerCase();
}

import { fuzzyScore, fuzzyWords } from "./fuzzyScore.ts";

/** Something that can be found. */
export interface Candidate<T> {
  readonly value: T;
  /** What the query is looked for in: a path, or a name. */
  readonly text: string;
  /** Added to its score, e.g. for what is open. */
  readonly bonus: number;
}

/** Those of the candidates that the query finds, best first; of equal ones, in the order they came. */
export function rank<T>(query: string, candidates: Iterable<Candidate<T>>, limit: number): readonly T[] {
  const words = fuzzyWords(query);
  const found: { readonly value: T; readonly score: number }[] = [];
  for (const { value, text, bonus } of candidates) {
    const score = fuzzyScore(words, text);
    if (score !== undefined) found.push({ value, score: score + bonus });
  }
  return found
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ value }) => value);
}

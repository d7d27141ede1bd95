/** The part of a diff that is about one file. */
export interface FileDiff {
  /** The paths before and after the change as git's first line has them, e.g. `a/src/x.ts b/src/x.ts`. */
  readonly paths: string;
  readonly text: string;
}

/** Cuts git's output at each line that begins another file. */
export function splitDiff(diff: string): readonly FileDiff[] {
  return diff
    .split(/^(?=diff --(?:git|cc|combined) )/m)
    .filter((text) => text.startsWith("diff --"))
    .map((text) => ({ paths: /^diff --\w+ (.*)$/m.exec(text)?.[1] ?? "", text }));
}

/** The part of a diff that is about one file. */
export interface FileDiff {
  /** The paths before and after the change as git's first line has them, e.g. `a/src/x.ts b/src/x.ts`. */
  readonly paths: string;
  readonly text: string;
}

/** Where the part of another file begins: of a merge, git names it `cc` or `combined`. */
export const fileStart = /^(?=diff --(?:git|cc|combined) )/m;

/** Cuts git's output at each line that begins another file. */
export function splitDiff(diff: string): readonly FileDiff[] {
  return diff
    .split(fileStart)
    .filter((text) => text.startsWith("diff --"))
    .map((text) => ({ paths: /^diff --\w+ (.*)$/m.exec(text)?.[1] ?? "", text }));
}

/**
 * Every path that the header of a file's part names, that before a rename included. The prefixes that git writes
 * before them (`a/`, `i/`, or what its settings say) stay, so only the ends are sure. Where a path holds spaces and
 * git's first line alone names it, its pieces are given.
 */
export function pathsOf({ paths, text }: FileDiff): readonly string[] {
  const [header = ""] = text.split(/^@@/m, 1);
  const named = Array.from(
    header.matchAll(/^(?:---|\+\+\+|(?:rename|copy) (?:from|to)) ([^\t\n\r]+)/gm),
    ([, path]) => unquoted(path ?? ""),
  );
  const first = Array.from(paths.matchAll(/"(?:[^"\\]|\\.)*"|\S+/g), ([path]) => unquoted(path));
  return [...new Set([...named, ...first])].filter((path) => path !== "/dev/null");
}

const escapes = new Map(
  Object.entries({ a: "\u0007", b: "\b", t: "\t", n: "\n", v: "\v", f: "\f", r: "\r" }),
);

/** A path as it is, where git writes it in quotes: bytes that are no ASCII come as three octal digits. */
function unquoted(path: string): string {
  if (!/^".*"$/s.test(path)) return path;
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  for (const [, octal, escaped, plain] of path.slice(1, -1).matchAll(/\\([0-7]{3})|\\(.)|([^\\]+)/gs)) {
    if (octal !== undefined) bytes.push(Number.parseInt(octal, 8));
    else bytes.push(...encoder.encode(plain ?? escapes.get(escaped ?? "") ?? escaped));
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

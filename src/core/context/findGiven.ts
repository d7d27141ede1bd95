/** Where a file holds what was given of it. */
export interface GivenPlace {
  /** From 1, both included; undefined for the file as a whole. */
  readonly lines: readonly [first: number, last: number] | undefined;
}

/** Of a piece of context. */
export interface Given {
  readonly text: string;
  /** From 1; undefined for the file as a whole. */
  readonly startLine?: number;
  /** What was left out, when it was cut. */
  readonly cut?: string;
}

/** Undefined when the file says something else by now. Lines are found elsewhere when code was added above them. */
export function findGiven(fileText: string, { text, startLine, cut }: Given): GivenPlace | undefined {
  const now = plain(fileText);
  const given = plain(text);
  if (startLine === undefined) {
    const isThere = cut === undefined ? now === given : now.startsWith(given);
    return isThere ? { lines: undefined } : undefined;
  }
  // Breaks on both sides make whole lines of it; what was cut may end within one.
  const file = `\n${now}\n`;
  const kept = cut === undefined ? given : given.replace(/\n$/, "");
  const wanted = cut === undefined ? `\n${kept}\n` : `\n${kept}`;
  const before = file.split("\n").slice(0, startLine).join("\n").length;
  const at = file.startsWith(wanted, before) ? before : kept.trim() === "" ? -1 : file.indexOf(wanted);
  if (at === -1) return undefined;
  const first = breaksIn(file.slice(0, at)) + 1;
  return { lines: [first, first + breaksIn(kept)] };
}

/** Files differ in how they end lines; an open document has no mark for its encoding. */
function plain(text: string): string {
  return text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
}

function breaksIn(text: string): number {
  return text.split("\n").length - 1;
}

import { isBlank, type IndentStyle } from "./target.ts";

interface Line {
  /** Width of the white space in front, in columns. */
  readonly width: number;
  readonly rest: string;
  readonly text: string;
}

/**
 * Gives an answer the indentation of the code it replaces: tabs or spaces, the width of a level, and the level
 * it starts at. Models give code back dedented, or in the style they like best. Blank lines become empty.
 */
export function matchIndentation(
  answer: readonly string[],
  original: readonly string[],
  editor: IndentStyle,
): string[] {
  const style = styleOf(original, editor);
  const old = measure(original, style.size);
  const lines = measure(answer, usesTabs(answer) ? style.size : 1);
  const factor = factorOf(lines, old) ?? (style.tabs && !usesTabs(answer) ? style.size / levelOf(lines) : 1);
  const by = shiftOf(lines, old, factor);
  const known = new Set(original);
  return lines.map((line, index) => {
    if (line.rest === "") return "";
    if (factor === 1 && by.others === 0 && known.has(line.text)) return line.text;
    const move = index === 0 ? by.first : by.others;
    return indentText(Math.max(0, scaled(line, lines, factor) + move), style) + line.rest;
  });
}

function usesTabs(lines: readonly string[]): boolean {
  return lines.some((line) => line.startsWith("\t") && !isBlank(line));
}

function styleOf(original: readonly string[], editor: IndentStyle): IndentStyle {
  const indented = original.filter((line) => /^[ \t]+\S/.test(line));
  if (indented.length === 0) return editor;
  const tabs = indented.filter((line) => line.startsWith("\t")).length * 2 >= indented.length;
  return { tabs, size: editor.size };
}

function measure(lines: readonly string[], tabSize: number): Line[] {
  return lines.map((text) => {
    const rest = text.trimStart();
    let width = 0;
    for (const char of text.slice(0, text.length - rest.length)) {
      width = char === "\t" ? width + tabSize - (width % tabSize) : width + 1;
    }
    return { width, rest, text };
  });
}

function indentText(width: number, style: IndentStyle): string {
  const tabs = style.tabs ? Math.floor(width / style.size) : 0;
  return "\t".repeat(tabs) + " ".repeat(width - tabs * style.size);
}

/** The smallest indentation of any line that is not blank; infinite if there is none. */
function leftmost(lines: readonly Line[]): number {
  return Math.min(...lines.filter((line) => line.rest !== "").map((line) => line.width));
}

function scaled(line: Line, lines: readonly Line[], factor: number): number {
  if (factor === 1) return line.width;
  const base = leftmost(lines);
  return base + Math.round((line.width - base) * factor);
}

/**
 * Levels of another width, such as 2 columns against 4: lines that both texts have tell it. Only when every such
 * line agrees on one factor, and at least one that is indented says so.
 */
function factorOf(lines: readonly Line[], old: readonly Line[]): number | undefined {
  const [base, oldBase] = [leftmost(lines), leftmost(old)];
  const oldWidths = uniqueWidths(old);
  const factors = new Set<number>();
  for (const [rest, width] of uniqueWidths(lines)) {
    const oldWidth = oldWidths.get(rest);
    if (oldWidth === undefined) continue;
    const [from, to] = [width - base, oldWidth - oldBase];
    if (from !== 0 || to !== 0) factors.add(from === 0 ? 0 : to / from);
  }
  const [factor] = factors;
  return factors.size === 1 && factor !== undefined && [0.25, 0.5, 1, 2, 4].includes(factor)
    ? factor
    : undefined;
}

/** Indentation of the lines whose text occurs once. */
function uniqueWidths(lines: readonly Line[]): Map<string, number> {
  const widths = new Map<string, number>();
  const repeated = new Set<string>();
  for (const { rest, width } of lines) {
    if (widths.has(rest)) repeated.add(rest);
    widths.set(rest, width);
  }
  for (const rest of [...repeated, ""]) widths.delete(rest);
  return widths;
}

/** Columns of one level: the smallest step to the right that the text takes. */
function levelOf(lines: readonly Line[]): number {
  const base = leftmost(lines);
  const steps = lines
    .filter((line) => line.rest !== "" && line.width > base + 1)
    .map((line) => line.width - base);
  return steps.length === 0 ? 1 : Math.min(...steps);
}

/** How far to move the first line and all others, in columns. */
function shiftOf(
  lines: readonly Line[],
  old: readonly Line[],
  factor: number,
): { first: number; others: number } {
  const oldBase = old.every((line) => line.rest === "")
    ? Math.min(...old.map((line) => line.width))
    : leftmost(old);
  const base = leftmost(lines);
  const by = Number.isFinite(base) && Number.isFinite(oldBase) ? oldBase - base : 0;
  const isLost = by > 0 && factor === 1 && isFirstLineLost(lines, old, oldBase);
  return { first: by, others: isLost ? 0 : by };
}

/** Models often begin at column 0 and indent every other line as it was. */
function isFirstLineLost(lines: readonly Line[], old: readonly Line[], oldBase: number): boolean {
  const [first, ...others] = lines;
  const [oldFirst, ...oldOthers] = old;
  if (first === undefined || oldFirst === undefined) return false;
  const next = leftmost(others);
  return (
    Number.isFinite(next) &&
    first.width < Math.min(next, oldBase) &&
    oldFirst.width === oldBase &&
    next === leftmost(oldOthers)
  );
}

/** The same for lines that are still arriving: decided by the first one, so a guess. */
export class PreviewIndent {
  readonly #original: readonly string[];
  readonly #editor: IndentStyle;
  #move: { readonly from: string; readonly to: string } | undefined;

  constructor(original: readonly string[], editor: IndentStyle) {
    this.#original = original;
    this.#editor = editor;
  }

  fit(line: string): string {
    if (isBlank(line)) return "";
    this.#move ??= this.#decide(line);
    const { from, to } = this.#move;
    return line.startsWith(from) ? to + line.slice(from.length) : line;
  }

  #decide(line: string): { from: string; to: string } {
    const indentOf = (text: string): string => text.slice(0, text.length - text.trimStart().length);
    const [fitted = line] = matchIndentation([line], this.#original, this.#editor);
    return { from: indentOf(line), to: this.#original.includes(line) ? indentOf(line) : indentOf(fitted) };
  }
}

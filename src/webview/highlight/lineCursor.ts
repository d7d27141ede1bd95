import type { StringStream } from "@codemirror/streamparser";

type Match = string | RegExp | ((char: string) => boolean);

/** Columns of a tab, as the modes count them. */
const tabSize = 4;

/** A place in a line of code: what a stream mode reads from. */
export class LineCursor implements Pick<StringStream, keyof StringStream> {
  readonly string: string;
  readonly indentUnit = 2;
  pos = 0;
  start = 0;

  constructor(line: string) {
    this.string = line;
  }

  eol(): boolean {
    return this.pos >= this.string.length;
  }

  sol(): boolean {
    return this.pos === 0;
  }

  peek(): string | undefined {
    return this.string[this.pos];
  }

  next(): string | undefined {
    return this.string[this.pos++];
  }

  eat(match: Match): string | undefined {
    const char = this.peek();
    return char !== undefined && fits(char, match) ? this.next() : undefined;
  }

  eatWhile(match: Match): boolean {
    const from = this.pos;
    while (this.eat(match) !== undefined);
    return this.pos > from;
  }

  eatSpace(): boolean {
    return this.eatWhile(/[\s\u00a0]/);
  }

  skipToEnd(): void {
    this.pos = this.string.length;
  }

  skipTo(char: string): boolean {
    const found = this.string.indexOf(char, this.pos);
    if (found >= 0) this.pos = found;
    return found >= 0;
  }

  backUp(count: number): void {
    this.pos -= count;
  }

  column(): number {
    return columns(this.string.slice(0, this.start));
  }

  indentation(): number {
    return columns(/^\s*/.exec(this.string)?.[0] ?? "");
  }

  match(pattern: string | RegExp, consume = true, ignoreCase = false): boolean | RegExpMatchArray | null {
    if (typeof pattern === "string") {
      const found = this.string.slice(this.pos, this.pos + pattern.length);
      const same = ignoreCase ? found.toLowerCase() === pattern.toLowerCase() : found === pattern;
      if (same && consume) this.pos += pattern.length;
      return same;
    }
    const found = pattern.exec(this.string.slice(this.pos));
    if (found === null || found.index > 0) return null;
    if (consume) this.pos += found[0].length;
    return found;
  }

  current(): string {
    return this.string.slice(this.start, this.pos);
  }
}

function fits(char: string, match: Match): boolean {
  if (typeof match === "string") return char === match;
  return match instanceof RegExp ? match.test(char) : match(char);
}

function columns(text: string): number {
  let column = 0;
  for (const char of text) column += char === "\t" ? tabSize - (column % tabSize) : 1;
  return column;
}

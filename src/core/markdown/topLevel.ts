import type { Token } from "markdown-it";

/** A block with its tokens, and its lines: first, and one behind the last. */
export interface BlockSpan {
  readonly tokens: readonly Token[];
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** The blocks at `level` of `tokens`: 0 for those of the document, 1 for the items of a list. */
export function blockSpans(tokens: readonly Token[], level: number): BlockSpan[] {
  const spans: BlockSpan[] = [];
  let from = 0;
  tokens.forEach((token, at) => {
    if (token.level !== level) return;
    if (token.nesting === 1) from = at;
    const open = token.nesting === 0 ? token : tokens[from];
    if (token.nesting === 1 || !open?.map) return;
    const [start, end] = open.map;
    spans.push({
      tokens: tokens.slice(token.nesting === 0 ? at : from, at + 1),
      type: open.type,
      start,
      end,
    });
  });
  return spans;
}

/** Lines of a source by number. */
export class Lines {
  readonly #source: string;
  readonly #starts = [0];

  constructor(source: string) {
    this.#source = source;
    for (let at = source.indexOf("\n"); at >= 0; at = source.indexOf("\n", at + 1)) this.#starts.push(at + 1);
  }

  /** Offset at which line `line` begins. */
  offset(line: number): number {
    return this.#starts[line] ?? this.#source.length;
  }

  /** Is this a line, ended by a line end, that holds nothing? */
  isBlank(line: number): boolean {
    const start = this.#starts[line];
    const end = this.#starts[line + 1];
    return start !== undefined && end !== undefined && /^[ \t]*\n$/.test(this.#source.slice(start, end));
  }

  /** Does no further line that has ended follow? */
  isLast(line: number): boolean {
    return line + 2 >= this.#starts.length;
  }

  /** Lines `start` to `end`, without the latter. */
  slice(start: number, end: number): string {
    return this.#source.slice(this.offset(start), this.offset(end));
  }

  text(line: number): string {
    return this.#source.slice(this.offset(line), this.offset(line + 1)).trimEnd();
  }
}

/** Can nothing that follows change this block, the last one of `lines`? */
export function isClosed(span: BlockSpan, lines: Lines): boolean {
  switch (span.type) {
    case "heading_open":
    case "hr":
      return !mayBeTableHeader(span, lines);
    case "fence": {
      const markup = span.tokens[0]?.markup ?? "";
      const last = lines.text(span.end - 1);
      return span.end - span.start > 1 && new RegExp(`^ {0,3}${markup}${markup[0] ?? ""}*$`).test(last);
    }
    case "paragraph_open":
    case "table_open":
    case "blockquote_open":
      return lines.isBlank(span.end);
    default:
      return false;
  }
}

/** A line with a bar, whatever it looks like, is the header of a table if a delimiter row follows it. */
export function mayBeTableHeader(span: BlockSpan, lines: Lines): boolean {
  return lines.isLast(span.start) && lines.text(span.start).includes("|");
}

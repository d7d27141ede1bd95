import type { Token } from "markdown-it";
import { buildBlocks } from "./buildBlocks.ts";
import { buildInlines } from "./buildInlines.ts";
import { codeLines } from "./codeBlock.ts";
import { GrowingInlines } from "./growingInlines.ts";
import type { Block } from "./nodes.ts";
import {
  containerBlock,
  extendContainer,
  listPrefix,
  openList,
  openTable,
  type OpenContainer,
} from "./openContainer.ts";
import { OpenFence } from "./openFence.ts";
import type { Parser, References } from "./parser.ts";
import { previewLine, previewTable } from "./previewLine.ts";
import { TextIntake } from "./textIntake.ts";
import { blockSpans, isClosed, Lines, mayBeTableHeader, type BlockSpan } from "./topLevel.ts";

const definition = "reference_definition";

/** A finished block and the tokens it was made of, kept only if a later definition could change its links. */
interface Settled {
  block: Block;
  readonly pieces: Piece[];
}
interface Piece {
  readonly tokens: readonly Token[];
  /** Items or rows of the container that precede this piece. */
  readonly at: number;
}

/**
 * Markdown that grows at its end. A block is parsed for good once no further text can change it; only the open
 * end is parsed again, and of an open list or table only its last item or row. What the finished text gives
 * does not depend on how it was cut. Link definitions count from when they are finished, also for links before.
 */
export class MarkdownStream {
  readonly #parser: Parser;
  readonly #intake = new TextIntake();
  readonly #references: References = {};
  readonly #growing = new GrowingInlines((content) => this.#parser.inlines(content, this.#references));
  readonly #settled: Settled[] = [];
  #open: { readonly container: OpenContainer; readonly pieces: Piece[] } | undefined;
  #fence: OpenFence | undefined;
  /** Whole lines of the open end. */
  #source = "";
  /** The line being written. */
  #partial = "";
  #ended = false;

  constructor(parser: Parser) {
    this.#parser = parser;
  }

  append(text: string): void {
    if (this.#ended) throw new Error("The text has ended");
    this.#take(this.#intake.take(text));
  }

  /** No more text comes: nothing is guessed any longer. */
  end(): void {
    if (this.#ended) return;
    this.#take(this.#intake.end());
    if (this.#partial !== "") this.#take("\n");
    this.#ended = true;
    if (this.#fence !== undefined) this.#settled.push({ block: this.#fence.end("cut"), pieces: [] });
    else this.#settle();
    this.#fence = undefined;
  }

  /** The document as it stands. Settled blocks are the same objects as before. */
  blocks(): Block[] {
    const blocks = this.#settled.map(({ block }) => block);
    if (this.#ended) return blocks;
    if (this.#fence !== undefined) return [...blocks, this.#fence.block(this.#partial)];
    return [...blocks, ...this.#openBlocks()];
  }

  #take(text: string): void {
    const end = text.lastIndexOf("\n") + 1;
    if (end === 0) {
      this.#partial += text;
      return;
    }
    let lines = this.#partial + text.slice(0, end);
    this.#partial = text.slice(end);
    if (this.#fence !== undefined) {
      const closed = this.#fence.feed(lines);
      if (closed < 0) return;
      this.#settled.push({ block: this.#fence.end("closed"), pieces: [] });
      this.#fence = undefined;
      lines = lines.slice(closed);
    }
    this.#source += lines;
    this.#settle();
  }

  /** Moves what can no longer change from the open end to the settled part. */
  #settle(): void {
    const source = (this.#open?.container.prefix ?? "") + this.#source;
    const references = { ...this.#references };
    const spans = blockSpans(this.#parser.blocks(source, references), 0);
    const lines = new Lines(source);
    const count = this.#ended ? spans.length : settledCount(spans, lines);
    const rest = spans[count];
    const part =
      rest !== undefined && count === spans.length - 1
        ? growing(rest, this.#open === undefined ? 2 : 3)
        : undefined;
    const line = part?.line ?? rest?.start ?? spans.at(-1)?.end ?? 0;
    const cut = this.#ended ? source.length : lines.offset(line);
    if (Object.keys(references).length > Object.keys(this.#references).length)
      this.#define(source.slice(0, cut));
    for (const span of spans.slice(0, count)) {
      if (span.type !== definition) this.#close(span.tokens);
    }
    if (rest !== undefined && part !== undefined) this.#put(rest, part.tokens, lines);
    if (count > 0 || part !== undefined) this.#source = source.slice(cut);
    if (
      rest?.type === "fence" &&
      !mayBeTableHeader(rest, lines) &&
      lines.text(rest.start).startsWith(rest.tokens[0]?.markup ?? "\n")
    ) {
      const token = rest.tokens[0];
      this.#fence = new OpenFence(token?.markup ?? "", token?.info ?? "", codeLines(token?.content ?? ""));
      this.#source = "";
    }
  }

  /** Takes the definitions of a settled source, and mends the links before them. */
  #define(source: string): void {
    const before = Object.keys(this.#references).length;
    this.#parser.blocks(source, this.#references);
    if (Object.keys(this.#references).length === before) return;
    for (const settled of this.#settled) {
      for (const piece of settled.pieces) settled.block = this.#mend(settled.block, piece);
    }
    if (this.#open === undefined) return;
    const { container, pieces } = this.#open;
    for (const piece of pieces) {
      const block = this.#mend(containerBlock(container, undefined), piece);
      if (container.type === "list" && block.type === "list") container.items = [...block.items];
      if (container.type === "table" && block.type === "table") container.rows = [...block.rows];
    }
  }

  /** `block` with the part that `piece` stands for built again. */
  #mend(block: Block, piece: Piece): Block {
    const fresh = this.#build(piece.tokens);
    if (block.type === "list" && fresh.type === "list") {
      const items = piece.at > 0 ? fresh.items.slice(1) : fresh.items;
      return { ...block, items: block.items.toSpliced(piece.at, items.length, ...items) };
    }
    if (block.type === "table" && fresh.type === "table") {
      const header = piece.at > 0 ? block.header : fresh.header;
      return { ...block, header, rows: block.rows.toSpliced(piece.at, fresh.rows.length, ...fresh.rows) };
    }
    return fresh;
  }

  #close(tokens: readonly Token[]): void {
    const piece = this.#build(tokens);
    if (this.#open === undefined) {
      this.#settled.push({ block: piece, pieces: mendable(tokens) ? [{ tokens, at: 0 }] : [] });
      return;
    }
    const { container, pieces } = this.#open;
    if (mendable(tokens)) pieces.push({ tokens, at: size(container) });
    extendContainer(container, piece);
    this.#settled.push({ block: containerBlock(container, undefined), pieces });
    this.#open = undefined;
  }

  /** Puts the finished part of a growing list or table aside. */
  #put(span: BlockSpan, tokens: readonly Token[], lines: Lines): void {
    const block = this.#build(tokens);
    if (this.#open !== undefined) {
      if (mendable(tokens)) this.#open.pieces.push({ tokens, at: size(this.#open.container) });
      extendContainer(this.#open.container, block);
      return;
    }
    const pieces = mendable(tokens) ? [{ tokens, at: 0 }] : [];
    if (block.type === "table") {
      const prefix = `${lines.text(span.start)}\n${lines.text(span.start + 1)}\n`;
      this.#open = { container: openTable(block, prefix), pieces };
    } else if (block.type === "list") {
      const prefix = listPrefix(block.start !== undefined, span.tokens[0]?.markup ?? "");
      // Without a paragraph of its own a list does not tell whether it is tight; with the stand-in it does.
      const source = lines.slice(span.start, span.end);
      const standIn = this.#parser.blocks(prefix + source, {}).find(({ type }) => type === "paragraph_open");
      this.#open = { container: openList(block, prefix, standIn?.hidden ?? true), pieces };
    }
  }

  #build(tokens: readonly Token[]): Block {
    const [block] = buildBlocks(tokens, (content) => this.#inlines(content), false);
    if (block === undefined) throw new Error("A block token without a block");
    return block;
  }

  #inlines(content: string): ReturnType<typeof buildInlines> {
    return buildInlines(this.#parser.inlines(content, this.#references));
  }

  #openBlocks(): Block[] {
    const shown = this.#source + previewLine(this.#partial);
    const container = this.#open?.container;
    const blocks = this.#preview((container?.prefix ?? "") + shown, this.#open === undefined);
    if (container === undefined) return blocks;
    const [piece, ...others] = blocks;
    return [containerBlock(container, piece), ...others];
  }

  #preview(source: string, mayBeTable: boolean): Block[] {
    const table = mayBeTable ? previewTable(this.#source, this.#partial) : undefined;
    let tokens = table === undefined ? [] : this.#parser.blocks(table, { ...this.#references });
    if (tokens.at(-1)?.type !== "table_close") {
      if (source === "") return [];
      tokens = this.#parser.blocks(source, { ...this.#references });
    }
    return buildBlocks(
      tokens,
      (content, last) => (last ? this.#growing.show(content) : this.#inlines(content)),
      true,
    );
  }
}

/** How many of the blocks nothing that follows can change. */
function settledCount(spans: readonly BlockSpan[], lines: Lines): number {
  const last = spans.at(-1);
  if (last === undefined) return 0;
  if (isClosed(last, lines)) return spans.length;
  // A definition right before a block could still go on in it: its title may stand on the next line.
  let count = spans.length - 1;
  while (count > 0) {
    const start = spans[count]?.start ?? 0;
    if (spans[count - 1]?.type !== definition || lines.isBlank(start - 1)) break;
    count--;
  }
  return count;
}

/** The finished part of a list, of `atLeast` items, or of a table that still grows, and the line behind it. */
function growing(span: BlockSpan, atLeast: number): { tokens: readonly Token[]; line: number } | undefined {
  if (span.type === "table_open") {
    return span.end - span.start > 2 ? { tokens: span.tokens, line: span.end } : undefined;
  }
  if (span.type !== "bullet_list_open" && span.type !== "ordered_list_open") return undefined;
  const items = blockSpans(span.tokens, 1);
  const last = items.at(-1);
  const close = span.tokens.at(-1);
  if (last === undefined || close === undefined || items.length < atLeast) return undefined;
  return { tokens: [...span.tokens.slice(0, -1 - last.tokens.length), close], line: last.start };
}

function size(container: OpenContainer): number {
  return container.type === "list" ? container.items.length : container.rows.length;
}

function mendable(tokens: readonly Token[]): boolean {
  return tokens.some(({ type, content }) => type === "inline" && content.includes("["));
}

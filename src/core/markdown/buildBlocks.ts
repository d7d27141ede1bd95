import type { Token } from "markdown-it";
import { codeBlock, codeLines } from "./codeBlock.ts";
import type { Block, Inline, ListItem, TableCell, TableRow } from "./nodes.ts";

/** Inline content of a leaf; `last` marks the last leaf of the tokens given. */
export type InlineReader = (content: string, last: boolean) => Inline[];

const taskMarker = /^\[([ xX])\](?=\s)/;

/** The blocks of markdown-it's flat block tokens; `isOpen` if the last one may still grow. */
export function buildBlocks(tokens: readonly Token[], inline: InlineReader, isOpen: boolean): Block[] {
  return new Builder(tokens, inline, isOpen).blocks();
}

class Builder {
  readonly #tokens: readonly Token[];
  readonly #inline: InlineReader;
  readonly #lastInline: number;
  /** The code block that may still grow. */
  readonly #openCode: Token | undefined;
  #at = 0;

  constructor(tokens: readonly Token[], inline: InlineReader, isOpen: boolean) {
    this.#tokens = tokens;
    this.#inline = inline;
    this.#lastInline = tokens.findLastIndex((token) => token.type === "inline");
    this.#openCode = isOpen ? tokens.findLast((token) => token.nesting !== -1) : undefined;
  }

  /** Blocks up to the end of the enclosing container, whose closing token is consumed. */
  blocks(): Block[] {
    const blocks: Block[] = [];
    for (let token = this.#next(); token !== undefined && token.nesting !== -1; token = this.#next()) {
      const block = this.#block(token);
      if (block !== undefined) blocks.push(block);
    }
    return blocks;
  }

  #next(): Token | undefined {
    return this.#tokens[this.#at++];
  }

  #block(token: Token): Block | undefined {
    switch (token.type) {
      case "paragraph_open":
        return { type: "paragraph", inlines: this.#leaf() };
      case "heading_open":
        return { type: "heading", level: Number(token.tag.slice(1)), inlines: this.#leaf() };
      case "fence":
      case "code_block":
        return codeBlock(
          token.info,
          codeLines(token.content),
          token === this.#openCode ? "growing" : "closed",
        );
      case "html_block":
        return { type: "html", text: token.content.trimEnd() };
      case "hr":
        return { type: "rule" };
      case "blockquote_open":
        return { type: "quote", blocks: this.blocks() };
      case "bullet_list_open":
        return { type: "list", start: undefined, ...this.#list() };
      case "ordered_list_open":
        return { type: "list", start: Number(token.attrGet("start") ?? 1), ...this.#list() };
      case "table_open":
        return this.#table();
      default:
        return undefined;
    }
  }

  /** The content of a leaf whose opening token was just read. */
  #leaf(): Inline[] {
    const at = this.#at;
    const content = this.#next()?.content ?? "";
    this.#next();
    return this.#inline(content, at === this.#lastInline);
  }

  #list(): { tight: boolean; items: ListItem[] } {
    const items: ListItem[] = [];
    let tight = true;
    for (let token = this.#next(); token?.type === "list_item_open"; token = this.#next()) {
      const level = token.level + 1;
      for (let at = this.#at; (this.#tokens[at]?.level ?? 0) >= level; at++) {
        const child = this.#tokens[at];
        if (child?.level === level && child.type === "paragraph_open" && !child.hidden) tight = false;
      }
      items.push(this.#item());
    }
    return { tight, items };
  }

  #item(): ListItem {
    const first = this.#tokens[this.#at];
    const content = this.#tokens[this.#at + 1];
    const task = first?.type === "paragraph_open" ? taskMarker.exec(content?.content ?? "") : null;
    if (task === null || content === undefined) return { checked: undefined, blocks: this.blocks() };
    this.#at++;
    const at = this.#at++;
    this.#at++;
    const inlines = this.#inline(content.content.slice(task[0].length + 1), at === this.#lastInline);
    return { checked: task[1] !== " ", blocks: [{ type: "paragraph", inlines }, ...this.blocks()] };
  }

  #table(): Block {
    const rows: TableRow[] = [];
    for (let token = this.#next(); token?.type !== "table_close" && token; token = this.#next()) {
      if (token.type === "tr_open") rows.push({ cells: this.#cells() });
    }
    const [header = { cells: [] }, ...body] = rows;
    return { type: "table", header, rows: body };
  }

  #cells(): TableCell[] {
    const cells: TableCell[] = [];
    for (let token = this.#next(); token?.nesting === 1; token = this.#next()) {
      cells.push({ align: alignment(token), inlines: this.#leaf() });
    }
    return cells;
  }
}

function alignment(token: Token): TableCell["align"] {
  const style = token.attrGet("style");
  if (style === "text-align:left") return "left";
  if (style === "text-align:center") return "center";
  return style === "text-align:right" ? "right" : undefined;
}

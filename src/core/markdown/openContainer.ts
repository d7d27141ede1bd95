import type { Block, ListBlock, ListItem, TableBlock, TableRow } from "./nodes.ts";

/**
 * A list or table whose finished part is put aside while it still grows. `prefix` is put before what is left of
 * its source, so that the parser sees the same surroundings: a stand-in first item, or the table's header.
 */
export type OpenContainer =
  | {
      readonly type: "list";
      readonly prefix: string;
      readonly start: number | undefined;
      tight: boolean;
      items: ListItem[];
    }
  | { readonly type: "table"; readonly prefix: string; readonly header: TableRow; rows: TableRow[] };

/** The stand-in is indented so far that no item that follows can be nested in it. */
export function listPrefix(ordered: boolean, markup: string): string {
  return ordered ? `1${markup}    x\n` : `${markup}    x\n`;
}

export function openList(list: ListBlock, prefix: string, tight: boolean): OpenContainer {
  return { type: "list", prefix, start: list.start, tight, items: [...list.items] };
}

export function openTable(table: TableBlock, prefix: string): OpenContainer {
  return { type: "table", prefix, header: table.header, rows: [...table.rows] };
}

/** The parser's block for `prefix` and some of the source, without the prefix. */
export function extendContainer(open: OpenContainer, piece: Block): void {
  if (open.type === "list" && piece.type === "list") {
    open.tight &&= piece.tight;
    open.items.push(...piece.items.slice(1));
  } else if (open.type === "table" && piece.type === "table") {
    open.rows.push(...piece.rows);
  }
}

/** The container as far as it has come, with `piece` as its unfinished end. */
export function containerBlock(open: OpenContainer, piece: Block | undefined): Block {
  if (open.type === "table") {
    const rows = piece?.type === "table" ? [...open.rows, ...piece.rows] : open.rows;
    return { type: "table", header: open.header, rows };
  }
  const items = piece?.type === "list" ? [...open.items, ...piece.items.slice(1)] : open.items;
  const tight = open.tight && (piece?.type !== "list" || piece.tight);
  return { type: "list", start: open.start, tight: tight || !items.some(hasParagraph), items };
}

function hasParagraph(item: ListItem): boolean {
  return item.blocks.some((block) => block.type === "paragraph");
}

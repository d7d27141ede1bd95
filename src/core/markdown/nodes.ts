/**
 * The document a markdown text stands for: plain data, no markup language. Nodes are immutable; while a text
 * streams, a node that is finished keeps its identity, so a view may skip it with `===`.
 */

export type Block =
  ParagraphBlock | HeadingBlock | CodeBlock | HtmlBlock | RuleBlock | QuoteBlock | ListBlock | TableBlock;

export interface ParagraphBlock {
  readonly type: "paragraph";
  readonly inlines: readonly Inline[];
}
export interface HeadingBlock {
  readonly type: "heading";
  /** 1 to 6. */
  readonly level: number;
  readonly inlines: readonly Inline[];
}
export interface CodeBlock {
  readonly type: "code";
  /** First word of the info string, empty if there is none. */
  readonly language: string;
  /** The file that the info string names, e.g. of ```` ```ts src/a.ts ````. */
  readonly path: string | undefined;
  /** Without line ends. */
  readonly lines: readonly string[];
  /** `cut`: the text ended before the block did. */
  readonly state: "growing" | "closed" | "cut";
}
/** Raw HTML: to be shown as text. */
export interface HtmlBlock {
  readonly type: "html";
  readonly text: string;
}
/** A place in a file, as an answer names it. */
export interface FilePlace {
  readonly path: string;
  /** From 1. */
  readonly line: number | undefined;
}
export interface RuleBlock {
  readonly type: "rule";
}
export interface QuoteBlock {
  readonly type: "quote";
  readonly blocks: readonly Block[];
}
export interface ListBlock {
  readonly type: "list";
  /** First number of an ordered list, undefined for bullets. */
  readonly start: number | undefined;
  /** False when items are set apart by blank lines. */
  readonly tight: boolean;
  readonly items: readonly ListItem[];
}
export interface ListItem {
  /** State of a task list item, undefined for others. */
  readonly checked: boolean | undefined;
  readonly blocks: readonly Block[];
}
export interface TableBlock {
  readonly type: "table";
  readonly header: TableRow;
  readonly rows: readonly TableRow[];
}
export interface TableRow {
  readonly cells: readonly TableCell[];
}
export interface TableCell {
  readonly align: "left" | "center" | "right" | undefined;
  readonly inlines: readonly Inline[];
}

export type Inline =
  /** A line break inside is a soft break. */
  | { readonly type: "text"; readonly text: string }
  /** A character that would not be seen, by its code point. */
  | { readonly type: "invisible"; readonly codePoint: number }
  /** Inline code, with the place in a file that it names. */
  | { readonly type: "code"; readonly text: string; readonly file: FilePlace | undefined }
  /** Text that names a place in a file. */
  | { readonly type: "file"; readonly text: string; readonly file: FilePlace }
  | { readonly type: "break" }
  | { readonly type: "image"; readonly src: string; readonly alt: string }
  | { readonly type: "link"; readonly href: string; readonly children: readonly Inline[] }
  | { readonly type: "emphasis" | "strong" | "strike"; readonly children: readonly Inline[] };

import type ts from "typescript";
import type { TypeScript } from "./typescriptModule.ts";

/** Rewrites one kind of node: its new text, or undefined to leave it to the next rule. */
export type Rule = (node: ts.Node, rewriter: Rewriter) => string | undefined;

/** Applies rules to a syntax tree and keeps every other character of the source as it is. */
export class Rewriter {
  readonly ts: TypeScript;
  readonly source: ts.SourceFile;
  /** Code of the same file around the source, for what a piece alone does not tell. */
  readonly surroundings: string;
  readonly #rules: readonly Rule[];
  readonly #notes = new Map<string, number>();

  constructor(ts: TypeScript, source: ts.SourceFile, rules: readonly Rule[], surroundings = "") {
    this.ts = ts;
    this.source = source;
    this.#rules = rules;
    this.surroundings = surroundings;
  }

  /** The whole source, rewritten. */
  run(): string {
    const text = this.source.text;
    return text.slice(0, this.source.getStart(this.source)) + this.rewrite(this.source) + this.#tail();
  }

  /** The node's new text. */
  rewrite(node: ts.Node): string {
    for (const rule of this.#rules) {
      const text = rule(node, this);
      if (text !== undefined) return text;
    }
    return this.copy(node);
  }

  /** The node's own text with everything inside it rewritten. */
  copy(node: ts.Node): string {
    const children: ts.Node[] = [];
    this.ts.forEachChild(node, (child) => void children.push(child));
    children.sort((a, b) => a.pos - b.pos);
    let text = "";
    let position = node.getStart(this.source);
    for (const child of children) {
      const start = child.getStart(this.source);
      if (start < position || child.end < start) continue;
      text += this.source.text.slice(position, start) + this.rewrite(child);
      position = child.end;
    }
    return text + this.source.text.slice(position, node.end);
  }

  /** The source between two places, unchanged. */
  between(start: number, end: number): string {
    return this.source.text.slice(start, end);
  }

  /** The node as it stands in the source. */
  original(node: ts.Node): string {
    return node.getText(this.source);
  }

  /** Whitespace before the node on its line. */
  indentOf(node: ts.Node): string {
    const start = node.getStart(this.source);
    const line = this.source.text.slice(this.source.text.lastIndexOf("\n", start - 1) + 1, start);
    return /^[ \t]*/.exec(line)?.[0] ?? "";
  }

  /** Remembers that something was changed, in words for the reader. */
  note(what: string): void {
    this.#notes.set(what, (this.#notes.get(what) ?? 0) + 1);
  }

  /** What was changed and how often. */
  get notes(): readonly (readonly [what: string, times: number])[] {
    return [...this.#notes];
  }

  /** What comes after the last token: comments and blank lines. */
  #tail(): string {
    return this.source.text.slice(this.source.end);
  }
}

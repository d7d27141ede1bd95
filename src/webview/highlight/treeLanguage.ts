import { TreeFragment, type Parser, type Tree } from "@lezer/common";
import { LRParser } from "@lezer/lr";
import { highlightTree, type Highlighter } from "@lezer/highlight";
import type { CodeLanguage, Mark, Pass } from "./codeLanguage.ts";
import { codeStyle } from "./codeStyle.ts";
import { LinesInput } from "./linesInput.ts";

/**
 * Longest stretch of text that a tree keeps as one piece, UTF-16 units. What is known of a text is only used again
 * from four times as many, and only whole pieces are: with Lezer's 1,024 most blocks would be read from the start
 * for each line.
 */
const bufferLength = 64;

/** A language with a Lezer grammar. What follows on a block's lines is parsed from where the last tree still holds. */
export class TreeLanguage implements CodeLanguage {
  readonly #parserFor: (firstLine: string) => Parser;
  readonly #style = codeStyle();
  readonly #configured = new Map<Parser, Parser>();

  constructor(parserFor: (firstLine: string) => Parser) {
    this.#parserFor = parserFor;
  }

  *pass(lines: readonly string[], count: number, before: Pass | undefined): Generator<undefined, Pass> {
    const old = before instanceof TreePass ? before : undefined;
    const starts = old?.starts ?? [0];
    let end = starts.at(-1) ?? 0;
    for (const line of lines.slice(starts.length - 1, count)) {
      end += line.length + 1;
      starts.push(end);
    }
    // The end of the old text may go on otherwise now.
    const fragments = old === undefined ? [] : TreeFragment.addTree(old.tree, [], true);
    const parse = this.#parser(lines[0] ?? "").startParse(new LinesInput(lines, starts), fragments);
    for (;;) {
      const tree = parse.advance();
      if (tree !== null) return new TreePass(tree, starts, this.#style);
      yield;
    }
  }

  #parser(firstLine: string): Parser {
    const parser = this.#parserFor(firstLine);
    let configured = this.#configured.get(parser);
    configured ??= parser instanceof LRParser ? parser.configure({ bufferLength }) : parser;
    this.#configured.set(parser, configured);
    return configured;
  }
}

class TreePass implements Pass {
  readonly tree: Tree;
  /** Offset of each line, and one behind the last line. */
  readonly starts: number[];
  readonly count: number;
  readonly #style: Highlighter;

  constructor(tree: Tree, starts: number[], style: Highlighter) {
    this.tree = tree;
    this.starts = starts;
    this.count = starts.length - 1;
    this.#style = style;
  }

  marks(line: number): readonly Mark[] {
    const start = this.starts[line] ?? 0;
    const end = (this.starts[line + 1] ?? start + 1) - 1;
    const marks: Mark[] = [];
    const put = (from: number, to: number, className: string): void => {
      marks.push({ from: Math.max(from, start) - start, to: Math.min(to, end) - start, className });
    };
    highlightTree(this.tree, this.#style, put, start, end);
    return marks;
  }
}

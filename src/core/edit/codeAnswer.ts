import { LineReader } from "./lineReader.ts";
import { isBlank } from "./target.ts";

/** Why an answer is not, as it stands, the code that was asked for. */
export type AnswerProblem =
  | "empty"
  /** No fenced block anywhere. */
  | "noCodeBlock"
  /** Text before or after the one fenced block. */
  | "textAround"
  | "severalBlocks"
  /** The text ends inside an open fence: the answer was cut off, whatever its finish reason says. */
  | "cutOff";

export interface CodeAnswer {
  /** The lines between the fences, or, without a fence, all lines. Line breaks removed, nothing else. */
  readonly lines: readonly string[];
  /** The info string's first word, such as `ts`. */
  readonly language: string | undefined;
  readonly problem: AnswerProblem | undefined;
}

interface Fence {
  readonly char: string;
  readonly length: number;
  readonly indent: number;
}

const fencePattern = /^( {0,3})(`{3,}|~{3,})[ \t]*([^\s`]*)[^`]*$/;

/**
 * Reads a model's answer as it arrives and takes off a fence around the whole of it, and no other. Fences inside
 * are told by their info string: one that has it opens a nested block, a bare one closes the innermost.
 */
export class CodeAnswerReader {
  readonly #reader = new LineReader();
  #fence: Fence | undefined;
  #language: string | undefined;
  #depth = 0;
  #blocks = 0;
  #closed = false;
  #hasText = false;
  #all: string[] = [];
  #code: string[] = [];

  /** The lines of code that `text` completes, from the first fenced block. */
  push(text: string): readonly string[] {
    return this.#read(this.#reader.push(text));
  }

  /** Ends the text: what `push` would still have returned, and the verdict on the whole. */
  end(): { readonly lines: readonly string[]; readonly answer: CodeAnswer } {
    const lines = this.#read(this.#reader.end());
    const problem = this.#problem();
    const code = problem === "noCodeBlock" ? this.#all : this.#code;
    return { lines, answer: { lines: code, language: this.#language, problem } };
  }

  #problem(): AnswerProblem | undefined {
    if (this.#blocks === 0) return this.#hasText ? "noCodeBlock" : "empty";
    if (!this.#closed) return "cutOff";
    if (this.#blocks > 1) return "severalBlocks";
    return this.#hasText ? "textAround" : undefined;
  }

  #read(lines: readonly string[]): readonly string[] {
    const code: string[] = [];
    for (const line of lines) {
      this.#all.push(line);
      if (this.#isCode(line) && this.#blocks === 1) code.push(this.#unindent(line));
    }
    this.#code.push(...code);
    return code;
  }

  #isCode(line: string): boolean {
    const [, spaces = "", run = "", info = ""] = fencePattern.exec(line) ?? [];
    if (this.#fence === undefined) {
      if (run !== "") this.#open({ char: run.charAt(0), length: run.length, indent: spaces.length }, info);
      else if (!isBlank(line)) this.#hasText = true;
      return false;
    }
    if (run.charAt(0) !== this.#fence.char || run.length < this.#fence.length) return true;
    if (info !== "") this.#depth++;
    else if (this.#depth > 0) this.#depth--;
    else {
      this.#fence = undefined;
      this.#closed = true;
      return false;
    }
    return true;
  }

  #open(fence: Fence, info: string): void {
    this.#fence = fence;
    this.#closed = false;
    this.#blocks++;
    if (this.#blocks === 1) this.#language = info === "" ? undefined : info;
  }

  /** An indented fence indents its content; CommonMark takes that many spaces off again. */
  #unindent(line: string): string {
    const indent = this.#fence?.indent ?? 0;
    let spaces = 0;
    while (spaces < indent && line.charAt(spaces) === " ") spaces++;
    return line.slice(spaces);
  }
}

import type { StreamParser } from "@codemirror/streamparser";
import { tags, type Highlighter, type Tag } from "@lezer/highlight";
import type { CodeLanguage, Mark, Pass } from "./codeLanguage.ts";
import { codeStyle } from "./codeStyle.ts";
import { LineCursor } from "./lineCursor.ts";

const indentUnit = 2;
/** A mode that gives so many empty tokens in a row is stuck. */
const maxEmptyTokens = 10;

/** Names that modes use for kinds of tokens, where Lezer has others. */
const olderNames: Readonly<Record<string, string>> = {
  variable: "variableName",
  "variable-2": "variableName",
  "variable-3": "typeName",
  "string-2": "string",
  def: "variableName",
  tag: "tagName",
  attribute: "attributeName",
  type: "typeName",
  builtin: "typeName",
  qualifier: "modifier",
  error: "invalid",
  header: "heading",
  property: "propertyName",
};

/** A language with a CodeMirror stream mode, which reads one line after another and keeps its state between them. */
export class ModeLanguage implements CodeLanguage {
  readonly #mode: StreamParser<unknown>;
  readonly #style = codeStyle();
  readonly #classes = new Map<string, string | null>();

  constructor(mode: StreamParser<unknown>) {
    this.#mode = mode;
  }

  *pass(lines: readonly string[], count: number, before: Pass | undefined): Generator<undefined, Pass> {
    const old = before instanceof ModePass ? before : undefined;
    const marks = old?.lines ?? [];
    const state = old?.state ?? this.#start();
    for (const line of lines.slice(marks.length, count)) {
      marks.push(this.#line(line, state));
      yield;
    }
    return new ModePass(marks, state);
  }

  #start(): unknown {
    // A mode without a state has no use for one.
    return this.#mode.startState?.(indentUnit) ?? {};
  }

  #line(line: string, state: unknown): Mark[] {
    const marks: Mark[] = [];
    if (line === "") this.#mode.blankLine?.(state, indentUnit);
    const cursor = new LineCursor(line);
    for (let empty = 0; !cursor.eol() && empty < maxEmptyTokens;) {
      cursor.start = cursor.pos;
      const name = this.#mode.token(cursor as never, state);
      empty = cursor.pos > cursor.start ? 0 : empty + 1;
      const className = name === null ? null : this.#class(name);
      if (className === null || cursor.pos === cursor.start) continue;
      const last = marks.at(-1);
      const goesOn = last?.className === className && last.to === cursor.start;
      if (goesOn) marks.pop();
      marks.push({ from: goesOn ? last.from : cursor.start, to: cursor.pos, className });
    }
    return marks;
  }

  #class(name: string): string | null {
    let className = this.#classes.get(name);
    if (className === undefined) {
      className = classOf(name, this.#style);
      this.#classes.set(name, className);
    }
    return className;
  }
}

class ModePass implements Pass {
  readonly lines: Mark[][];
  readonly state: unknown;

  readonly count: number;

  constructor(lines: Mark[][], state: unknown) {
    this.lines = lines;
    this.count = lines.length;
    this.state = state;
  }

  marks(line: number): readonly Mark[] {
    return this.lines[line] ?? [];
  }
}

/** The class of a token name such as `variableName.standard` or `string url`. */
function classOf(name: string, style: Highlighter): string | null {
  const known: Readonly<Record<string, Tag | ((tag: Tag) => Tag)>> = tags;
  const found: Tag[] = [];
  for (const word of name.split(" ")) {
    const [base = "", ...modifiers] = (olderNames[word] ?? word).split(".");
    let tag = known[base];
    for (const modifier of modifiers) {
      const modify = known[modifier];
      if (typeof modify === "function" && typeof tag === "object") tag = modify(tag);
    }
    if (typeof tag === "object") found.push(tag);
  }
  return style.style(found);
}

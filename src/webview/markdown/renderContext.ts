import type { Parser } from "../../core/markdown/parser.ts";
import type { WebviewStrings } from "../../protocol/strings.ts";
import type { Highlighter } from "../highlight/highlighter.ts";
import type { FilePlace } from "../../core/markdown/nodes.ts";

/** Code that is to go into a file; `path` is what the answer says it is for. */
export interface CodeForFile {
  readonly text: string;
  readonly language: string;
  readonly path?: string;
}

/** What every part of a rendered answer may need. */
export interface RenderContext {
  readonly parser: Parser;
  readonly strings: WebviewStrings;
  readonly highlighter: Highlighter;
  readonly copy: (text: string) => void;
  readonly insertAtCursor: (text: string) => void;
  readonly applyToFile: (code: CodeForFile) => void;
  readonly newFile: (code: Pick<CodeForFile, "text" | "language">) => void;
  readonly openFile: (file: FilePlace) => void;
  readonly openLink: (href: string) => void;
}

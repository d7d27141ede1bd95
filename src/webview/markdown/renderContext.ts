import type { Parser } from "../../core/markdown/parser.ts";
import type { WebviewStrings } from "../../protocol/strings.ts";

/** Shows one finished or growing line of code in its element: the place for highlighting. */
export type LineRenderer = (line: HTMLElement, text: string, language: string) => void;

/** What every part of a rendered answer may need. */
export interface RenderContext {
  readonly parser: Parser;
  readonly strings: WebviewStrings;
  readonly renderLine: LineRenderer;
  readonly copy: (text: string) => void;
  readonly insertAtCursor: (text: string) => void;
  readonly openLink: (href: string) => void;
}

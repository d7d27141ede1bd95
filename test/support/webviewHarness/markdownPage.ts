// Runs in the page: the panel's renderer alone, to be fed and compared by tests and benchmarks.
import { createParser } from "../../../src/core/markdown/parser.ts";
import { MarkdownView } from "../../../src/webview/markdown/markdownView.ts";
import { plainLine } from "../../../src/webview/markdown/plainLine.ts";
import type { RenderContext } from "../../../src/webview/markdown/renderContext.ts";
import { strings } from "./strings.ts";

declare global {
  interface Window {
    /** The HTML of `pieces` shown one after another. */
    renderPieces: (pieces: readonly string[]) => string;
    newView: () => MarkdownView;
    /** Renders each text at once and in the pieces given; the first that differs. */
    firstDifference: (
      texts: readonly (readonly string[])[],
    ) => { whole: string; streamed: string } | undefined;
  }
}

const context: RenderContext = {
  parser: createParser(),
  strings,
  renderLine: plainLine,
  copy: () => undefined,
  insertAtCursor: () => undefined,
  openLink: () => undefined,
};

window.newView = () => new MarkdownView(context);
window.renderPieces = (pieces) => {
  const view = window.newView();
  for (const piece of pieces) view.append(piece);
  view.end();
  return view.element.outerHTML;
};
window.firstDifference = (texts) => {
  for (const pieces of texts) {
    const whole = window.renderPieces([pieces.join("")]);
    const streamed = window.renderPieces(pieces);
    if (whole !== streamed) return { whole, streamed };
  }
  return undefined;
};

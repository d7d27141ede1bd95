// Runs in the page: the panel's renderer alone, to be fed and compared by tests and benchmarks.
import { createParser } from "../../../src/core/markdown/parser.ts";
import { Highlighter } from "../../../src/webview/highlight/highlighter.ts";
import { loadLanguage } from "../../../src/webview/highlight/loadLanguage.ts";
import { whenIdle } from "../../../src/webview/whenIdle.ts";
import { MarkdownView } from "../../../src/webview/markdown/markdownView.ts";
import type { RenderContext } from "../../../src/webview/markdown/renderContext.ts";
import { strings } from "./strings.ts";

declare global {
  interface Window {
    /** The HTML of `pieces` shown one after another, and highlighted. */
    renderPieces: (pieces: readonly string[]) => Promise<string>;
    /** `idle` highlights as the panel does, `none` not at all; by default `highlightNow` says when. */
    newView: (highlighting?: "idle" | "none") => MarkdownView;
    /** Does the highlighting that waits for an idle moment. */
    highlightNow: () => Promise<void>;
    /** Renders each text at once and in the pieces given; the first that differs. */
    firstDifference: (
      texts: readonly (readonly string[])[],
    ) => Promise<{ whole: string; streamed: string } | undefined>;
  }
}

const loading = new Set<Promise<unknown>>();
const waiting: ((deadline: number) => void)[] = [];
const context: RenderContext = {
  parser: createParser(),
  strings,
  highlighter: new Highlighter(
    (id) => {
      const language = loadLanguage(id);
      loading.add(language);
      return language;
    },
    (work) => waiting.push(work),
  ),
  copy: () => undefined,
  insertAtCursor: () => undefined,
  applyToFile: () => undefined,
  newFile: () => undefined,
  openFile: () => undefined,
  openLink: () => undefined,
};

const highlighters = {
  idle: new Highlighter(loadLanguage, whenIdle),
  none: new Highlighter(
    () => Promise.reject(new Error("None wanted")),
    () => undefined,
  ),
};

window.newView = (highlighting) =>
  new MarkdownView({
    ...context,
    highlighter: highlighting === undefined ? context.highlighter : highlighters[highlighting],
  });
window.highlightNow = async () => {
  await Promise.all(loading);
  await new Promise((resolve) => setTimeout(resolve));
  for (let work = waiting.pop(); work !== undefined; work = waiting.pop()) work(Infinity);
};
window.renderPieces = async (pieces) => {
  const view = window.newView();
  for (const piece of pieces) view.append(piece);
  view.end();
  await window.highlightNow();
  return view.element.outerHTML;
};
window.firstDifference = async (texts) => {
  for (const pieces of texts) {
    const whole = await window.renderPieces([pieces.join("")]);
    const streamed = await window.renderPieces(pieces);
    if (whole !== streamed) return { whole, streamed };
  }
  return undefined;
};

import { element } from "./dom.ts";
import { MarkdownView } from "./markdown/markdownView.ts";
import type { RenderContext } from "./markdown/renderContext.ts";

/** Shows a markdown text as it grows; a text that does not continue what is shown replaces it. */
export class GrowingText {
  readonly element = element("div");
  readonly #context: RenderContext;
  #view: MarkdownView | undefined;
  #shown = "";
  #isEnded = false;

  constructor(context: RenderContext) {
    this.#context = context;
  }

  show(text: string, isComplete: boolean): void {
    if (
      this.#view === undefined ||
      !text.startsWith(this.#shown) ||
      (this.#isEnded && text !== this.#shown)
    ) {
      this.#view = new MarkdownView(this.#context);
      this.#shown = "";
      this.#isEnded = false;
      this.element.replaceChildren(this.#view.element);
    }
    if (text.length > this.#shown.length) this.#view.append(text.slice(this.#shown.length));
    this.#shown = text;
    if (isComplete && !this.#isEnded) this.#view.end();
    this.#isEnded ||= isComplete;
  }
}

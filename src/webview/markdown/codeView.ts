import type { Block } from "../../core/markdown/nodes.ts";
import { element, iconButton } from "../dom.ts";
import { copyButton } from "../copyButton.ts";
import { icon } from "../icons.ts";
import { Groups } from "./groups.ts";
import type { RenderContext } from "./renderContext.ts";

const linesPerBox = 50;

/** A code block: each line is an element of its own and is written once it is complete. */
export class CodeView {
  readonly element: HTMLElement;
  readonly #context: RenderContext;
  readonly #language: string;
  readonly #code = element("code");
  readonly #lines: HTMLElement[] = [];
  readonly #groups: Groups;
  readonly #shown: string[] = [];

  constructor(language: string, context: RenderContext) {
    this.#language = language;
    this.#groups = new Groups(this.#code, linesPerBox, () => element("span", "lines"));
    this.#context = context;
    const { strings } = context;
    const text = (): string => this.#shown.join("\n");
    const actions = element(
      "div",
      "codeActions",
      copyButton(strings, () => context.copy(text())),
      iconButton(icon("insert"), strings.insertAtCursor, () => context.insertAtCursor(text())),
    );
    const body = element("pre", "", this.#code);
    body.tabIndex = 0;
    const header = element("div", "codeHeader", element("span", "codeLanguage", language), actions);
    this.element = element("div", "codeBlock", header, body);
  }

  update(block: Block): boolean {
    if (block.type !== "code" || block.language !== this.#language) return false;
    const { lines } = block;
    for (let at = 0; at < lines.length; at++) {
      const line = lines[at] ?? "";
      if (line === this.#shown[at]) continue;
      this.#show(at, line);
    }
    while (this.#shown.length > lines.length) this.#removeLast();
    return true;
  }

  #show(at: number, text: string): void {
    let line = this.#lines[at];
    if (line === undefined) {
      line = element("span", "line");
      this.#lines.push(line);
      this.#groups.append(at, line);
    }
    this.#context.renderLine(line, text, this.#language);
    this.#shown[at] = text;
  }

  #removeLast(): void {
    this.#shown.pop();
    this.#lines.pop()?.remove();
    this.#groups.shrink(this.#lines.length);
  }
}

import type { Block } from "../../core/markdown/nodes.ts";
import { element, iconButton } from "../dom.ts";
import { copyButton } from "../copyButton.ts";
import { icon } from "../icons.ts";
import type { RenderContext } from "./renderContext.ts";

/** Lines in one box: while the last box grows, the browser need not look at the others. */
const linesPerBox = 50;

/** A code block: each line is an element of its own and is written once it is complete. */
export class CodeView {
  readonly element: HTMLElement;
  readonly #context: RenderContext;
  readonly #language: string;
  readonly #code = element("code");
  readonly #boxes: HTMLElement[] = [];
  readonly #shown: string[] = [];

  constructor(language: string, context: RenderContext) {
    this.#language = language;
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
    const index = Math.floor(at / linesPerBox);
    let box = this.#boxes[index];
    if (box === undefined) {
      box = element("span", "lines");
      this.#boxes.push(box);
      this.#code.append(box);
    }
    let line = box.children[at % linesPerBox];
    if (!(line instanceof HTMLElement)) {
      line = element("span", "line");
      box.append(line);
    }
    if (line instanceof HTMLElement) this.#context.renderLine(line, text, this.#language);
    this.#shown[at] = text;
  }

  #removeLast(): void {
    this.#shown.pop();
    const box = this.#boxes.at(-1);
    box?.lastElementChild?.remove();
    if (box?.childElementCount === 0) {
      box.remove();
      this.#boxes.pop();
    }
  }
}

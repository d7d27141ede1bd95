import { announcedFile, fileOfCode } from "../../core/markdown/fileOfCode.ts";
import { visibleText } from "../../core/markdown/invisible.ts";
import type { Block, CodeBlock } from "../../core/markdown/nodes.ts";
import { copyButton } from "../copyButton.ts";
import { element, iconButton } from "../dom.ts";
import type { BlockHighlight } from "../highlight/blockHighlight.ts";
import { codeLine } from "../highlight/codeLine.ts";
import { icon } from "../icons.ts";
import { Groups } from "./groups.ts";
import { plainLine } from "./plainLine.ts";
import type { RenderContext } from "./renderContext.ts";
import { visibleNodes } from "./visibleText.ts";

const linesPerBox = 50;

/** A code block: each line is an element of its own, written as it comes and coloured once it is complete. */
export class CodeView {
  readonly element: HTMLElement;
  readonly #context: RenderContext;
  readonly #before: Block | undefined;
  readonly #code = element("code");
  readonly #lines: HTMLElement[] = [];
  readonly #groups: Groups;
  readonly #highlight: BlockHighlight | undefined;
  readonly #apply: HTMLButtonElement;
  #block: CodeBlock;

  /** `before` is the block that stands before the code and may say what it is for. */
  constructor(block: CodeBlock, before: Block | undefined, context: RenderContext) {
    this.#block = { ...block, lines: [] };
    this.#before = before;
    this.#context = context;
    this.#groups = new Groups(this.#code, linesPerBox, () => element("span", "lines"));
    this.#highlight = context.highlighter.follow(block.language, (at, marks) => {
      const line = this.#lines[at];
      if (line !== undefined) codeLine(line, this.#block.lines[at] ?? "", marks);
    });
    const { strings } = context;
    const { language } = block;
    this.#apply = iconButton(icon("apply"), strings.applyToFile, () => this.#applyToFile());
    const actions = element(
      "div",
      "codeActions",
      this.#apply,
      iconButton(icon("insert"), strings.insertAtCursor, () => context.insertAtCursor(this.#text())),
      iconButton(icon("newFile"), strings.newFile, () => context.newFile({ text: this.#text(), language })),
      copyButton(strings, () => context.copy(this.#text())),
    );
    const body = element("pre", "", this.#code);
    body.tabIndex = 0;
    const name = block.path ?? announcedFile(before) ?? language;
    const label = element("span", "codeLanguage", ...visibleNodes(name));
    label.title = visibleText(name);
    this.element = element("div", "codeBlock", element("div", "codeHeader", label, actions), body);
  }

  update(block: Block): boolean {
    if (block.type !== "code" || !isSameKind(block, this.#block)) return false;
    const shown = this.#block.lines;
    const { lines } = block;
    this.#block = block;
    let changedFrom = Math.min(lines.length, shown.length);
    for (let at = lines.length - 1; at >= 0; at--) {
      if (lines[at] === shown[at]) continue;
      changedFrom = Math.min(at, changedFrom);
    }
    for (let at = changedFrom; at < lines.length; at++) this.#show(at, lines[at] ?? "");
    while (this.#lines.length > lines.length) this.#lines.pop()?.remove();
    this.#groups.shrink(lines.length);
    // What is cut off must not go into a file by one click.
    this.#apply.disabled = block.state !== "closed";
    this.#highlight?.update(lines, block.state === "growing", changedFrom);
    return true;
  }

  #show(at: number, text: string): void {
    let line = this.#lines[at];
    if (line === undefined) {
      line = element("span", "line");
      this.#lines.push(line);
      this.#groups.append(at, line);
    }
    plainLine(line, text);
  }

  #text(): string {
    return this.#block.lines.join("\n");
  }

  #applyToFile(): void {
    const path = fileOfCode(this.#block, this.#before);
    const { language } = this.#block;
    this.#context.applyToFile({ text: this.#text(), language, ...(path === undefined ? {} : { path }) });
  }
}

function isSameKind(a: CodeBlock, b: CodeBlock): boolean {
  return a.language === b.language && a.path === b.path;
}

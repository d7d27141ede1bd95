import { element } from "../dom.ts";
import { visibleNodes } from "../markdown/visibleText.ts";
import type { Mark } from "./codeLanguage.ts";

/** Fills `line` with its text in colours. The line end belongs to it, so that copying a selection keeps lines. */
export function codeLine(line: HTMLElement, text: string, marks: readonly Mark[]): void {
  const nodes: Node[] = [];
  let end = 0;
  for (const { from, to, className } of marks) {
    if (from > end) nodes.push(...visibleNodes(text.slice(end, from)));
    nodes.push(element("span", className, ...visibleNodes(text.slice(from, to))));
    end = to;
  }
  nodes.push(...visibleNodes(`${text.slice(end)}\n`));
  line.replaceChildren(...nodes);
}

import { visibleNodes } from "./visibleText.ts";

const ordinary = /^[\t -~]*$/;

/** A line of code without highlighting. The line end belongs to it, so that copying a selection keeps lines. */
export function plainLine(line: HTMLElement, text: string): void {
  const only = line.firstChild;
  if (ordinary.test(text)) {
    if (only instanceof Text && line.childNodes.length === 1) only.data = `${text}\n`;
    else line.textContent = `${text}\n`;
  } else {
    line.replaceChildren(...visibleNodes(`${text}\n`));
  }
}

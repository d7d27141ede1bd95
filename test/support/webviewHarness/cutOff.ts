import type { Panel } from "./panel.ts";

/** What reaches beyond the sides of the page, unless it can be scrolled to where it stands. */
export function cutOff(panel: Panel): Promise<string[]> {
  return panel.page.evaluate(() => {
    const scrolls = (node: Element | null): boolean =>
      node !== null && (node.matches("pre, .tableBox") || scrolls(node.parentElement));
    const shown = [...document.querySelectorAll("button, input, textarea, p, li, .chip, .bubble, .error")];
    return shown
      .filter((node) => {
        const { left, right, width } = node.getBoundingClientRect();
        return width > 0 && (left < -0.5 || right > innerWidth + 0.5) && !scrolls(node);
      })
      .filter((node) => node.closest(".screenReaderOnly") === null)
      .map((node) => node.outerHTML.slice(0, 200));
  });
}

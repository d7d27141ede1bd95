import type { Frame, Locator, Page } from "playwright-core";

/** A language in which every text is marked, and longer, as in other languages. */
export function pseudoText(text: string): string {
  return `⟦${text} ${"~".repeat(Math.ceil(text.length * 0.4))}⟧`;
}

/** Words in every language alike: names, and “k” and “M” for thousands and millions. */
const names = /\b(Valar|VS Code|[kM])\b/g;

/**
 * Those of the texts that have words left without those that were translated and those of `given`, which holds what
 * people, models and settings wrote.
 */
export function withOwnWords(texts: readonly string[], given: string): string[] {
  return texts.filter((text) => {
    let rest = text.replaceAll(names, "");
    // From the inside out: a text may be filled into another.
    for (let before = ""; before !== rest;) {
      before = rest;
      rest = rest.replace(/⟦[^⟦⟧]*⟧/g, " ");
    }
    const words = rest.match(/[\p{L}\d./_-]*\p{L}{2}[\p{L}\d./_-]*/gu) ?? [];
    return !given.includes(text) && words.some((word) => !given.includes(word));
  });
}

/** Texts and what screen readers and tooltips say, but for what people and models wrote. */
export async function shownTexts(place: Page | Frame | Locator): Promise<string[]> {
  const root = "locator" in place && "first" in place ? place : place.locator("body");
  return root.evaluate((top: Element) => {
    const written = ".markdown, .reasoningText, pre, .bubble, [aria-live=polite], script, style";
    const attributes = ["aria-label", "aria-description", "aria-valuetext", "title", "placeholder", "alt"];
    const texts: string[] = [];
    for (const node of [top, ...top.querySelectorAll("*")]) {
      if (node.closest(written) !== null && !node.matches("button, button *")) continue;
      for (const name of attributes) texts.push(node.getAttribute(name) ?? "");
      for (const child of node.childNodes) if (child instanceof Text) texts.push(child.data);
    }
    return [...new Set(texts.map((text) => text.trim()).filter((text) => text !== ""))];
  });
}

import type { ContextKind, ContextView } from "../protocol/chat.ts";
import { element } from "./dom.ts";
import { icon, type IconName } from "./icons.ts";
import type { PanelContext } from "./panelContext.ts";

const iconNames: Readonly<Record<ContextKind, IconName>> = {
  selection: "selection",
  file: "file",
  folder: "folder",
  symbol: "symbol",
  problems: "warning",
  changes: "changes",
  terminal: "terminal",
  rules: "rules",
  image: "image",
};

export function contextIcon(kind: ContextKind): IconName {
  return iconNames[kind];
}

/** Icon and name of a piece of context. */
export function contextLabel(item: ContextView): (HTMLElement | SVGElement)[] {
  const label = element("span", "chipLabel", item.label);
  label.title = item.detail;
  return [icon(contextIcon(item.kind)), label];
}

/** A piece of context that a message carried; a click opens it. */
export function messageChip(item: ContextView, messageId: string, context: PanelContext): HTMLElement {
  const chip = element("button", "chip", ...contextLabel(item));
  chip.type = "button";
  chip.title = item.detail;
  chip.addEventListener("click", () => context.ask("openContext", { id: item.id, messageId }));
  return chip;
}

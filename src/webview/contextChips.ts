import type { ContextKind, ContextView } from "../protocol/chat.ts";
import { element } from "./dom.ts";
import { icon, type IconName } from "./icons.ts";

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

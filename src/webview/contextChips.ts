import type { ContextKind, ContextView } from "../protocol/chat.ts";
import { element } from "./dom.ts";
import { icon, type IconName } from "./icons.ts";
import type { PanelContext } from "./panelContext.ts";
import type { Thumbnails } from "./thumbnails.ts";

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
export function contextLabel(item: ContextView): Element[] {
  const label = element("span", "chipLabel", item.label);
  label.title = item.detail;
  return [icon(contextIcon(item.kind)), label];
}

/** The same, with a small picture of an image. */
export function pictureLabel(item: ContextView, thumbnails: Thumbnails, messageId?: string): Element[] {
  const [sign, ...label] = contextLabel(item);
  if (item.kind !== "image" || sign === undefined) return contextLabel(item);
  const place = messageId === undefined ? { id: item.id } : { id: item.id, messageId };
  return [thumbnails.show(place, sign), ...label];
}

/** A piece of context that a message carried; a click opens it. */
export function messageChip(item: ContextView, messageId: string, context: PanelContext): HTMLElement {
  const chip = element("button", "chip", ...pictureLabel(item, context.thumbnails, messageId));
  chip.type = "button";
  chip.title = item.detail;
  chip.addEventListener("click", () => context.ask("openContext", { id: item.id, messageId }));
  return chip;
}

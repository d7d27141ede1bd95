import type { ContextView } from "../protocol/chat.ts";
import { element, fill, iconButton } from "./dom.ts";
import { icon } from "./icons.ts";
import type { WebviewStrings } from "../protocol/strings.ts";

/** Icon and name of a piece of context. */
export function contextLabel(item: ContextView): (HTMLElement | SVGElement)[] {
  const label = element("span", "chipLabel", item.label);
  label.title = item.detail;
  return [icon("file"), label];
}

/** A piece of context that waits for the next message and can be taken away. */
export function contextChip(item: ContextView, strings: WebviewStrings, remove: () => void): HTMLElement {
  const button = iconButton(icon("close"), fill(strings.removeContext, item.label), remove);
  return element("span", "chip", ...contextLabel(item), button);
}

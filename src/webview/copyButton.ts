import type { WebviewStrings } from "../protocol/strings.ts";
import { iconButton, nameButton } from "./dom.ts";
import { icon } from "./icons.ts";

/** How long a button says that it has copied, ms. */
const shownFor = 1500;

/** A button that copies and says so for a moment. */
export function copyButton(strings: WebviewStrings, copy: () => void): HTMLButtonElement {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = (copied: boolean): void => {
    button.replaceChildren(icon(copied ? "check" : "copy"));
    nameButton(button, copied ? strings.copied : strings.copy);
  };
  const button = iconButton(icon("copy"), strings.copy, () => {
    copy();
    show(true);
    clearTimeout(timer);
    timer = setTimeout(() => show(false), shownFor);
  });
  return button;
}

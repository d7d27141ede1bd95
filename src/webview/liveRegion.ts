import { element } from "./dom.ts";

/** Sentences kept in the region; older ones have been read. */
const kept = 4;

/** What a screen reader reads out when it has a moment, never seen on the page. */
export class LiveRegion {
  readonly element = element("div", "screenReaderOnly");

  constructor() {
    this.element.setAttribute("aria-live", "polite");
  }

  say(text: string): void {
    if (text === "") return;
    this.element.append(element("p", "", text));
    while (this.element.childElementCount > kept) this.element.firstElementChild?.remove();
  }
}

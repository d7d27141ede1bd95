import { codePointLabel, splitInvisible } from "../../core/markdown/invisible.ts";
import { element } from "../dom.ts";

/** A mark that stands for a character nobody would see. */
export function invisibleMark(codePoint: number): HTMLElement {
  return element("span", "invisible", codePointLabel(codePoint));
}

/** Text as nodes, with marks for characters that would not be seen. */
export function visibleNodes(text: string): Node[] {
  return splitInvisible(text).map((piece) =>
    typeof piece === "string" ? document.createTextNode(piece) : invisibleMark(piece),
  );
}

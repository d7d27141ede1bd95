import type { UserMessageView } from "../protocol/chat.ts";
import { contextLabel } from "./contextChips.ts";
import { element } from "./dom.ts";
import { visibleNodes } from "./markdown/visibleText.ts";
import type { PanelContext } from "./panelContext.ts";

/** A message of the person's own: it never changes. */
export function userMessage(message: UserMessageView, context: PanelContext): HTMLElement {
  const bubble = element("div", "bubble", ...visibleNodes(message.text));
  const chips = message.context.map((item) => element("span", "chip", ...contextLabel(item)));
  const article = element("article", "message user", bubble);
  if (chips.length > 0) article.append(element("div", "chips", ...chips));
  article.setAttribute("aria-label", context.strings.you);
  return article;
}

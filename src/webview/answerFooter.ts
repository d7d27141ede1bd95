import type { AnswerView } from "../protocol/chat.ts";
import { copyButton } from "./copyButton.ts";
import { element, iconButton } from "./dom.ts";
import { figureTexts } from "./figures.ts";
import { icon } from "./icons.ts";
import type { PanelContext } from "./panelContext.ts";

/** Actions and figures below a finished answer. `text` gives what Copy copies. */
export function answerFooter(answer: AnswerView, text: () => string, context: PanelContext): HTMLElement {
  const { strings } = context;
  const regenerate = iconButton(icon("regenerate"), strings.regenerate, () => context.regenerate(answer.id));
  regenerate.classList.add("regenerate");
  const actions = element("div", "answerActions", regenerate);
  if (text() !== "") actions.prepend(copyButton(strings, () => context.copy(text())));
  const footer = element("div", "answerFooter", actions);
  if (answer.figures !== undefined) {
    const figures = figureTexts(answer.figures, strings, context.locale).map(({ name, text: shown }) =>
      element("span", `figure figure-${name}`, shown),
    );
    const line = element("div", "figures", ...figures);
    line.title = answer.figures.model;
    footer.append(line);
  }
  return footer;
}

import type { AnswerView } from "../protocol/chat.ts";
import { branchSwitch } from "./branchSwitch.ts";
import { copyButton } from "./copyButton.ts";
import { element } from "./dom.ts";
import { figureTexts } from "./figures.ts";
import { nameAction } from "./keepFocus.ts";
import { deleteButton, otherModelButton, regenerateButton, requestButton } from "./messageActions.ts";
import type { PanelContext } from "./panelContext.ts";

/** Actions and figures below a finished answer. `text` gives what Copy copies. */
export function answerFooter(answer: AnswerView, text: () => string, context: PanelContext): HTMLElement {
  const { strings } = context;
  const { id, branch, figures } = answer;
  const actions = element("div", "actions", regenerateButton(id, context), otherModelButton(id, context));
  if (text() !== "")
    actions.prepend(
      nameAction(
        copyButton(strings, () => context.copy(text())),
        "copy",
      ),
    );
  if (answer.hasRequest) actions.append(requestButton(id, context));
  actions.append(deleteButton(id, context));
  const footer = element("div", "answerFooter");
  if (figures !== undefined) {
    const parts = figureTexts(figures, strings, context.locale, answer.state.type !== "failed");
    const line = element(
      "div",
      "figures",
      ...parts.map(({ name, text: shown }) => element("span", `figure figure-${name}`, shown)),
    );
    line.title = figures.model;
    footer.append(line);
  }
  if (branch !== undefined) footer.append(branchSwitch(id, branch, context));
  footer.append(actions);
  return footer;
}

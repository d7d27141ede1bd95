import type { FitId, SendResult } from "../../protocol/chat.ts";
import type { ComposerStrings } from "../../protocol/composerStrings.ts";
import { element, fill, textButton } from "../dom.ts";
import { icon } from "../icons.ts";
import { compactCount } from "../../core/money/compactCount.ts";

export type TooLong = SendResult & { readonly type: "tooLong" };

export interface FitActions {
  readonly choose: (fit: FitId) => void;
  readonly cancel: () => void;
}

/** What may be left out of a request that does not fit, for the person to choose. */
export function fitPanel(
  { promptTokens, limitTokens, choices }: TooLong,
  strings: ComposerStrings,
  locale: string,
  { choose, cancel }: FitActions,
): HTMLElement {
  const count = (tokens: number): string => compactCount(tokens, locale);
  const message = fill(strings.tooLong, count(promptTokens), count(limitTokens));
  const offers = choices.map(({ id, label, detail }, at) => {
    const button = textButton(at === 0 ? "primary" : "secondary", label, () => choose(id));
    const hint = element("span", "fitDetail", detail);
    hint.id = `fitDetail${at}`;
    button.setAttribute("aria-describedby", hint.id);
    return element("div", "fitChoice", button, hint);
  });
  const text = element(
    "div",
    "errorText",
    element("div", "errorMessage", message),
    element("div", "errorHint", strings.tooLongHint),
    ...offers,
    element("div", "fitChoice", textButton("secondary", strings.cancel, cancel)),
  );
  const panel = element("div", "error fitPanel", icon("warning"), text);
  panel.setAttribute("role", "group");
  panel.setAttribute("aria-label", message);
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    cancel();
  });
  return panel;
}

import type { ErrorActionId, ErrorView } from "../protocol/chat.ts";
import type { WebviewStrings } from "../protocol/strings.ts";
import { element, textButton } from "./dom.ts";
import { icon } from "./icons.ts";

/** What went wrong, what to do about it, and the buttons for that; the first is the main one. */
export function errorPart(
  error: ErrorView,
  strings: WebviewStrings,
  act: (action: ErrorActionId) => void,
): HTMLElement {
  const text = element("div", "errorText", element("div", "errorMessage", error.message));
  if (error.hint !== "") text.append(element("div", "errorHint", error.hint));
  if (error.requestId !== undefined) {
    text.append(element("div", "errorId", `${strings.requestId}: `, element("code", "", error.requestId)));
  }
  if (error.actions.length > 0) {
    const buttons = error.actions.map(({ id, label }, at) =>
      textButton(at === 0 ? "primary" : "secondary", label, () => act(id)),
    );
    text.append(element("div", "buttons", ...buttons));
  }
  return element("div", error.isWarning === true ? "error warning" : "error", icon("warning"), text);
}

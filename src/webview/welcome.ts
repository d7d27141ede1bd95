import type { WebviewStrings } from "../protocol/strings.ts";
import { element, textButton } from "./dom.ts";

export interface TokenActions {
  readonly setToken: () => void;
  readonly getKey: () => void;
}

/** Shown in an empty conversation: what one can do, and some questions to begin with. */
export function welcome(strings: WebviewStrings, suggest: (text: string) => void): HTMLElement {
  const suggestions = strings.suggestions.map((text) => textButton("suggestion", text, () => suggest(text)));
  return element(
    "div",
    "welcome",
    element("h2", "", strings.emptyTitle),
    element("p", "", strings.emptyHint),
    element("div", "suggestions", ...suggestions),
  );
}

/** Shown while there is no token. */
export function tokenCard(strings: WebviewStrings, actions: TokenActions): HTMLElement {
  return element(
    "div",
    "tokenCard",
    element("h2", "", strings.noTokenTitle),
    element("p", "", strings.noTokenHint),
    element(
      "div",
      "buttons",
      textButton("primary", strings.setToken, actions.setToken),
      textButton("secondary", strings.getKey, actions.getKey),
    ),
  );
}

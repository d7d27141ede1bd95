import type { AccountView, ComposerView, SlashCommandView } from "../protocol/chat.ts";
import type { WebviewStrings } from "../protocol/strings.ts";
import { element, textButton } from "./dom.ts";
import { keepFocus, nameAction } from "./keepFocus.ts";

/** Commands offered at most, besides those that a suggestion begins with. */
const maxCommands = 6;

/** Shown in an empty conversation: what one can do, and some questions and commands to begin with. */
export class Welcome {
  readonly element: HTMLElement;
  readonly #suggest: (text: string) => void;
  readonly #focusBox: () => void;
  readonly #suggestions: readonly string[];
  /** Those that are about code. */
  readonly #codeSuggestions: readonly HTMLElement[];
  readonly #hint: HTMLElement;
  readonly #commands = element("div", "suggestedCommands");
  readonly #tokenNote: HTMLElement;
  #shown: readonly SlashCommandView[] = [];

  constructor(strings: WebviewStrings, suggest: (text: string) => void, focusBox: () => void) {
    this.#suggest = suggest;
    this.#focusBox = focusBox;
    this.#suggestions = [strings.fileSuggestion, ...strings.suggestions];
    this.#hint = element("p", "commandsHint", strings.composer.startWithCommand);
    this.#tokenNote = element("p", "tokenNote", strings.environmentToken);
    const suggestion = (text: string): HTMLElement => textButton("suggestion", text, () => suggest(text));
    const suggestions = this.#suggestions.map(suggestion);
    this.#codeSuggestions = suggestions.filter(
      (_, at) => this.#suggestions[at]?.startsWith("/commit") !== true,
    );
    this.element = element(
      "div",
      "welcome",
      element("h2", "", strings.emptyTitle),
      element("p", "", strings.emptyHint),
      element("div", "suggestions", ...suggestions),
      this.#hint,
      this.#commands,
      this.#tokenNote,
    );
    this.#hint.hidden = true;
  }

  update({ commands, ambient, context }: ComposerView, { source }: AccountView): void {
    this.#tokenNote.hidden = source !== "environment";
    const hasCode = context.length > 0 || ambient.some(({ id, isOn }) => isOn && id.startsWith("editor"));
    for (const suggestion of this.#codeSuggestions) {
      if (!hasCode && suggestion === document.activeElement) this.#focusBox();
      suggestion.hidden = !hasCode;
    }
    if (commands === this.#shown) return;
    this.#shown = commands;
    const offered = commands.filter(({ name }) => !this.#suggestions.some((text) => text.startsWith(name)));
    this.#hint.hidden = offered.length === 0;
    const buttons = offered.slice(0, maxCommands).map(({ name, description }) => {
      const button = textButton("suggestion command", name, () => this.#suggest(`${name} `));
      button.title = description;
      return nameAction(button, name);
    });
    keepFocus(
      this.#commands,
      () => this.#commands.replaceChildren(...buttons),
      () => this.#focusBox(),
    );
  }
}

/** Shown while nothing can be sent: why, and the buttons that help; the first is the main one. */
export function setUpCard(
  title: string,
  hint: string,
  buttons: readonly { readonly label: string; readonly press: () => void }[],
): HTMLElement {
  const made = buttons.map(({ label, press }, at) =>
    textButton(at === 0 ? "primary" : "secondary", label, press),
  );
  return element(
    "div",
    "setUpCard",
    element("h2", "", title),
    element("p", "", hint),
    element("div", "buttons", ...made),
  );
}

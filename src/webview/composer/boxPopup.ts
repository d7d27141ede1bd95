import type { SlashCommandView, SuggestionView } from "../../protocol/chat.ts";
import type { ComposerStrings } from "../../protocol/composerStrings.ts";
import { contextIcon } from "../contextChips.ts";
import { fill } from "../dom.ts";
import type { HostLine } from "../hostLine.ts";
import { ContextSearch } from "./contextSearch.ts";
import { insertText } from "./insertText.ts";
import { optionsOf, type PopupContent, type PopupOption } from "./popupContent.ts";
import type { PopupList } from "./popupList.ts";
import { triggerAt, type Trigger } from "./trigger.ts";

export interface BoxPopupActions {
  /** Attaches what `mark` stands for in the text; false if nothing came of it. */
  readonly attach: (suggestion: SuggestionView, mark: string) => Promise<boolean>;
  readonly attachFiles: () => void;
  /** What is to stand for it in the text. */
  readonly mark: (suggestion: SuggestionView) => string;
}

/** The lists that open while one types: what `@` finds, and the `/` commands. */
export class BoxPopup {
  readonly #box: HTMLTextAreaElement;
  readonly #popup: PopupList;
  readonly #strings: ComposerStrings;
  readonly #actions: BoxPopupActions;
  readonly #search: ContextSearch;
  #commands: readonly SlashCommandView[] = [];
  #trigger: Trigger | undefined;
  #suggestions: readonly SuggestionView[] = [];
  #isSearching = false;
  /** Start of a trigger that the person sent away with Escape. */
  #dismissed: number | undefined;
  /** Was the `@` put there by the attach button? */
  #isFromButton = false;

  constructor(
    box: HTMLTextAreaElement,
    popup: PopupList,
    strings: ComposerStrings,
    host: HostLine,
    actions: BoxPopupActions,
  ) {
    this.#box = box;
    this.#popup = popup;
    this.#strings = strings;
    this.#actions = actions;
    this.#search = new ContextSearch(host, {
      found: (suggestions) => {
        this.#suggestions = suggestions;
        this.#isSearching = false;
        this.#showMentions(suggestions.length === 0 ? strings.nothingFound : undefined);
      },
      failed: (message) => {
        this.#suggestions = [];
        this.#isSearching = false;
        this.#showMentions(fill(strings.searchFailed, message));
      },
    });
    box.setAttribute("aria-haspopup", "listbox");
    box.setAttribute("aria-autocomplete", "list");
    box.addEventListener("blur", () => this.#close());
  }

  /** Others than before are shown at once where a command is being typed. */
  set commands(commands: readonly SlashCommandView[]) {
    if (JSON.stringify(commands) === JSON.stringify(this.#commands)) return;
    this.#commands = commands;
    if (this.#trigger?.type === "command") this.#command(this.#trigger.query);
  }

  get isOpen(): boolean {
    return this.#popup.isOpenFor(this.#box);
  }

  /** Opens the `@` list as if one had typed the sign. */
  startMention(): void {
    const { selectionStart, selectionEnd, value } = this.#box;
    const needsSpace = selectionStart > 0 && !/\s/.test(value.charAt(selectionStart - 1));
    this.#dismissed = undefined;
    insertText(this.#box, selectionStart, selectionEnd, needsSpace ? " @" : "@");
    this.#isFromButton = true;
    this.refresh();
  }

  /** To be called when the caret has moved: that may close the list, but only typing opens it. */
  moved(): void {
    if (this.isOpen) this.refresh();
  }

  /** To be called when the text has changed. */
  refresh(): void {
    const { value, selectionStart, selectionEnd } = this.#box;
    const trigger =
      selectionStart === selectionEnd && document.activeElement === this.#box
        ? triggerAt(value, selectionStart)
        : undefined;
    if (trigger?.start !== this.#dismissed) this.#dismissed = undefined;
    if (trigger === undefined || trigger.start === this.#dismissed) {
      this.#close();
      return;
    }
    const isSame = trigger.type === this.#trigger?.type && trigger.query === this.#trigger.query;
    this.#trigger = trigger;
    if (isSame && this.isOpen) return;
    if (trigger.type === "mention") this.#mention(trigger.query);
    else this.#command(trigger.query);
  }

  /** Takes a key while the list is open; true when it was used up. */
  key(event: KeyboardEvent): boolean {
    if (!this.isOpen || event.ctrlKey || event.metaKey || event.altKey) return false;
    const { active } = this.#popup;
    if (event.key === "Escape") {
      event.stopPropagation();
      this.#dismissed = this.#trigger?.start;
      if (this.#isFromButton && this.#trigger?.query === "") this.#replace("");
      this.#close();
    } else if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey && active !== undefined) {
      active.choose();
    } else if (event.key === "Enter" && this.#isSearching) {
      // What is looked for may be there in a moment: not yet a message to send.
    } else if (active === undefined || event.shiftKey || !moveWith(this.#popup, event.key)) {
      return false;
    }
    event.preventDefault();
    return true;
  }

  #mention(query: string): void {
    this.#search.search(query);
    this.#isSearching = true;
    this.#popup.forgetMove();
    // Until the answer is there: those found before that fit as well.
    const wanted = query.toLowerCase();
    this.#suggestions = this.#suggestions.filter(({ label }) => label.toLowerCase().includes(wanted));
    this.#showMentions(this.#suggestions.length === 0 ? this.#strings.searching : undefined);
  }

  #showMentions(message: string | undefined): void {
    const suggestions = this.#suggestions.map((suggestion): PopupOption => ({
      id: suggestion.id,
      label: suggestion.label,
      detail: suggestion.detail,
      icon: contextIcon(suggestion.kind),
      choose: () => void this.#attach(suggestion),
    }));
    const groups = [{ label: "", options: suggestions }];
    if (this.#trigger?.query === "") groups.push({ label: "", options: [this.#filesOption()] });
    this.#open(this.#strings.contextList, {
      groups,
      isBusy: this.#isSearching,
      isUnready: this.#suggestions.length === 0 && this.#isSearching,
      ...(message === undefined ? {} : { message }),
    });
  }

  /** The mention stands in the text at once, and goes again if nothing came of it. */
  async #attach(suggestion: SuggestionView): Promise<void> {
    const mark = this.#actions.mark(suggestion);
    const at = this.#trigger?.start ?? 0;
    this.#replace(`${mark} `);
    if (await this.#actions.attach(suggestion, mark)) return;
    const { value } = this.#box;
    const start = value.startsWith(mark, at) ? at : value.lastIndexOf(mark);
    if (start < 0) return;
    const end = start + mark.length;
    insertText(this.#box, start, value.charAt(end) === " " ? end + 1 : end, "");
  }

  #filesOption(): PopupOption & { icon: "folder" } {
    return {
      id: "files",
      label: this.#strings.filesAndFolders,
      detail: this.#strings.dropHint,
      icon: "folder",
      choose: () => {
        this.#replace("");
        this.#actions.attachFiles();
      },
    };
  }

  #command(query: string): void {
    this.#search.cancel();
    this.#isSearching = false;
    this.#popup.forgetMove();
    const wanted = query.toLowerCase();
    const fits = this.#commands.filter(({ name }) => name.slice(1).toLowerCase().includes(wanted));
    const isWhole = fits.length === 1 && fits[0]?.name === `/${query}`;
    // Without anything to choose, a text may begin with a slash; a whole command is ready to be sent.
    if (fits.length === 0 || isWhole) {
      this.#popup.close();
      return;
    }
    const toOption = ({ name, description }: SlashCommandView): PopupOption => ({
      id: name,
      label: name,
      detail: description,
      choose: () => this.#replace(`${name} `),
    });
    const group = (label: string, isOwn: boolean): PopupContent["groups"][number] => ({
      label,
      options: fits.filter((command) => command.isOwn === isOwn).map(toOption),
    });
    const { commandList, ownPrompts } = this.#strings;
    const groups = [group(commandList, false), group(ownPrompts, true)];
    this.#open(commandList, { groups: groups.filter(({ options }) => options.length > 0) });
  }

  #open(label: string, content: PopupContent): void {
    if (this.#trigger === undefined) return;
    if (this.isOpen && optionsOf(content).length === 0 && content.message === undefined) {
      this.#popup.close();
    } else if (this.isOpen) {
      this.#popup.show(content);
    } else {
      this.#popup.open({ element: this.#box, label, closed: () => this.#search.cancel() }, content);
    }
  }

  /** Puts `text` in place of the trigger, and closes the list. */
  #replace(text: string): void {
    const trigger = this.#trigger;
    this.#close();
    if (trigger === undefined) return;
    const isSpaceThere = text.endsWith(" ") && this.#box.value.charAt(trigger.end) === " ";
    insertText(this.#box, trigger.start, trigger.end + (isSpaceThere ? 1 : 0), text);
  }

  #close(): void {
    this.#trigger = undefined;
    this.#suggestions = [];
    this.#isSearching = false;
    this.#isFromButton = false;
    this.#search.cancel();
    if (this.isOpen) this.#popup.close();
  }
}

/** Moves in the list by key; false when the key means nothing to it. */
export function moveWith(popup: PopupList, key: string): boolean {
  switch (key) {
    case "ArrowDown":
      popup.move(1);
      return true;
    case "ArrowUp":
      popup.move(-1);
      return true;
    case "Home":
      popup.first();
      return true;
    case "End":
      popup.last();
      return true;
    default:
      return false;
  }
}

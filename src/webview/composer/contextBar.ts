import type { AmbientView, ComposerView, ContextView } from "../../protocol/chat.ts";
import type { WebviewStrings } from "../../protocol/strings.ts";
import { contextLabel, pictureLabel } from "../contextChips.ts";
import { element, fill, iconButton } from "../dom.ts";
import { icon } from "../icons.ts";
import type { Thumbnails } from "../thumbnails.ts";

export interface ContextBarActions {
  readonly remove: (id: string) => void;
  readonly open: (id: string) => void;
  readonly setAmbient: (id: string, isOn: boolean) => void;
  readonly thumbnails: Thumbnails;
  /** Takes the focus when what had it is gone. */
  readonly focus: () => void;
}

interface Chip {
  readonly element: HTMLElement;
  readonly item: ContextView | AmbientView;
}

/** What the next message carries along: a chip for each. Chips that stay keep their elements and the focus. */
export class ContextBar {
  readonly element = element("div", "chips");
  readonly #strings: WebviewStrings;
  readonly #actions: ContextBarActions;
  #chips = new Map<string, Chip>();
  #shown: readonly [readonly AmbientView[], readonly ContextView[]] | undefined;

  constructor(strings: WebviewStrings, actions: ContextBarActions) {
    this.#strings = strings;
    this.#actions = actions;
    this.element.hidden = true;
  }

  update({ ambient, context }: ComposerView): void {
    if (this.#shown?.[0] === ambient && this.#shown[1] === context) return;
    this.#shown = [ambient, context];
    const hadFocus = this.element.contains(document.activeElement);
    const before = this.#chips;
    this.#chips = new Map([
      ...ambient
        .filter((item) => !context.some((other) => isSame(item, other)))
        .map((item) => this.#entry(`ambient ${item.id}`, item, before)),
      ...context.map((item) => this.#entry(item.id, item, before)),
    ]);
    const elements = [...this.#chips.values()].map((chip) => chip.element);
    for (const [id, chip] of before) if (this.#chips.get(id)?.element !== chip.element) chip.element.remove();
    // Elements that are in place already are not moved: that would take the focus from them.
    elements.forEach((node, at) => {
      const there = this.element.children[at];
      if (there !== node) this.element.insertBefore(node, there ?? null);
    });
    this.element.hidden = elements.length === 0;
    // What was just attached is to be seen, where there are more than there is room for.
    if (this.#chips.size > before.size) this.element.scrollTop = this.element.scrollHeight;
    if (hadFocus && !this.element.contains(document.activeElement)) this.#actions.focus();
  }

  #entry(
    key: string,
    item: ContextView | AmbientView,
    before: ReadonlyMap<string, Chip>,
  ): readonly [string, Chip] {
    const old = before.get(key);
    if (old !== undefined && isSame(old.item, item)) {
      if ("isOn" in item) setOn(old.element, item.isOn);
      return [key, { ...old, item }];
    }
    return [key, { element: "isOn" in item ? this.#toggle(item) : this.#attached(item), item }];
  }

  #attached(item: ContextView): HTMLElement {
    const { remove, open, thumbnails } = this.#actions;
    const main = element("button", "chipMain", ...pictureLabel(item, thumbnails));
    main.type = "button";
    main.setAttribute("aria-label", fill(this.#strings.composer.openContext, item.label));
    main.addEventListener("click", () => open(item.id));
    const name = fill(this.#strings.removeContext, item.label);
    const chip = element(
      "span",
      "chip attached",
      main,
      iconButton(icon("close"), name, () => remove(item.id)),
    );
    chip.addEventListener("keydown", (event) => {
      if (event.key !== "Delete" && event.key !== "Backspace") return;
      event.preventDefault();
      remove(item.id);
    });
    return chip;
  }

  #toggle(item: AmbientView): HTMLElement {
    const chip = element("button", "chip ambient", ...contextLabel(item));
    chip.type = "button";
    setOn(chip, item.isOn);
    chip.addEventListener("click", () => {
      this.#actions.setAmbient(item.id, chip.getAttribute("aria-pressed") !== "true");
    });
    return chip;
  }
}

/** Do they say the same? What is attached is sent once, so its chip alone is shown. */
function isSame(one: ContextView, other: ContextView): boolean {
  return one.kind === other.kind && one.label === other.label && one.detail === other.detail;
}

function setOn(chip: HTMLElement, isOn: boolean): void {
  chip.setAttribute("aria-pressed", String(isOn));
}

import { element } from "../dom.ts";
import { icon } from "../icons.ts";
import { optionsOf, type PopupContent, type PopupOption } from "./popupContent.ts";

/** Distance kept from the upper edge of the panel, px. */
const margin = 8;

export interface PopupOwner {
  /** Keeps the focus, and says which option is the active one. */
  readonly element: HTMLElement;
  /** What is listed. */
  readonly label: string;
  readonly closed: () => void;
}

/**
 * The one list of the panel that opens above the box: options to move through while the focus stays where it is
 * (the ARIA listbox with `aria-activedescendant`).
 */
export class PopupList {
  readonly element: HTMLElement;
  readonly #say: (text: string) => void;
  readonly #list = element("div", "popupOptions");
  readonly #message = element("div", "popupMessage");
  #owner: PopupOwner | undefined;
  #options: readonly PopupOption[] = [];
  #nodes: readonly HTMLElement[] = [];
  #active = -1;
  /** Did the person move to the active option? */
  #isMoved = false;

  constructor(say: (text: string) => void) {
    this.#say = say;
    this.#list.id = "popupOptions";
    this.#list.setAttribute("role", "listbox");
    this.element = element("div", "popup", this.#message, this.#list);
    this.element.hidden = true;
    // The focus stays with the owner.
    this.element.addEventListener("mousedown", (event) => event.preventDefault());
    this.#list.addEventListener("mousemove", (event) => this.#moveTo(this.#at(event)));
    this.#list.addEventListener("click", (event) => this.#options[this.#at(event)]?.choose());
  }

  isOpenFor(owner: HTMLElement): boolean {
    return this.#owner?.element === owner;
  }

  get active(): PopupOption | undefined {
    return this.#options[this.#active];
  }

  open(owner: PopupOwner, content: PopupContent): void {
    if (this.#owner?.element !== owner.element) this.close();
    this.#owner = owner;
    this.#list.setAttribute("aria-label", owner.label);
    owner.element.setAttribute("aria-controls", this.#list.id);
    if (owner.element.role === "combobox") owner.element.setAttribute("aria-expanded", "true");
    this.element.hidden = false;
    const above = this.element.parentElement?.getBoundingClientRect().top ?? 0;
    this.element.style.setProperty("--popup-room", `${Math.max(above - margin, 0)}px`);
    this.show(content);
  }

  /** Shows other content; the option that the person moved to stays the active one if it is still there. */
  show(content: PopupContent): void {
    const before = this.#isMoved ? this.active?.id : undefined;
    this.#options = optionsOf(content);
    this.#nodes = this.#options.map(optionNode);
    let at = 0;
    const groups = content.groups.map(({ label, options }, index) => {
      const nodes = this.#nodes.slice(at, (at += options.length));
      return label === "" ? nodes : [groupNode(label, index, nodes)];
    });
    this.#list.replaceChildren(...groups.flat());
    this.#list.hidden = this.#options.length === 0;
    this.#list.setAttribute("aria-busy", String(content.isBusy === true));
    const message = content.message ?? "";
    if (message !== this.#message.textContent) this.#say(message);
    this.#message.textContent = message;
    this.#message.hidden = message === "";
    this.#active = -1;
    const kept = this.#options.findIndex(({ id }) => id === before);
    this.#isMoved = kept >= 0;
    const current = this.#options.findIndex(({ isCurrent }) => isCurrent === true);
    const start = content.isUnready === true ? -1 : Math.max(current, 0);
    this.#activate(this.#isMoved ? kept : start);
  }

  close(): void {
    const owner = this.#owner;
    if (owner === undefined) return;
    this.#owner = undefined;
    this.element.hidden = true;
    this.#options = [];
    this.#nodes = [];
    this.#active = -1;
    this.#isMoved = false;
    this.#message.textContent = "";
    for (const name of ["aria-activedescendant", "aria-controls"]) owner.element.removeAttribute(name);
    if (owner.element.role === "combobox") owner.element.setAttribute("aria-expanded", "false");
    owner.closed();
  }

  /** Moves by `step`, around the ends. */
  move(step: number): void {
    const count = this.#options.length;
    const from = this.#active < 0 && step < 0 ? 0 : this.#active;
    if (count > 0) this.#moveTo((from + step + count) % count);
  }

  first(): void {
    this.#moveTo(0);
  }

  last(): void {
    this.#moveTo(this.#options.length - 1);
  }

  /** Makes the next option active whose label begins with `text`, from the active one on. */
  find(text: string): void {
    const wanted = text.toLocaleLowerCase();
    const from = text.length === 1 ? this.#active + 1 : this.#active;
    const order = this.#options.map((_, at) => (at + Math.max(from, 0)) % this.#options.length);
    const found = order.find((at) => this.#options[at]?.label.toLocaleLowerCase().startsWith(wanted));
    if (found !== undefined) this.#moveTo(found);
  }

  /** To be called when the person goes on typing: what they moved to before no longer counts. */
  forgetMove(): void {
    this.#isMoved = false;
  }

  #moveTo(at: number): void {
    if (at < 0) return;
    this.#isMoved = true;
    this.#activate(at);
  }

  #activate(at: number): void {
    const node = this.#nodes[at];
    if (at === this.#active && node !== undefined) return;
    this.#nodes[this.#active]?.setAttribute("aria-selected", "false");
    this.#active = node === undefined ? -1 : at;
    if (node === undefined) {
      this.#owner?.element.removeAttribute("aria-activedescendant");
      return;
    }
    node.setAttribute("aria-selected", "true");
    this.#owner?.element.setAttribute("aria-activedescendant", node.id);
    if (at === 0) this.element.scrollTop = 0;
    else node.scrollIntoView({ block: "nearest" });
  }

  #at(event: Event): number {
    const { target } = event;
    return target instanceof Node ? this.#nodes.findIndex((node) => node.contains(target)) : -1;
  }
}

function optionNode(option: PopupOption, at: number): HTMLElement {
  const label = element("span", "popupLabel", option.label);
  const detail = option.detail === "" ? undefined : element("span", "popupDetail", option.detail);
  const badges = (option.badges ?? []).map((text) => element("span", "badge", text));
  const text = element("span", option.isWide === true ? "popupText wide" : "popupText");
  text.append(badges.length > 0 ? element("span", "popupHead", label, ...badges) : label);
  if (detail !== undefined) text.append(detail);
  const node = element("div", "popupOption");
  if (option.isCurrent !== undefined) {
    node.append(element("span", "popupCheck", option.isCurrent ? icon("check") : undefined));
    node.setAttribute("aria-checked", String(option.isCurrent));
  }
  if (option.icon !== undefined) node.append(icon(option.icon));
  node.append(text);
  node.id = `popupOption${at}`;
  node.title = option.detail;
  node.setAttribute("role", "option");
  node.setAttribute("aria-selected", "false");
  return node;
}

function groupNode(label: string, at: number, options: readonly HTMLElement[]): HTMLElement {
  const heading = element("div", "popupHeading", label);
  heading.id = `popupHeading${at}`;
  // Its text names the group already.
  heading.setAttribute("aria-hidden", "true");
  const group = element("div", "popupGroup", heading, ...options);
  group.setAttribute("role", "group");
  group.setAttribute("aria-labelledby", heading.id);
  return group;
}

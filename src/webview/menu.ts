import { element } from "./dom.ts";

export interface MenuItem {
  readonly label: string;
  /** Smaller, behind the label. */
  readonly detail?: string;
  readonly run: () => void;
}

/** Opens a menu at a button, with a note on its items if they need one. It closes on a choice, Escape, or when the focus goes elsewhere. */
export function openMenu(
  button: HTMLElement,
  label: string,
  items: readonly MenuItem[],
  note?: string,
): void {
  const head = note === undefined ? undefined : element("div", "menuNote", note);
  const menu = element("div", "menu", head, ...items.map(menuItem));
  menu.setAttribute("role", "menu");
  menu.setAttribute("aria-label", label);
  const close = (): void => {
    button.setAttribute("aria-expanded", "false");
    window.removeEventListener("resize", close);
    menu.remove();
  };
  menu.addEventListener("click", () => {
    if (menu.contains(document.activeElement)) button.focus();
    close();
  });
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node) || !menu.contains(relatedTarget)) close();
  });
  menu.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") {
      button.focus();
      close();
    } else if (event.key === "Tab") {
      event.preventDefault();
    } else if (move(menu, event.key)) {
      event.preventDefault();
    }
  });
  window.addEventListener("resize", close);
  document.body.append(menu);
  place(menu, button.getBoundingClientRect());
  button.setAttribute("aria-expanded", "true");
  menu.querySelector<HTMLElement>("[role=menuitem]")?.focus();
}

function menuItem({ label, detail, run }: MenuItem): HTMLElement {
  const item = element("button", "menuItem", element("span", "", label));
  if (detail !== undefined) item.append(element("span", "menuDetail", detail));
  item.type = "button";
  item.setAttribute("role", "menuitem");
  item.tabIndex = -1;
  item.addEventListener("click", run);
  return item;
}

/** Moves the focus by an arrow key, Home, End or the first letter of an item; false for another key. */
function move(menu: HTMLElement, key: string): boolean {
  const items = [...menu.querySelectorAll<HTMLElement>("[role=menuitem]")];
  const at = items.findIndex((item) => item === document.activeElement);
  const starts = (item: HTMLElement): boolean =>
    key.length === 1 && item.textContent.toLowerCase().startsWith(key.toLowerCase());
  const next: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
  const target = next[key];
  const item =
    target === undefined
      ? [...items.slice(at + 1), ...items.slice(0, at + 1)].find(starts)
      : items.at(target >= items.length ? 0 : target);
  item?.focus();
  return item !== undefined;
}

/** Below the button or, where there is more room, above it; never outside the page. */
function place(menu: HTMLElement, button: DOMRect): void {
  const { width, height } = menu.getBoundingClientRect();
  const edge = 4;
  const isAbove = button.bottom + height + edge > innerHeight && button.top > innerHeight - button.bottom;
  const left = Math.max(edge, Math.min(button.left, innerWidth - width - edge));
  menu.style.left = `${left}px`;
  if (isAbove) menu.style.bottom = `${innerHeight - button.top + 2}px`;
  else menu.style.top = `${button.bottom + 2}px`;
  menu.style.maxHeight = `${(isAbove ? button.top : innerHeight - button.bottom) - 2 * edge}px`;
}

import type { Block, ListBlock, ListItem } from "../../core/markdown/nodes.ts";
import { element, setClass, withOwnDirection } from "../dom.ts";
import { Groups } from "./groups.ts";

/** A longer list is cut into several: see `Groups`. */
const itemsPerBox = 50;

interface ItemView {
  readonly element: HTMLLIElement;
  update(item: ListItem): void;
}
interface Blocks {
  update(blocks: readonly Block[]): void;
}

/** A list. Paragraphs of items are always elements; the class `loose` tells whether they stand apart. */
export class ListView {
  readonly element = element("div", "list");
  readonly #groups: Groups;
  readonly #start: number | undefined;
  readonly #makeBlocks: (parent: HTMLElement) => Blocks;
  readonly #views: ItemView[] = [];
  #items: readonly ListItem[] = [];

  constructor(list: ListBlock, makeBlocks: (parent: HTMLElement) => Blocks) {
    this.#start = list.start;
    this.#makeBlocks = makeBlocks;
    this.#groups = new Groups(this.element, itemsPerBox, (index) => box(list.start, index));
  }

  update(block: Block): boolean {
    if (block.type !== "list" || block.start !== this.#start) return false;
    setClass(this.element, block.tight ? "list" : "list loose");
    block.items.forEach((item, at) => {
      if (item === this.#items[at]) return;
      const view = this.#views[at] ?? this.#add();
      view.update(item);
    });
    for (const view of this.#views.splice(block.items.length)) view.element.remove();
    this.#groups.shrink(block.items.length);
    this.#items = block.items;
    return true;
  }

  #add(): ItemView {
    const item = element("li");
    const content = element("div", "item");
    item.append(content);
    const blocks = this.#makeBlocks(content);
    let mark: HTMLInputElement | undefined;
    const view: ItemView = {
      element: item,
      update: ({ checked, blocks: next }) => {
        if (checked === undefined) mark?.remove();
        if (checked !== undefined) {
          mark ??= checkbox();
          mark.checked = checked;
          if (mark.parentNode !== item) item.prepend(mark);
        }
        setClass(item, checked === undefined ? "" : "task");
        blocks.update(next);
        mark?.setAttribute("aria-label", content.textContent.slice(0, 80));
      },
    };
    this.#groups.append(this.#views.length, item);
    this.#views.push(view);
    return view;
  }
}

/** The `ul` or `ol` whose first item has the number `index` of a list that begins with `start`. */
function box(start: number | undefined, index: number): HTMLElement {
  if (start === undefined) return withOwnDirection(element("ul"));
  const ordered = withOwnDirection(element("ol"));
  if (start + index !== 1) ordered.start = start + index;
  return ordered;
}

function checkbox(): HTMLInputElement {
  const box = element("input");
  box.type = "checkbox";
  box.disabled = true;
  return box;
}

import type { Block, ListBlock, ListItem } from "../../core/markdown/nodes.ts";
import { element, setClass } from "../dom.ts";

interface ItemView {
  readonly element: HTMLLIElement;
  update(item: ListItem): void;
}
interface Blocks {
  update(blocks: readonly Block[]): void;
}

/** A list. Paragraphs of items are always elements; the class `loose` tells whether they stand apart. */
export class ListView {
  readonly element: HTMLElement;
  readonly #start: number | undefined;
  readonly #makeBlocks: (parent: HTMLElement) => Blocks;
  readonly #views: ItemView[] = [];
  #items: readonly ListItem[] = [];

  constructor(list: ListBlock, makeBlocks: (parent: HTMLElement) => Blocks) {
    this.#start = list.start;
    this.#makeBlocks = makeBlocks;
    if (list.start === undefined) {
      this.element = element("ul");
    } else {
      const ordered = element("ol");
      if (list.start !== 1) ordered.start = list.start;
      this.element = ordered;
    }
  }

  update(block: Block): boolean {
    if (block.type !== "list" || block.start !== this.#start) return false;
    setClass(this.element, block.tight ? "" : "loose");
    block.items.forEach((item, at) => {
      if (item === this.#items[at]) return;
      const view = this.#views[at] ?? this.#add();
      view.update(item);
    });
    for (const view of this.#views.splice(block.items.length)) view.element.remove();
    this.#items = block.items;
    return true;
  }

  #add(): ItemView {
    const item = element("li");
    const content = element("div", "item");
    item.append(content);
    const blocks = this.#makeBlocks(content);
    let box: HTMLInputElement | undefined;
    const view: ItemView = {
      element: item,
      update: ({ checked, blocks: next }) => {
        if (checked === undefined) box?.remove();
        if (checked !== undefined) {
          box ??= checkbox();
          box.checked = checked;
          if (box.parentNode !== item) item.prepend(box);
        }
        setClass(item, checked === undefined ? "" : "task");
        blocks.update(next);
        box?.setAttribute("aria-label", content.textContent.slice(0, 80));
      },
    };
    this.element.append(item);
    this.#views.push(view);
    return view;
  }
}

function checkbox(): HTMLInputElement {
  const box = element("input");
  box.type = "checkbox";
  box.disabled = true;
  return box;
}

import { assertNever } from "../../core/util/assertNever.ts";
import type { Block } from "../../core/markdown/nodes.ts";
import { element, withOwnDirection } from "../dom.ts";
import { CodeView } from "./codeView.ts";
import type { Groups } from "./groups.ts";
import { InlineList } from "./inlineList.ts";
import { ListView } from "./listView.ts";
import type { RenderContext } from "./renderContext.ts";
import { TableView } from "./tableView.ts";
import { visibleNodes } from "./visibleText.ts";

/** One block on the page. */
export interface BlockView {
  readonly element: HTMLElement;
  /** Shows another state of the block; false if that takes a new element. */
  update(block: Block): boolean;
}

/** The blocks of one container. A block that is the same object as before is not looked at again. */
export class BlockList {
  readonly #parent: HTMLElement;
  readonly #groups: Groups | undefined;
  readonly #context: RenderContext;
  #blocks: readonly Block[] = [];
  readonly #views: BlockView[] = [];

  /** `groups` takes the blocks instead of `parent`. */
  constructor(parent: HTMLElement, context: RenderContext, groups?: Groups) {
    this.#parent = parent;
    this.#context = context;
    this.#groups = groups;
  }

  update(blocks: readonly Block[]): void {
    if (blocks === this.#blocks) return;
    const before = this.#blocks;
    this.#blocks = blocks;
    blocks.forEach((block, at) => {
      if (block === before[at]) return;
      const old = this.#views[at];
      if (old?.update(block)) return;
      const view = this.#create(block, at);
      if (old === undefined) this.#append(at, view.element);
      else old.element.replaceWith(view.element);
      this.#views[at] = view;
    });
    for (const view of this.#views.splice(blocks.length)) view.element.remove();
    this.#groups?.shrink(blocks.length);
  }

  #append(at: number, child: HTMLElement): void {
    if (this.#groups === undefined) this.#parent.append(child);
    else this.#groups.append(at, child);
  }

  #create(block: Block, at: number): BlockView {
    const view = this.#view(block, at);
    view.update(block);
    return view;
  }

  #view(block: Block, at: number): BlockView {
    switch (block.type) {
      case "paragraph":
        return leafView("paragraph", element("p"), this.#context);
      case "heading":
        return leafView(
          "heading",
          heading(block.level, this.#outline(block.level, at)),
          this.#context,
          block.level,
        );
      case "code":
        return new CodeView(block, this.#blocks[at - 1], this.#context);
      case "html":
        return htmlView();
      case "rule":
        return { element: element("hr"), update: (next) => next.type === "rule" };
      case "quote":
        return this.#quote();
      case "list":
        return new ListView(block, (item) => new BlockList(item, this.#context));
      case "table":
        return new TableView(this.#context);
      default:
        return assertNever(block);
    }
  }

  /**
   * The level of a heading in the page's outline. Answers begin with any level and skip some; the outline begins
   * below the page's own heading and skips none.
   */
  #outline(level: number, at: number): number {
    for (let before = at - 1; before >= 0; before--) {
      const block = this.#blocks[before];
      const view = this.#views[before];
      if (block?.type !== "heading" || block.level > level) continue;
      const outline = Number(view?.element.getAttribute("aria-level"));
      return block.level === level ? outline : Math.min(outline + 1, 6);
    }
    return 2;
  }

  #quote(): BlockView {
    const node = withOwnDirection(element("blockquote"));
    const blocks = new BlockList(node, this.#context);
    return {
      element: node,
      update: (next) => {
        if (next.type !== "quote") return false;
        blocks.update(next.blocks);
        return true;
      },
    };
  }
}

function heading(level: number, outline: number): HTMLElement {
  const node = element("div", `heading heading${level}`);
  node.setAttribute("role", "heading");
  node.setAttribute("aria-level", String(outline));
  return node;
}

function leafView(
  type: "paragraph" | "heading",
  node: HTMLElement,
  context: RenderContext,
  level?: number,
): BlockView {
  const inlines = new InlineList(node, context);
  return {
    element: node,
    update: (next) => {
      if (next.type !== type || (next.type === "heading" && next.level !== level)) return false;
      inlines.update(next.inlines);
      return true;
    },
  };
}

function htmlView(): BlockView {
  const node = element("div", "rawHtml");
  let shown = "";
  return {
    element: node,
    update: (next) => {
      if (next.type !== "html") return false;
      if (next.text !== shown) node.replaceChildren(...visibleNodes(next.text));
      shown = next.text;
      return true;
    },
  };
}

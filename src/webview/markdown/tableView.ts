import type { Block, TableRow } from "../../core/markdown/nodes.ts";
import { element, setClass, withOwnDirection } from "../dom.ts";
import { Groups } from "./groups.ts";
import { InlineList } from "./inlineList.ts";
import type { RenderContext } from "./renderContext.ts";

/** Rows of one `tbody`: see `Groups`. */
const rowsPerBox = 50;

interface CellView {
  readonly element: HTMLTableCellElement;
  readonly inlines: InlineList;
}
interface RowView {
  readonly element: HTMLTableRowElement;
  readonly cells: CellView[];
}

/** A table in a box of its own that scrolls sideways. */
export class TableView {
  readonly element: HTMLElement;
  readonly #context: RenderContext;
  readonly #header: RowView = { element: element("tr"), cells: [] };
  readonly #groups: Groups;
  readonly #views: RowView[] = [];
  #rows: readonly TableRow[] = [];

  constructor(context: RenderContext) {
    this.#context = context;
    const table = element("table", "", element("thead", "", this.#header.element));
    this.#groups = new Groups(table, rowsPerBox, () => element("tbody"));
    this.element = withOwnDirection(element("div", "tableBox", table));
    this.element.tabIndex = 0;
  }

  update(block: Block): boolean {
    if (block.type !== "table") return false;
    this.#showRow(this.#header, block.header, "th");
    block.rows.forEach((row, at) => {
      if (row === this.#rows[at]) return;
      let view = this.#views[at];
      if (view === undefined) {
        view = { element: element("tr"), cells: [] };
        this.#views.push(view);
        this.#groups.append(at, view.element);
      }
      this.#showRow(view, row, "td");
    });
    for (const view of this.#views.splice(block.rows.length)) view.element.remove();
    this.#groups.shrink(block.rows.length);
    this.#rows = block.rows;
    return true;
  }

  #showRow(view: RowView, row: TableRow, tag: "th" | "td"): void {
    row.cells.forEach((cell, at) => {
      let shown = view.cells[at];
      if (shown === undefined) {
        const node = element(tag);
        shown = { element: node, inlines: new InlineList(node, this.#context) };
        view.cells.push(shown);
        view.element.append(node);
      }
      setClass(shown.element, cell.align === undefined ? "" : `align-${cell.align}`);
      shown.inlines.update(cell.inlines);
    });
    for (const cell of view.cells.splice(row.cells.length)) cell.element.remove();
  }
}

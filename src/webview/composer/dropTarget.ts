import { DisposableStore, type Disposable } from "../../core/util/disposable.ts";
import { element } from "../dom.ts";
import { isAttachable, isNothing, readTransfer, type Transferred } from "./transfer.ts";

/** Takes files and images that are dropped anywhere on the panel, and shows that it would. */
export class DropTarget implements Disposable {
  readonly element: HTMLElement;
  readonly #take: (transferred: Transferred) => void;
  readonly #store = new DisposableStore();

  constructor(area: HTMLElement, hint: string, take: (transferred: Transferred) => void) {
    this.#take = take;
    this.element = element("div", "dropHint", hint);
    this.element.hidden = true;
    this.#listen(area, "dragover", (event) => this.#over(event));
    this.#listen(area, "drop", (event) => this.#drop(event));
    this.#listen(area, "dragleave", (event) => {
      if (!(event.relatedTarget instanceof Node)) this.element.hidden = true;
    });
    this.#listen(area, "dragend", () => (this.element.hidden = true));
  }

  dispose(): void {
    this.#store.dispose();
  }

  #listen(
    area: HTMLElement,
    type: "dragover" | "drop" | "dragleave" | "dragend",
    listener: (event: DragEvent) => void,
  ): void {
    area.addEventListener(type, listener);
    this.#store.add({ dispose: () => area.removeEventListener(type, listener) });
  }

  #over(event: DragEvent): void {
    if (event.dataTransfer === null || !isAttachable(event.dataTransfer)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    this.element.hidden = false;
  }

  #drop(event: DragEvent): void {
    this.element.hidden = true;
    if (event.dataTransfer === null) return;
    const transferred = readTransfer(event.dataTransfer);
    // Text, a web address among it, goes where it was dropped.
    if (isNothing(transferred)) return;
    event.preventDefault();
    this.#take(transferred);
  }
}

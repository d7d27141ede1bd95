import { DisposableStore, toDisposable, type Disposable } from "../core/util/disposable.ts";

/**
 * Puts the cursor into the box when the keyboard's focus comes to the page and nothing on it has it yet: VS Code
 * focuses the page, and may do so before or after the page is there. A click is left to what was clicked.
 */
export class Arrival implements Disposable {
  readonly #focusBox: () => void;
  readonly #store = new DisposableStore();
  #isPointerDown = false;

  constructor(focusBox: () => void) {
    this.#focusBox = focusBox;
    this.#listen("pointerdown", () => (this.#isPointerDown = true));
    this.#listen("pointerup", () => (this.#isPointerDown = false));
    this.#listen("pointercancel", () => (this.#isPointerDown = false));
    this.#listen("focus", () => this.check());
  }

  dispose(): void {
    this.#store.dispose();
  }

  check(): void {
    if (this.#isPointerDown || !document.hasFocus() || document.activeElement !== document.body) return;
    this.#focusBox();
  }

  #listen(type: string, listener: () => void): void {
    window.addEventListener(type, listener);
    this.#store.add(toDisposable(() => window.removeEventListener(type, listener)));
  }
}

/**
 * Puts many children into boxes of a fixed number each. A box that is full never changes again and, off the
 * screen, costs the browser nothing, so that a frame's work does not grow with the length of the answer.
 */
export class Groups {
  readonly #parent: HTMLElement;
  readonly #size: number;
  readonly #make: (index: number) => HTMLElement;
  readonly #boxes: HTMLElement[] = [];

  /** `make` creates the box whose first child has the number `index`. */
  constructor(parent: HTMLElement, size: number, make: (index: number) => HTMLElement) {
    this.#parent = parent;
    this.#size = size;
    this.#make = make;
  }

  /** Adds the child number `index`, one more than there are. */
  append(index: number, child: HTMLElement): void {
    const at = Math.floor(index / this.#size);
    let box = this.#boxes[at];
    if (box === undefined) {
      box = this.#make(index);
      this.#boxes.push(box);
      this.#parent.append(box);
    }
    box.append(child);
  }

  /** Drops boxes that are empty once there are `count` children; their children are gone already. */
  shrink(count: number): void {
    for (const box of this.#boxes.splice(Math.ceil(count / this.#size))) box.remove();
  }
}

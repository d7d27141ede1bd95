import { isIntact, isNear, moveAnchor, type Anchor, type DocumentChange, type TextSource } from "./anchor.ts";
import type { Hunk } from "./hunks.ts";
import { minimalEdits, type OffsetEdit } from "./minimalEdits.ts";

/** Follows the target through its document and says whether it still holds the text it was read with. */
export class TargetTracker {
  readonly #lines: readonly string[];
  #anchor: Anchor;
  #intact = true;

  /** `start`: offset of the target's first line; `eol`: the document's line break. */
  constructor(lines: readonly string[], start: number, eol: string) {
    this.#lines = lines;
    this.#anchor = { start, end: start + lines.join(eol).length };
  }

  get anchor(): Anchor {
    return this.#anchor;
  }

  /** True while nothing inside the target is other than it was. */
  get intact(): boolean {
    return this.#intact;
  }

  /** Follows changes that happened together; `document` gives the text after them. Returns `intact`. */
  update(changes: readonly DocumentChange[], document: () => TextSource, eol: string): boolean {
    const near = isNear(this.#anchor, changes);
    this.#anchor = moveAnchor(this.#anchor, changes);
    if (near) this.#intact = isIntact(this.#anchor, this.#lines.join(eol), document());
    return this.#intact;
  }

  /**
   * The edits that bring `hunks` into the document, in document offsets, or undefined when the document does not
   * hold, at the anchor, the very text the hunks were computed for.
   */
  plan(hunks: readonly Hunk[], document: TextSource, eol: string): readonly OffsetEdit[] | undefined {
    if (!isIntact(this.#anchor, this.#lines.join(eol), document)) return undefined;
    const { start } = this.#anchor;
    return minimalEdits(this.#lines, hunks, eol).map((edit) => ({ ...edit, offset: edit.offset + start }));
  }
}

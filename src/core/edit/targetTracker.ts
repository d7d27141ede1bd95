import { isIntact, isNear, moveAnchor, type Anchor, type DocumentChange, type TextSource } from "./anchor.ts";
import type { Hunk } from "./hunks.ts";
import { growLost, loseTarget, onlyPlace, placeBefore, type LostTarget } from "./lostTarget.ts";
import { minimalEdits, type OffsetEdit } from "./minimalEdits.ts";

/** Follows the target through its document and says whether it still holds the text it was read with. */
export class TargetTracker {
  readonly #lines: readonly string[];
  #eol: string;
  #anchor: Anchor;
  #intact = true;
  /** Until the target is back where it was: where it may come back. */
  #lost: LostTarget | undefined;

  /** `start`: offset of the target's first line; `eol`: the document's line break. */
  constructor(lines: readonly string[], start: number, eol: string) {
    this.#lines = lines;
    this.#eol = eol;
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
    const lineBreaks = this.#withOtherBreaks(changes, eol);
    this.#eol = eol;
    if (lineBreaks !== undefined) {
      this.#anchor = lineBreaks(this.#anchor);
      this.#lost &&= { ...this.#lost, ...lineBreaks(this.#lost) };
      return this.intact;
    }
    if (this.#lost === undefined && !isNear(this.#anchor, changes)) {
      this.#anchor = moveAnchor(this.#anchor, changes);
      return true;
    }
    this.#search(changes, document(), this.#lines.join(eol));
    return this.#intact;
  }

  #search(changes: readonly DocumentChange[], document: TextSource, text: string): void {
    const wasLost = this.#lost !== undefined;
    const lost = growLost(this.#lost ?? loseTarget(this.#anchor), changes);
    this.#anchor = moveAnchor(this.#anchor, changes);
    const was = wasLost ? placeBefore(lost, text, document) : undefined;
    const isHere = isIntact(this.#anchor, text, document);
    const found = was ?? (isHere ? this.#anchor : onlyPlace(lost, text, document));
    this.#lost = was !== undefined || (isHere && !wasLost) ? undefined : lost;
    this.#anchor = found ?? this.#anchor;
    this.#intact = found !== undefined;
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

  /** Finds the target in the document opened anew: where it was, or where alone its text stands. Returns `intact`. */
  reopen(document: TextSource, eol: string): boolean {
    this.#eol = eol;
    this.#lost = undefined;
    const text = this.#lines.join(eol);
    const found = isIntact(this.#anchor, text, document)
      ? this.#anchor
      : onlyPlace(loseTarget({ start: 0, end: document.length }), text, document);
    this.#anchor = found ?? this.#anchor;
    this.#intact = found !== undefined;
    return this.#intact;
  }

  /** Other line breaks in the same text come as one change of all of it: how places move with them. */
  #withOtherBreaks(changes: readonly DocumentChange[], eol: string): ((place: Anchor) => Anchor) | undefined {
    const [change] = changes;
    const before = this.#eol;
    if (change === undefined || changes.length !== 1 || eol === before || change.offset !== 0)
      return undefined;
    const old = change.text.split(eol).join(before);
    if (old.length !== change.length) return undefined;
    const move = (offset: number): number => old.slice(0, offset).split(before).join(eol).length;
    return ({ start, end }) => ({ start: move(start), end: move(end) });
  }
}

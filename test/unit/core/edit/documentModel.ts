import type { DocumentChange, TextSource } from "../../../../src/core/edit/anchor.ts";

/** A text document as VS Code keeps it: one line break style, undo steps, a saved state. */
export class DocumentModel implements TextSource {
  readonly eol: "\n" | "\r\n";
  readonly disk: string;
  text: string;
  /** As VS Code's read-only editor: takes a change without a word, and does not make it. */
  isReadOnly = false;
  onChange: (changes: readonly DocumentChange[]) => void = () => undefined;
  #undo: (readonly DocumentChange[])[] = [];
  #redo: (readonly DocumentChange[])[] = [];
  #savedAt = 0;

  constructor(text: string, eol: "\n" | "\r\n") {
    this.eol = eol;
    this.text = text;
    this.disk = text;
  }

  get length(): number {
    return this.text.length;
  }

  get isDirty(): boolean {
    return this.#undo.length !== this.#savedAt;
  }

  slice(start: number, end: number): string {
    return this.text.slice(start, end);
  }

  /** Applies changes given in the coordinates before them, as one undo step. */
  edit(changes: readonly DocumentChange[]): void {
    if (this.isReadOnly) return;
    this.#redo = [];
    if (this.#undo.length < this.#savedAt) this.#savedAt = -1;
    this.#undo.push(this.#apply(changes));
  }

  undo(): void {
    const step = this.#undo.pop();
    if (step !== undefined) this.#redo.push(this.#apply(step));
  }

  redo(): void {
    const step = this.#redo.pop();
    if (step !== undefined) this.#undo.push(this.#apply(step));
  }

  /** Returns the changes that take these back. */
  #apply(changes: readonly DocumentChange[]): readonly DocumentChange[] {
    const inverse: DocumentChange[] = [];
    let moved = 0;
    let text = "";
    let end = 0;
    for (const change of [...changes].sort((a, b) => a.offset - b.offset)) {
      const old = this.text.slice(change.offset, change.offset + change.length);
      inverse.push({ offset: change.offset + moved, length: change.text.length, text: old });
      moved += change.text.length - change.length;
      text += this.text.slice(end, change.offset) + change.text;
      end = change.offset + change.length;
    }
    this.text = text + this.text.slice(end);
    this.onChange(changes);
    return inverse;
  }
}

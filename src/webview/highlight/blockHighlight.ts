import type { CodeLanguage, Mark, Pass } from "./codeLanguage.ts";

/** Steps between two looks at the clock. */
const stepsPerLook = 32;

/**
 * The highlighting of one code block. While the block grows, each line is painted once, when it is complete, by
 * what is known up to then. When the block is complete it is read once more from its start, and the few lines
 * whose meaning later ones have changed are painted again: the end does not depend on how the text came.
 */
export class BlockHighlight {
  readonly #paint: (line: number, marks: readonly Mark[]) => void;
  readonly #wantsWork: (block: BlockHighlight, isOpen: boolean) => void;
  #language: CodeLanguage | undefined;
  #lines: readonly string[] = [];
  #isOpen = true;
  #isDone = false;
  #pass: Pass | undefined;
  #painted: (readonly Mark[])[] = [];
  #job: Generator<undefined, undefined> | undefined;

  constructor(
    paint: (line: number, marks: readonly Mark[]) => void,
    wantsWork: (block: BlockHighlight, isOpen: boolean) => void,
  ) {
    this.#paint = paint;
    this.#wantsWork = wantsWork;
  }

  start(language: CodeLanguage): void {
    this.#language = language;
    this.#askForWork();
  }

  /** The block as it stands, shown without colours from the line `changedFrom` on. */
  update(lines: readonly string[], isOpen: boolean, changedFrom: number): void {
    if (changedFrom < this.#painted.length || isOpen !== this.#isOpen || this.#isDone) this.#job = undefined;
    if (changedFrom < this.#painted.length || this.#isDone) {
      this.#pass = undefined;
      this.#painted.length = Math.min(changedFrom, this.#painted.length);
    }
    this.#isDone = false;
    this.#lines = lines;
    this.#isOpen = isOpen;
    this.#askForWork();
  }

  /** Works until `deadline`, ms of `performance.now()`; true when nothing is left to do. */
  work(deadline: number): boolean {
    for (;;) {
      if (this.#job === undefined && this.#language !== undefined && this.#hasWork()) {
        this.#job = this.#run(this.#language);
      }
      if (this.#job === undefined) return true;
      for (let step = 0; step < stepsPerLook; step++) {
        if (this.#job.next().done !== true) continue;
        this.#job = undefined;
        break;
      }
      if (this.#job !== undefined && performance.now() >= deadline) return false;
    }
  }

  #askForWork(): void {
    if (this.#language !== undefined && this.#hasWork()) this.#wantsWork(this, this.#isOpen);
  }

  #hasWork(): boolean {
    return this.#isOpen ? this.#complete() > (this.#pass?.count ?? 0) : !this.#isDone;
  }

  /** Lines that are sure to be complete. */
  #complete(): number {
    return this.#isOpen ? this.#lines.length - 1 : this.#lines.length;
  }

  *#run(language: CodeLanguage): Generator<undefined, undefined> {
    const isOpen = this.#isOpen;
    const before = isOpen ? this.#pass : undefined;
    // Taken by now: a pass that is given up leaves the one before it half changed.
    this.#pass = undefined;
    const pass = yield* language.pass(this.#lines, this.#complete(), before);
    for (let line = before?.count ?? 0; line < pass.count; line++) {
      const marks = pass.marks(line);
      if (!same(marks, this.#painted[line] ?? [])) this.#paint(line, marks);
      this.#painted[line] = marks;
      yield;
    }
    if (isOpen) this.#pass = pass;
    else this.#isDone = true;
  }
}

function same(a: readonly Mark[], b: readonly Mark[]): boolean {
  return a.length === b.length && a.every((mark, at) => isSame(mark, b[at]));
}

function isSame(a: Mark, b: Mark | undefined): boolean {
  return a.from === b?.from && a.to === b.to && a.className === b.className;
}

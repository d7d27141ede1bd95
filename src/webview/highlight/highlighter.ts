import type { CodeLanguage, Mark } from "./codeLanguage.ts";
import { BlockHighlight } from "./blockHighlight.ts";
import { languageId } from "./languageId.ts";
import type { LanguageId } from "./loadLanguage.ts";

/** Calls `work` when the page has time, and tells it until when, ms of `performance.now()`. */
export type Schedule = (work: (deadline: number) => void) => void;

/** How long the lines that a frame brings may take of it, ms. */
const frameShare = 4;

/** Highlights code blocks: new lines of an open one at once, everything else when the page has time. */
export class Highlighter {
  readonly #load: (id: LanguageId) => Promise<CodeLanguage>;
  readonly #schedule: Schedule;
  readonly #languages = new Map<LanguageId, Promise<CodeLanguage | undefined>>();
  /** Blocks with work left, the one to go on with last. */
  readonly #waiting = new Set<BlockHighlight>();
  #isScheduled = false;

  constructor(load: (id: LanguageId) => Promise<CodeLanguage>, schedule: Schedule) {
    this.#load = load;
    this.#schedule = schedule;
  }

  /** Follows a block in `language`; `paint` shows a line. Undefined for a language without highlighting. */
  follow(
    language: string,
    paint: (line: number, marks: readonly Mark[]) => void,
  ): BlockHighlight | undefined {
    const id = languageId(language);
    if (id === undefined) return undefined;
    const block = new BlockHighlight(paint, (changed, isOpen) => this.#want(changed, isOpen));
    void this.#language(id).then((loaded) => {
      if (loaded !== undefined) block.start(loaded);
    });
    return block;
  }

  /** A language that could not be fetched leaves its blocks plain, and is tried again with the next block. */
  #language(id: LanguageId): Promise<CodeLanguage | undefined> {
    const known = this.#languages.get(id);
    if (known !== undefined) return known;
    const loading = this.#load(id).catch(() => {
      this.#languages.delete(id);
      return undefined;
    });
    this.#languages.set(id, loading);
    return loading;
  }

  #want(block: BlockHighlight, isOpen: boolean): void {
    if (isOpen && block.work(performance.now() + frameShare)) {
      this.#waiting.delete(block);
      return;
    }
    this.#waiting.delete(block);
    this.#waiting.add(block);
    this.#plan();
  }

  #plan(): void {
    if (this.#isScheduled || this.#waiting.size === 0) return;
    this.#isScheduled = true;
    this.#schedule((deadline) => {
      this.#isScheduled = false;
      // The last blocks are those on the screen.
      for (const block of [...this.#waiting].reverse()) {
        if (!block.work(deadline)) break;
        this.#waiting.delete(block);
      }
      this.#plan();
    });
  }
}

import { MarkdownStream } from "../../core/markdown/markdownStream.ts";
import { element } from "../dom.ts";
import { BlockList } from "./blockList.ts";
import { Groups } from "./groups.ts";
import type { RenderContext } from "./renderContext.ts";

/** Blocks of one section: see `Groups`. */
const blocksPerBox = 16;

/** Markdown on the page that may still grow at its end. */
export class MarkdownView {
  readonly element = element("div", "markdown");
  readonly #stream: MarkdownStream;
  readonly #blocks: BlockList;

  constructor(context: RenderContext) {
    this.#stream = new MarkdownStream(context.parser);
    this.#blocks = new BlockList(
      this.element,
      context,
      new Groups(this.element, blocksPerBox, () => element("div", "section")),
    );
  }

  append(text: string): void {
    this.#stream.append(text);
    this.#blocks.update(this.#stream.blocks());
  }

  /** The text is complete: it is shown as it is, without guesses about its end. */
  end(): void {
    this.#stream.end();
    this.#blocks.update(this.#stream.blocks());
  }
}

import type { Inline } from "../../core/markdown/nodes.ts";
import { element } from "../dom.ts";
import { decorateLink, imagePart, linkToFile } from "./linkParts.ts";
import type { RenderContext } from "./renderContext.ts";
import { invisibleMark, visibleNodes } from "./visibleText.ts";

interface Part {
  readonly node: ChildNode;
  /** Shows another inline in the same node; false if that takes a new node. */
  update(inline: Inline): boolean;
}

const tags = { emphasis: "em", strong: "strong", strike: "del" } as const;

/** The inline content of one element, brought up to date by the fewest changes. */
export class InlineList {
  readonly #parent: HTMLElement;
  readonly #context: RenderContext;
  #inlines: readonly Inline[] = [];
  #parts: Part[] = [];

  constructor(parent: HTMLElement, context: RenderContext) {
    this.#parent = parent;
    this.#context = context;
  }

  update(inlines: readonly Inline[]): void {
    if (inlines === this.#inlines) return;
    inlines.forEach((inline, at) => {
      if (inline === this.#inlines[at]) return;
      const old = this.#parts[at];
      if (old?.update(inline)) return;
      const part = this.#create(inline);
      if (old === undefined) this.#parent.append(part.node);
      else old.node.replaceWith(part.node);
      this.#parts[at] = part;
    });
    for (const part of this.#parts.splice(inlines.length)) part.node.remove();
    this.#inlines = inlines;
  }

  #create(inline: Inline): Part {
    switch (inline.type) {
      case "text":
        return textPart(inline.text);
      case "code":
        return codePart(inline, this.#context);
      case "file":
        return filePart(inline, this.#context);
      case "emphasis":
      case "strong":
      case "strike":
        return this.#container(inline);
      case "link":
        return this.#link(inline);
      case "image":
        return fixedPart(inline, imagePart(inline, this.#context));
      case "invisible":
        return fixedPart(inline, invisibleMark(inline.codePoint));
      case "break":
        return fixedPart(inline, element("br"));
    }
  }

  #container(inline: Inline & { type: "emphasis" | "strong" | "strike" }): Part {
    const { type } = inline;
    const node = element(tags[type]);
    const list = new InlineList(node, this.#context);
    list.update(inline.children);
    return {
      node,
      update: (next) => {
        if (next.type !== type) return false;
        list.update(next.children);
        return true;
      },
    };
  }

  #link(inline: Inline & { type: "link" }): Part {
    const node = element("span");
    const label = element("span");
    const list = new InlineList(label, this.#context);
    const show = (link: typeof inline): void => {
      list.update(link.children);
      decorateLink(node, label, link.href, this.#context);
    };
    show(inline);
    return {
      node,
      update: (next) => {
        if (next.type !== "link") return false;
        show(next);
        return true;
      },
    };
  }
}

function textPart(text: string): Part {
  const node = document.createTextNode(text);
  let shown = text;
  return {
    node,
    update: (next) => {
      if (next.type !== "text") return false;
      if (next.text === shown) return true;
      if (next.text.startsWith(shown)) node.appendData(next.text.slice(shown.length));
      else node.data = next.text;
      shown = next.text;
      return true;
    },
  };
}

function codePart(inline: Inline & { type: "code" }, context: RenderContext): Part {
  const node = element("code", "inlineCode");
  let shown: string | undefined;
  const show = ({ text, file }: typeof inline): void => {
    if (text === shown) return;
    shown = text;
    node.replaceChildren(...visibleNodes(text));
    linkToFile(node, file, context);
  };
  show(inline);
  return {
    node,
    update: (next) => {
      if (next.type !== "code") return false;
      show(next);
      return true;
    },
  };
}

function filePart(inline: Inline & { type: "file" }, context: RenderContext): Part {
  const node = element("span", "", inline.text);
  linkToFile(node, inline.file, context);
  return fixedPart(inline, node);
}

function fixedPart(inline: Inline, node: HTMLElement): Part {
  const key = JSON.stringify(inline);
  return { node, update: (next) => JSON.stringify(next) === key };
}

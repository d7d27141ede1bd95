import type { Token } from "markdown-it";
import { filePlace, splitFilePlaces } from "./filePlace.ts";
import { splitInvisible } from "./invisible.ts";
import type { Inline } from "./nodes.ts";

const containers: Record<string, "emphasis" | "strong" | "strike" | "link"> = {
  em_open: "emphasis",
  strong_open: "strong",
  s_open: "strike",
  link_open: "link",
};
const lineBreakTag = /^<br\s*\/?>$/i;

/** The tree of markdown-it's flat inline tokens. Raw HTML becomes text, but for `<br>`, which is a line break. */
export function buildInlines(tokens: readonly Token[]): Inline[] {
  let text = "";
  const root: Inline[] = [];
  let siblings = root;
  const parents: { readonly token: Token; readonly siblings: Inline[] }[] = [];
  const isInLink = (): boolean => parents.some(({ token }) => token.type === "link_open");
  const flush = (): void => {
    if (text === "") return;
    siblings.push(...textNodes(text, isInLink()));
    text = "";
  };
  for (const token of tokens) {
    if (token.nesting === 1) {
      flush();
      parents.push({ token, siblings });
      siblings = [];
      continue;
    }
    if (token.nesting === -1) {
      flush();
      const parent = parents.pop();
      if (parent === undefined) continue;
      const children = siblings;
      siblings = parent.siblings;
      siblings.push(container(parent.token, children));
      continue;
    }
    const node = leaf(token, isInLink);
    if (typeof node === "string") {
      text += node;
    } else {
      flush();
      siblings.push(node);
    }
  }
  flush();
  return root;
}

function textNodes(text: string, isInLink: boolean): Inline[] {
  return (isInLink ? [text] : splitFilePlaces(text)).flatMap((piece): Inline[] =>
    typeof piece === "string"
      ? splitInvisible(piece).map((visible) =>
          typeof visible === "string"
            ? { type: "text", text: visible }
            : { type: "invisible", codePoint: visible },
        )
      : [{ type: "file", ...piece }],
  );
}

function container(token: Token, children: readonly Inline[]): Inline {
  const type = containers[token.type] ?? "emphasis";
  return type === "link" ? { type, href: attribute(token, "href"), children } : { type, children };
}

/** A link leads to one place only: text in it is never a link to a file as well. */
function leaf(token: Token, isInLink: () => boolean): Inline | string {
  switch (token.type) {
    case "code_inline":
      return { type: "code", text: token.content, file: isInLink() ? undefined : filePlace(token.content) };
    case "hardbreak":
      return { type: "break" };
    case "softbreak":
      return "\n";
    case "image":
      return { type: "image", src: attribute(token, "src"), alt: plainText(token.children ?? []) };
    case "html_inline":
      return lineBreakTag.test(token.content) ? { type: "break" } : token.content;
    default:
      return token.content;
  }
}

function attribute(token: Token, name: string): string {
  return String(token.attrGet(name) ?? "");
}

function plainText(tokens: readonly Token[]): string {
  return tokens
    .map((token) =>
      token.type === "softbreak" || token.type === "hardbreak"
        ? " "
        : token.type === "image"
          ? plainText(token.children ?? [])
          : token.content,
    )
    .join("");
}

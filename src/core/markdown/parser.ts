import MarkdownIt, { type Env, type Token } from "markdown-it";

/** Link reference definitions: normalised label → target. The first definition of a label wins. */
export type References = NonNullable<Env["references"]>;

/** CommonMark and GFM tables, strikethrough and autolinks, by markdown-it; nothing is ever turned into HTML. */
export interface Parser {
  /** Block structure only; the definitions found are added to `references`. */
  blocks(source: string, references: References): Token[];
  /** The inline structure of one leaf. */
  inlines(content: string, references: References): Token[];
}

export function createParser(): Parser {
  const markdown = new MarkdownIt({ html: true, linkify: true });
  // Only what may become a link becomes one by itself; whether a written link may, the view decides, so that
  // a refused one can still show where it points.
  markdown.linkify
    .set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false })
    .add("http:", null)
    .add("ftp:", null)
    .add("mailto:", null)
    .add("//", null);
  markdown.validateLink = () => true;
  return {
    blocks: (source, references) => {
      const tokens: Token[] = [];
      markdown.block.parse(source, markdown, { references }, tokens);
      for (const token of tokens) {
        if (token.type === "fence") token.info = markdown.utils.unescapeAll(token.info);
      }
      return tokens;
    },
    inlines: (content, references) => {
      const tokens: Token[] = [];
      markdown.inline.parse(content, markdown, { references }, tokens);
      return tokens;
    },
  };
}

/** Markdown's text as it is read; an underscore or a star within a word or between spaces is no mark. */
export function unmarked(markdown: string): string {
  return markdown
    .replaceAll(/^[ \t]*(?:(?:```|~~~).*|(?:(?:#{1,6}|[*>])[ \t]+)+)/gm, "")
    .replaceAll(
      /\\([*_~`#])|`+([^`]*)`*|~~|\*{2,}|(?<![\p{L}\p{N}*_])[*_]+(?=\S)|(?<=\S)[*_]+(?![\p{L}\p{N}*_])/gu,
      "$1$2",
    );
}

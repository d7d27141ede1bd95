/**
 * Characters that can hide or reorder text: C0 and C1 controls, soft hyphen, zero-width and bidi controls,
 * variation selectors beyond the emoji ones, interlinear marks, tags (U+E0000 block). Zero-width joiner between
 * emoji and variation selectors 15 and 16 are left alone: they are ordinary there.
 */
const invisible =
  // eslint-disable-next-line no-control-regex, no-misleading-character-class
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb]|[\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]|(?<!\p{Extended_Pictographic}\ufe0f?|\p{Emoji_Modifier})\u200d|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu;

/** The pieces of `text`: visible strings, and code points of characters that would not be seen. */
export function splitInvisible(text: string): (string | number)[] {
  const pieces: (string | number)[] = [];
  let end = 0;
  for (const match of text.matchAll(invisible)) {
    if (match.index > end) pieces.push(text.slice(end, match.index));
    pieces.push(match[0].codePointAt(0) ?? 0);
    end = match.index + match[0].length;
  }
  if (end < text.length) pieces.push(text.slice(end));
  return pieces;
}

/** How an invisible character is shown, e.g. `U+202E`. */
export function codePointLabel(codePoint: number): string {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}`;
}

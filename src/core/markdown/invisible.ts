/** Scripts whose letters join: zero-width (non-)joiners between their letters are part of the spelling. */
const joining = [
  "Arab",
  "Syrc",
  "Nkoo",
  "Deva",
  "Beng",
  "Guru",
  "Gujr",
  "Orya",
  "Taml",
  "Telu",
  "Knda",
  "Mlym",
  "Sinh",
]
  .map((script) => `\\p{Script=${script}}`)
  .join("");

/**
 * Characters that can hide or reorder text: C0 and C1 controls, soft hyphen, zero-width and bidi controls, fillers,
 * variation selectors, interlinear marks, tags (U+E0000 block), lone surrogates. Where they are ordinary they are
 * left alone: joiners in emoji and in scripts that join, variation selectors 15 and 16 behind an emoji.
 */
const invisible = new RegExp(
  [
    "[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5]",
    "[\\u180b-\\u180f\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufe00-\\ufe0d\\ufeff\\uffa0\\ufff0-\\ufffb]",
    "[\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e0fff}]",
    `(?<![${joining}])\\u200c|\\u200c(?![${joining}])`,
    `(?<!\\p{Extended_Pictographic}\\ufe0f?|\\p{Emoji_Modifier}|[${joining}](?=\\u200d[${joining}]))\\u200d`,
    "(?<!\\p{Emoji})[\\ufe0e\\ufe0f]",
    "[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]",
  ].join("|"),
  "gu",
);

/** Most text, which is told much faster. */
const ordinary = /^[\t\n -~\u00a0-\u00ac\u00ae-\u02ff]*$/;

/** The pieces of `text`: visible strings, and code points of characters that would not be seen. */
export function splitInvisible(text: string): (string | number)[] {
  if (ordinary.test(text)) return text === "" ? [] : [text];
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

/** `text` with a readable mark in place of each character that would not be seen, for where there is only text. */
export function visibleText(text: string): string {
  return splitInvisible(text)
    .map((piece) => (typeof piece === "string" ? piece : codePointLabel(piece)))
    .join("");
}

/** How an invisible character is shown, e.g. `U+202E`. */
export function codePointLabel(codePoint: number): string {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}`;
}

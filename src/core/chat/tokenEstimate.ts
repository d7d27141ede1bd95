/**
 * How many tokens a text is likely to be, without any model's tokeniser. Every character has a weight by its
 * kind, so a longer text is never fewer tokens, and texts can be counted in parts. The weights are set for the
 * large vocabularies of today's models: about 4 characters of English or code a token. What is
 * left of the difference between models is learnt (`tokenCalibration.ts`).
 */

/** Tokens for one image: the order of magnitude, whatever its size. */
export const imageTokens = 800;

const letter = 0.24;
const digit = 0.5;
const symbol = 0.5;
/** Most often part of the word that follows. */
const space = 0.06;
const lineEnd = 0.35;
/** Greek, Cyrillic, accented Latin, Hebrew, Arabic: about 2.5 letters a token. */
const otherLetter = 0.4;
/** Scripts without spaces. */
const ideograph = 0.75;
/** Half of a surrogate pair: an emoji or rare character is two to three tokens. */
const surrogate = 1.2;
const firstIdeograph = 0x2e80;
const firstSurrogate = 0xd800;
const lastSurrogate = 0xdfff;

const asciiWeights = Float64Array.from({ length: 128 }, (_, code) => asciiWeight(String.fromCharCode(code)));

/** Not rounded, so that parts can be added up. */
export function estimateTokens(text: string): number {
  let tokens = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    tokens += asciiWeights[code] ?? weightBeyondAscii(code);
  }
  return tokens;
}

function asciiWeight(character: string): number {
  if (/[a-z]/i.test(character)) return letter;
  if (/[0-9]/.test(character)) return digit;
  if (character === "\n") return lineEnd;
  return /\s/.test(character) ? space : symbol;
}

function weightBeyondAscii(code: number): number {
  if (code < firstIdeograph) return otherLetter;
  return code >= firstSurrogate && code <= lastSurrogate ? surrogate : ideograph;
}

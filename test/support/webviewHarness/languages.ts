import { pseudoText } from "../ownWords.ts";
import germanBundle from "../../../l10n/bundle.l10n.de.json" with { type: "json" };

export interface Language {
  readonly locale: string;
  /** A text of the host, in English, to this language. */
  readonly translate: (text: string) => string;
}

const germanTexts = new Map<string, string>(Object.entries(germanBundle));

export const english: Language = { locale: "en", translate: (text) => text };
export const german: Language = { locale: "de", translate: (text) => germanTexts.get(text) ?? text };

export const pseudo: Language = { locale: "en", translate: pseudoText };

/** The same with every text in it translated. */
export function translatedAll<T>(value: T, language: Language): T;
export function translatedAll(value: unknown, language: Language): unknown {
  if (typeof value === "string") return language.translate(value);
  if (Array.isArray(value)) return value.map((part: unknown) => translatedAll(part, language));
  if (typeof value !== "object" || value === null) return value;
  const parts = Object.entries(value).map(([name, part]: [string, unknown]) => [
    name,
    translatedAll(part, language),
  ]);
  return Object.fromEntries(parts) as unknown;
}

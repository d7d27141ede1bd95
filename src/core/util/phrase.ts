/** What a person is told, in English, kept so that the host can translate it. `{0}` stands for the first value. */
export interface Phrase {
  readonly message: string;
  readonly values: readonly PhraseValue[];
}

/** A text as a value stays as it is; a phrase is translated too. */
export type PhraseValue = string | number | Phrase;

/** `message` must be a literal: `npm run l10n` collects it for the translators. */
export function phrase(message: string, ...values: readonly PhraseValue[]): Phrase {
  return { message, values };
}

/** Two sentences, one after the other. */
export function sentences(first: PhraseValue, second: PhraseValue): Phrase {
  return { message: "{0} {1}", values: [first, second] };
}

export function inEnglish(said: PhraseValue): string {
  return typeof said === "object" ? filled(said.message, said.values.map(inEnglish)) : String(said);
}

function filled(template: string, values: readonly string[]): string {
  return template.replace(/\{(\d+)\}/g, (mark, at: string) => values[Number(at)] ?? mark);
}

/** An error whose message is fit to be shown. */
export class PhraseError extends Error {
  readonly phrase: PhraseValue;

  constructor(said: PhraseValue) {
    super(inEnglish(said));
    this.phrase = said;
  }
}

import { l10n } from "vscode";
import { PhraseError, type PhraseValue } from "../core/util/phrase.ts";

/** In the person's language, where the bundle has it. */
export function translated(said: PhraseValue): string {
  return typeof said === "object" ? l10n.t(said.message, ...said.values.map(translated)) : String(said);
}

/** What was thrown, for the person. Messages that are not ours stay as they are. */
export function errorText(error: unknown): string {
  if (error instanceof PhraseError) return translated(error.phrase);
  return error instanceof Error ? error.message : String(error);
}

import { phrase, type PhraseValue } from "../util/phrase.ts";
import { isRecord } from "../util/record.ts";
import { ParameterError } from "./errors.ts";
import type { CompletionWindow } from "./types.ts";

/** Throws `ParameterError` naming the field, the value given and what is allowed. */
export function refuse(field: string, value: unknown, allowed: PhraseValue): never {
  throw new ParameterError(field, refusal(field, described(value), allowed));
}

/** The same for a value that is told in words. */
export function refuseSaid(field: string, said: PhraseValue, allowed: PhraseValue): never {
  throw new ParameterError(field, refusal(field, said, allowed));
}

/** `windows` are those that the model has. */
export function checkWindow(field: string, value: unknown, windows: readonly CompletionWindow[]): void {
  if (windows.some((window) => window === value)) return;
  throw new ParameterError(field, refusal(field, described(value), oneOf(windows)), windows);
}

function refusal(field: string, value: PhraseValue, allowed: PhraseValue): PhraseValue {
  return phrase("{0} is {1}, but must be {2}.", field, value, allowed);
}

/** The value as a person would recognise it, short. */
function described(value: unknown): PhraseValue {
  if (typeof value === "string") {
    return value.length <= 60
      ? phrase("“{0}”", value)
      : phrase("“{0}…” ({1} characters)", value.slice(0, 57), value.length);
  }
  if (typeof value === "number" || typeof value === "boolean" || value === null) return String(value);
  if (value === undefined) return phrase("missing");
  if (Array.isArray(value)) return phrase("a list of {0}", value.length);
  return phrase("of type {0}", typeof value);
}

export function checkText(field: string, value: unknown, maxLength = Infinity): void {
  const allowed =
    maxLength === Infinity ? phrase("text") : phrase("text of at most {0} characters", maxLength);
  // UTF-16 units, the strictest way to count characters: no server counts more.
  if (typeof value !== "string" || value.length > maxLength) refuse(field, value, allowed);
}

export function checkFilledText(field: string, value: unknown): void {
  if (typeof value !== "string" || value === "") refuse(field, value, phrase("text that is not empty"));
}

export function checkNumber(field: string, value: unknown, min: number, max: number): void {
  if (typeof value !== "number" || !(value >= min && value <= max)) {
    refuse(field, value, phrase("a number from {0} to {1}", min, max));
  }
}

export function checkPositiveInteger(field: string, value: unknown): void {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 1) {
    refuse(field, value, phrase("a whole number of at least 1"));
  }
}

export function checkBoolean(field: string, value: unknown): void {
  if (typeof value !== "boolean") refuse(field, value, phrase("true or false"));
}

export function checkOneOf(
  field: string,
  value: unknown,
  options: readonly (string | number | boolean)[],
): void {
  if (!options.some((option) => option === value)) {
    refuse(field, value, oneOf(options));
  }
}

function oneOf(options: readonly (string | number | boolean)[]): PhraseValue {
  return options.length === 1 ? String(options[0]) : phrase("one of {0}", options.join(", "));
}

export function checkHttpUrl(field: string, value: unknown): void {
  const isUrl = typeof value === "string" && /^https?:\/\//i.test(value) && URL.canParse(value);
  if (!isUrl) refuse(field, value, phrase("an http or https URL"));
}

export function checkFilledList(field: string, value: unknown): void {
  if (!Array.isArray(value) || value.length === 0) refuse(field, value, phrase("a list of at least {0}", 1));
}

export function checkObject(field: string, value: unknown): void {
  if (!isRecord(value)) refuse(field, value, phrase("an object"));
}

/** Names of functions and schemas. Source: the OpenAI shape the API follows. */
export function checkName(field: string, value: unknown): void {
  if (typeof value !== "string" || !/^[a-zA-Z0-9_-]{1,64}$/.test(value)) {
    refuse(field, value, phrase("1 to 64 letters, digits, _ or -"));
  }
}

import { isRecord } from "../util/record.ts";
import { ParameterError } from "./errors.ts";

/** Throws `ParameterError` naming the field, the value given and what is allowed. */
export function refuse(field: string, value: unknown, allowed: string): never {
  throw new ParameterError(field, `${field} is ${describe(value)}, but must be ${allowed}.`);
}

/** The value as a person would recognise it, short. */
function describe(value: unknown): string {
  if (typeof value === "string") {
    return value.length <= 60 ? `“${value}”` : `“${value.slice(0, 57)}…” (${value.length} characters)`;
  }
  if (typeof value === "number" || typeof value === "boolean" || value === null) return String(value);
  if (value === undefined) return "missing";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return `of type ${typeof value}`;
}

export function checkText(field: string, value: unknown, maxLength = Infinity): void {
  const allowed = maxLength === Infinity ? "text" : `text of at most ${maxLength} characters`;
  // UTF-16 units, the strictest way to count characters: no server counts more.
  if (typeof value !== "string" || value.length > maxLength) refuse(field, value, allowed);
}

export function checkFilledText(field: string, value: unknown): void {
  if (typeof value !== "string" || value === "") refuse(field, value, "text that is not empty");
}

export function checkNumber(field: string, value: unknown, min: number, max: number): void {
  if (typeof value !== "number" || !(value >= min && value <= max)) {
    refuse(field, value, `a number from ${min} to ${max}`);
  }
}

export function checkPositiveInteger(field: string, value: unknown): void {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 1) {
    refuse(field, value, "a whole number of at least 1");
  }
}

export function checkBoolean(field: string, value: unknown): void {
  if (typeof value !== "boolean") refuse(field, value, "true or false");
}

export function checkOneOf(
  field: string,
  value: unknown,
  options: readonly (string | number | boolean)[],
): void {
  if (!options.some((option) => option === value)) {
    refuse(field, value, options.length === 1 ? String(options[0]) : `one of ${options.join(", ")}`);
  }
}

export function checkHttpUrl(field: string, value: unknown): void {
  const isUrl = typeof value === "string" && /^https?:\/\//i.test(value) && URL.canParse(value);
  if (!isUrl) refuse(field, value, "an http or https URL");
}

export function checkFilledList(field: string, value: unknown): void {
  if (!Array.isArray(value) || value.length === 0) refuse(field, value, "a list of at least 1");
}

export function checkObject(field: string, value: unknown): void {
  if (!isRecord(value)) refuse(field, value, "an object");
}

/** Names of functions and schemas. Source: the OpenAI shape the API follows. */
export function checkName(field: string, value: unknown): void {
  if (typeof value !== "string" || !/^[a-zA-Z0-9_-]{1,64}$/.test(value)) {
    refuse(field, value, "1 to 64 letters, digits, _ or -");
  }
}

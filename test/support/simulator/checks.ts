import { invalid } from "./apiFailure.ts";
import { isObject, type JsonObject } from "./chatRequest.ts";

/** A value as an error message shows it: short, on one line. */
export function shown(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** Undefined when absent or null. */
export function optionalNumber(body: JsonObject, name: string, min: number, max: number): number | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "number" || !Number.isFinite(value) || value < min || value > max) {
    throw invalid(name, `${name} must be a number between ${min} and ${max}, or null (got ${shown(value)}).`);
  }
  return value;
}

export function optionalInteger(body: JsonObject, name: string, min: number): number | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "number" || !Number.isInteger(value) || value < min) {
    throw invalid(name, `${name} must be an integer of at least ${min}, or null (got ${shown(value)}).`);
  }
  return value;
}

export function optionalBoolean(object: JsonObject, key: string, param = key): boolean | undefined {
  const value = object[key];
  if (value === undefined) return undefined;
  if (typeof value !== "boolean") {
    throw invalid(param, `${param} must be true or false (got ${shown(value)}).`);
  }
  return value;
}

export function optionalString(object: JsonObject, key: string, param = key): string | undefined {
  const value = object[key];
  if (value === undefined) return undefined;
  if (typeof value !== "string") throw invalid(param, `${param} must be a string (got ${shown(value)}).`);
  return value;
}

export function requiredString(object: JsonObject, key: string, param = key): string {
  const value = object[key];
  if (value === undefined) throw invalid(param, `Missing required parameter: ${param}.`, "missing_parameter");
  if (typeof value !== "string") throw invalid(param, `${param} must be a string (got ${shown(value)}).`);
  return value;
}

export function oneOf<T extends string>(value: unknown, allowed: readonly T[], param: string): T {
  const found = allowed.find((option) => option === value);
  if (found === undefined) {
    throw invalid(param, `${param} must be one of ${allowed.join(", ")} (got ${shown(value)}).`);
  }
  return found;
}

export function requiredObject(value: unknown, param: string): JsonObject {
  if (!isObject(value)) throw invalid(param, `${param} must be an object (got ${shown(value)}).`);
  return value;
}

export function requiredArray(value: unknown, param: string): readonly unknown[] {
  if (!Array.isArray(value)) throw invalid(param, `${param} must be an array (got ${shown(value)}).`);
  return value;
}

/** Refuses fields that the schema does not know where it says `additionalProperties: false`. */
export function onlyFields(object: JsonObject, allowed: readonly string[], param: string): void {
  const extra = Object.keys(object).find((key) => !allowed.includes(key));
  if (extra !== undefined) {
    throw invalid(`${param}.${extra}`, `Unknown field ${param}.${extra}.`, "unknown_parameter");
  }
}

/** Readers of stored JSON. Each throws a `TypeError` that names the field when the value is not what it must be. */

export type Fields = Readonly<Record<string, unknown>>;

export function object(value: unknown, name: string): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TypeError(`A stored ${name} is not an object.`);
  }
  return Object.fromEntries(Object.entries(value));
}

export function array(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value)) {
    throw new TypeError(`Stored ${name} are not a list.`);
  }
  return value;
}

export function string(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value !== "string") {
    throw new TypeError(`Stored ${name} is not a text.`);
  }
  return value;
}

export function number(fields: Fields, name: string): number {
  const value = fields[name];
  if (typeof value !== "number") {
    throw new TypeError(`Stored ${name} is not a number.`);
  }
  return value;
}

/** Undefined for a field that is missing or null. */
export function optional<T>(
  fields: Fields,
  name: string,
  read: (fields: Fields, name: string) => T,
): T | undefined {
  return fields[name] === undefined || fields[name] === null ? undefined : read(fields, name);
}

import { phrase, type PhraseValue } from "../../core/util/phrase.ts";
import { isRecord } from "../../core/util/record.ts";

/** Where a JSON Schema is not one, such as `properties.city.type`, and what must be there. */
export interface SchemaMistake {
  readonly path: string;
  readonly allowed: PhraseValue;
}

interface Place {
  readonly path: string;
  readonly value: unknown;
}
/** What a keyword may hold; a schema below it is left in `places` to be looked at in turn. */
type Shape = (value: unknown, path: string, places: Place[]) => SchemaMistake | undefined;

const typeNames = ["string", "number", "integer", "boolean", "object", "array", "null"];

const keywords: Readonly<Record<string, Shape>> = {
  type: checkType,
  properties: checkSchemaMap,
  patternProperties: checkSchemaMap,
  $defs: checkSchemaMap,
  definitions: checkSchemaMap,
  required: (value, path) =>
    isList(value) && value.every(isText) ? undefined : mistake(path, phrase("a list of texts")),
  enum: (value, path) =>
    isList(value) && value.length > 0 ? undefined : mistake(path, phrase("a list that is not empty")),
  items: (value, path, places) =>
    isList(value) ? checkSchemaList(value, path, places) : checkLater(value, path, places),
  prefixItems: checkSchemaList,
  anyOf: checkSchemaList,
  oneOf: checkSchemaList,
  allOf: checkSchemaList,
  not: checkLater,
  additionalProperties: checkLater,
  $ref: (value, path) => (isText(value) ? undefined : mistake(path, phrase("text"))),
};

/**
 * The first mistake in the shape of a schema. The API would refuse it too, but without saying where. Keywords that
 * are not known here are the API's to judge.
 */
export function schemaMistake(schema: unknown, at: string): SchemaMistake | undefined {
  // A list, not recursion: a file may be nested as deep as it likes.
  const places: Place[] = [{ path: at, value: schema }];
  for (let place = places.pop(); place !== undefined; place = places.pop()) {
    const { path, value } = place;
    if (typeof value === "boolean") continue;
    if (!isRecord(value)) return mistake(path, phrase("an object"));
    for (const [keyword, check] of Object.entries(keywords)) {
      if (!Object.hasOwn(value, keyword)) continue;
      const found = check(value[keyword], joined(path, keyword), places);
      if (found) return found;
    }
  }
  return undefined;
}

function checkType(value: unknown, path: string): SchemaMistake | undefined {
  const isKnown = (name: unknown) => typeNames.some((known) => known === name);
  const isRight = isList(value) ? value.length > 0 && value.every(isKnown) : isKnown(value);
  return isRight ? undefined : mistake(path, phrase("one of {0}", typeNames.join(", ")));
}

function checkSchemaMap(value: unknown, path: string, places: Place[]): SchemaMistake | undefined {
  if (!isRecord(value)) return mistake(path, phrase("an object"));
  for (const [name, schema] of Object.entries(value))
    places.push({ path: joined(path, name), value: schema });
  return undefined;
}

function checkSchemaList(value: unknown, path: string, places: Place[]): SchemaMistake | undefined {
  if (!isList(value) || value.length === 0) return mistake(path, phrase("a list that is not empty"));
  value.forEach((schema, at) => places.push({ path: `${path}[${at}]`, value: schema }));
  return undefined;
}

function checkLater(value: unknown, path: string, places: Place[]): undefined {
  places.push({ path, value });
  return undefined;
}

function mistake(path: string, allowed: PhraseValue): SchemaMistake {
  return { path, allowed };
}

function joined(path: string, name: string): string {
  if (!/^[$\w-]+$/.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === "" ? name : `${path}.${name}`;
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

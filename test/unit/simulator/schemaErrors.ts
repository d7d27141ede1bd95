import { readFileSync } from "node:fs";
import { isObject, type JsonObject } from "../../support/simulator/chatRequest.ts";

/** A small JSON Schema validator: the keywords that the vendor's description uses. */
export function schemaErrors(value: unknown, schema: unknown, root: JsonObject, at = "$"): string[] {
  if (!isObject(schema)) return [];
  const reference = schema["$ref"];
  if (typeof reference === "string") return schemaErrors(value, lookUp(root, reference), root, at);
  const choices = schema["oneOf"];
  if (Array.isArray(choices)) {
    const fitting = choices.filter((choice) => schemaErrors(value, choice, root, at).length === 0);
    return fitting.length === 1 ? [] : [`${at}: fits ${fitting.length} of oneOf`];
  }
  const errors: string[] = [];
  const types = [schema["type"]].flat().filter((type) => type !== undefined);
  if (types.length > 0 && !types.some((type) => hasType(value, type))) {
    errors.push(`${at}: is not ${types.map(String).join(" or ")}`);
  }
  const options = schema["enum"];
  if (Array.isArray(options) && !options.includes(value))
    errors.push(`${at}: is none of ${JSON.stringify(options)}`);
  if (typeof value === "number") errors.push(...rangeErrors(value, "minimum", "maximum", schema, at));
  if (typeof value === "string")
    errors.push(...rangeErrors(value.length, "minLength", "maxLength", schema, at));
  if (Array.isArray(value)) {
    errors.push(...rangeErrors(value.length, "minItems", "maxItems", schema, at));
    value.forEach((item, i) => errors.push(...schemaErrors(item, schema["items"], root, `${at}[${i}]`)));
  }
  if (isObject(value)) errors.push(...objectErrors(value, schema, root, at));
  return errors;
}

function objectErrors(value: JsonObject, schema: JsonObject, root: JsonObject, at: string): string[] {
  const required: unknown[] = Array.isArray(schema["required"]) ? schema["required"] : [];
  const properties = isObject(schema["properties"]) ? schema["properties"] : {};
  const additional = schema["additionalProperties"];
  return [
    ...required.filter((name) => !(String(name) in value)).map((name) => `${at}: lacks ${String(name)}`),
    ...Object.entries(value).flatMap(([name, entry]) => {
      if (name in properties) return schemaErrors(entry, properties[name], root, `${at}.${name}`);
      if (additional === false) return [`${at}: ${name} is unknown`];
      return schemaErrors(entry, additional, root, `${at}.${name}`);
    }),
  ];
}

function rangeErrors(size: number, low: string, high: string, schema: JsonObject, at: string): string[] {
  const [min, max] = [schema[low], schema[high]];
  return [
    ...(typeof min === "number" && size < min ? [`${at}: below ${low} ${min}`] : []),
    ...(typeof max === "number" && size > max ? [`${at}: above ${high} ${max}`] : []),
  ];
}

function hasType(value: unknown, type: unknown): boolean {
  switch (type) {
    case "object":
      return isObject(value);
    case "array":
      return Array.isArray(value);
    case "null":
      return value === null;
    case "integer":
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

function lookUp(root: JsonObject, reference: string): unknown {
  let target: unknown = root;
  for (const part of reference.replace(/^#\//, "").split("/")) {
    target = isObject(target) ? target[part] : undefined;
  }
  if (target === undefined) throw new Error(`No schema at ${reference}`);
  return target;
}

/** What is wrong with a value by one of the vendor's schemas. */
export function valarErrors(value: unknown, name: string): string[] {
  const file = new URL("../../support/simulator/valar-openapi.json", import.meta.url);
  const root: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (!isObject(root)) throw new Error("The description is not an object.");
  return schemaErrors(value, { $ref: `#/components/schemas/${name}` }, root);
}

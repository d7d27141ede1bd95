import { isObject, type JsonObject } from "../chatRequest.ts";

/**
 * The smallest value that a JSON Schema allows; strings say `text` where they may. Optional properties are left
 * out, unless none is required.
 */
export function instanceOf(
  schema: unknown,
  text: string,
  root: JsonObject = isObject(schema) ? schema : {},
): unknown {
  return build(schema, { text, root, depth: 0 });
}

interface Context {
  readonly text: string;
  readonly root: JsonObject;
  readonly depth: number;
}

function build(given: unknown, context: Context): unknown {
  if (!isObject(given) || context.depth > 20) return {};
  const deeper = { ...context, depth: context.depth + 1 };
  const schema = resolve(given, context);
  if ("const" in schema) return schema["const"];
  if ("default" in schema) return schema["default"];
  if (Array.isArray(schema["enum"])) return first(schema["enum"]);
  for (const choice of ["anyOf", "oneOf"]) {
    if (Array.isArray(schema[choice]))
      return build({ ...without(schema, choice), ...asRecord(first(schema[choice])) }, deeper);
  }
  if (Array.isArray(schema["allOf"])) {
    return build(mergeAll([without(schema, "allOf"), ...listOf(schema["allOf"])], context), deeper);
  }
  switch (typeOf(schema)) {
    case "object":
      return buildObject(schema, deeper);
    case "array":
      return Array.from({ length: numberOr(schema["minItems"], 1) }, (_, i) =>
        build(itemSchema(schema, i), deeper),
      );
    case "string":
      return buildString(schema, context.text);
    case "integer":
    case "number":
      return buildNumber(schema);
    case "boolean":
      return true;
    case "null":
      return null;
    default:
      return {};
  }
}

function resolve(schema: JsonObject, context: Context): JsonObject {
  const reference = schema["$ref"];
  if (typeof reference !== "string" || !reference.startsWith("#")) return schema;
  let target: unknown = context.root;
  for (const part of reference.slice(1).split("/").filter(Boolean)) {
    const key = decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
    target = isObject(target) ? target[key] : undefined;
  }
  return { ...asRecord(target), ...without(schema, "$ref") };
}

function typeOf(schema: JsonObject): string {
  const { type } = schema;
  if (typeof type === "string") return type;
  if (Array.isArray(type)) return String(type.find((name) => name !== "null") ?? "null");
  if ("properties" in schema || "required" in schema) return "object";
  return "items" in schema ? "array" : "object";
}

function buildObject(schema: JsonObject, context: Context): JsonObject {
  const properties = asRecord(schema["properties"]);
  const required = Array.isArray(schema["required"]) ? schema["required"].map(String) : [];
  const names = required.length > 0 ? required : Object.keys(properties);
  return Object.fromEntries(names.map((name) => [name, build(properties[name], context)]));
}

function buildString(schema: JsonObject, text: string): string {
  const formats: Readonly<Record<string, string>> = {
    "date-time": "2026-06-01T12:00:00Z",
    date: "2026-06-01",
    time: "12:00:00Z",
    email: "person@example.com",
    uri: "https://example.com/",
    uuid: "00000000-0000-4000-8000-000000000000",
    ipv4: "192.0.2.1",
    hostname: "example.com",
  };
  const format = schema["format"];
  if (typeof format === "string" && formats[format] !== undefined) return formats[format];
  const value = text.padEnd(numberOr(schema["minLength"], 0), ".");
  return value.slice(0, numberOr(schema["maxLength"], 200));
}

function buildNumber(schema: JsonObject): number {
  const step = numberOr(schema["multipleOf"], 1);
  const above =
    typeof schema["exclusiveMinimum"] === "number" ? schema["exclusiveMinimum"] + step : undefined;
  const maximum = schema["maximum"];
  const least = above ?? numberOr(schema["minimum"], typeof maximum === "number" ? Math.min(maximum, 1) : 1);
  return Math.ceil(least / step) * step;
}

function itemSchema(schema: JsonObject, index: number): unknown {
  const prefix = schema["prefixItems"];
  return Array.isArray(prefix) && index < prefix.length ? prefix[index] : schema["items"];
}

function mergeAll(schemas: readonly unknown[], context: Context): JsonObject {
  return schemas
    .map((schema) => resolve(asRecord(schema), context))
    .reduce<JsonObject>((merged, schema) => {
      const properties = { ...asRecord(merged["properties"]), ...asRecord(schema["properties"]) };
      const required = [...listOf(merged["required"]), ...listOf(schema["required"])];
      return { ...merged, ...schema, properties, required };
    }, {});
}

function asRecord(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function first(list: readonly unknown[]): unknown {
  return list[0];
}

function without(object: JsonObject, key: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}

function numberOr(value: unknown, fallback: number): number {
  return typeof value === "number" ? value : fallback;
}

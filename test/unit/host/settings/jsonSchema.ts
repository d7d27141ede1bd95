// The part of JSON Schema that the settings of package.json use, as VS Code's settings editor takes it.

interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly pattern?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
}

/** Whether a value is what the schema allows. Other keywords are ignored. */
export function matches(schema: Schema, value: unknown): boolean {
  const types = [schema.type ?? []].flat();
  if (types.length > 0 && !types.some((type) => hasType(value, type))) return false;
  if (schema.enum !== undefined && !schema.enum.includes(value)) return false;
  if (typeof value === "number") return isWithin(value, schema.minimum, schema.maximum);
  if (typeof value === "string") {
    const isLong = isWithin(value.length, schema.minLength, schema.maxLength);
    return isLong && new RegExp(schema.pattern ?? "", "u").test(value);
  }
  if (Array.isArray(value)) {
    const { items = {} } = schema;
    return isWithin(value.length, schema.minItems, undefined) && value.every((item) => matches(items, item));
  }
  return typeof value !== "object" || value === null || hasProperties(schema, value);
}

function hasProperties(schema: Schema, value: object): boolean {
  const { properties = {}, additionalProperties = true, required = [] } = schema;
  const isComplete = required.every((name) => Object.hasOwn(value, name));
  return (
    isComplete &&
    Object.entries(value).every(([name, entry]) => {
      const own = properties[name] ?? additionalProperties;
      return typeof own === "boolean" ? own : matches(own, entry);
    })
  );
}

function isWithin(value: number, least = -Infinity, most = Infinity): boolean {
  return value >= least && value <= most;
}

function hasType(value: unknown, type: string): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "array":
      return Array.isArray(value);
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    case "integer":
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

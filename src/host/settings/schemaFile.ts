import type { ResponseFormat } from "../../core/api/types.ts";
import { isRecord, parseJson } from "../../core/util/record.ts";
import { type SchemaMistake, schemaMistake } from "./schemaMistake.ts";

export type SchemaFile =
  | { readonly type: "ok"; readonly format: ResponseFormat }
  /** What is wrong with the file. */
  | { readonly type: "bad"; readonly problem: "json" | "object" | SchemaMistake };

/**
 * Reads a JSON Schema file as the format of answers. The file is a schema, which the answer must match strictly, or
 * the API's own `json_schema` object with `name`, `schema`, and perhaps `description` and `strict`.
 */
export function parseSchemaFile(text: string, path: string): SchemaFile {
  const json = parseJson(text.replace(/^\uFEFF/, ""));
  if (json === undefined) return { type: "bad", problem: "json" };
  if (!isRecord(json)) return { type: "bad", problem: "object" };
  const { name, schema, description, strict } = json;
  const isOwn = typeof name === "string" && isRecord(schema);
  const problem = isOwn ? schemaMistake(schema, "schema") : schemaMistake(json, "");
  if (problem) return { type: "bad", problem };
  if (!isOwn) {
    const format = { type: "json_schema", name: nameOf(path), schema: json, strict: true } as const;
    return { type: "ok", format };
  }
  return {
    type: "ok",
    format: {
      type: "json_schema",
      name,
      schema,
      ...(typeof description === "string" ? { description } : {}),
      ...(typeof strict === "boolean" ? { strict } : {}),
    },
  };
}

/** The file's name in the letters that the API takes. */
function nameOf(path: string): string {
  const file = path.split(/[\\/]/).at(-1) ?? "";
  return (
    file
      .replace(/(\.schema)?\.json$/i, "")
      .replaceAll(/[^A-Za-z0-9_-]/g, "_")
      .slice(0, 64) || "answer"
  );
}

/** The parts of a path inside a workspace; undefined when it is absolute or leads out of it. */
export function workspacePathParts(path: string): readonly string[] | undefined {
  if (/^([\\/~]|[A-Za-z]:|[A-Za-z][\w+.-]*:\/\/)/.test(path)) return undefined;
  const parts = path.split(/[\\/]/).filter((part) => part !== "" && part !== ".");
  return parts.length === 0 || parts.includes("..") ? undefined : parts;
}

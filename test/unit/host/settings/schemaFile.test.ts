import assert from "node:assert/strict";
import { checkParameters } from "../../../../src/core/api/checkParameters.ts";
import type { ResponseFormat } from "../../../../src/core/api/types.ts";
import { inEnglish } from "../../../../src/core/util/phrase.ts";
import { parseSchemaFile, workspacePathParts } from "../../../../src/host/settings/schemaFile.ts";

const schema = { type: "object", properties: { a: { type: "string" } }, required: ["a"] };

function formatOf(value: unknown, path = "answer.json"): ResponseFormat {
  const file = parseSchemaFile(typeof value === "string" ? value : JSON.stringify(value), path);
  assert.ok(file.type === "ok");
  const base = { model: "m", messages: [{ role: "user", content: "x" }] } as const;
  checkParameters({ ...base, responseFormat: file.format }, undefined);
  return file.format;
}

describe("a schema file", () => {
  it("is a schema that answers must match, named after the file", () => {
    assert.deepEqual(formatOf(schema, "schemas/my answer.schema.json"), {
      type: "json_schema",
      name: "my_answer",
      schema,
      strict: true,
    });
  });

  it("may begin with a byte order mark", () => {
    assert.deepEqual(formatOf(`\uFEFF${JSON.stringify(schema)}`), formatOf(schema));
  });

  it("may be the API's own object, with all its parts", () => {
    const own = { name: "thing", schema, description: "A thing.", strict: false };
    assert.deepEqual(formatOf(own), { type: "json_schema", ...own });
    assert.deepEqual(formatOf({ name: "thing", schema }), { type: "json_schema", name: "thing", schema });
  });

  for (const [path, name] of [
    ["a/b.json", "b"],
    ["a\\b c.JSON", "b_c"],
    [".json", "answer"],
    [`${"n".repeat(80)}.json`, "n".repeat(64)],
  ] as const) {
    it(`gives answers the name ${name.slice(0, 10)} when it is ${path.slice(0, 20)}`, () => {
      const format = formatOf(schema, path);
      assert.ok(format.type === "json_schema");
      assert.equal(format.name, name);
    });
  }

  it("says whether it is no JSON, or no object", () => {
    assert.deepEqual(parseSchemaFile("{", "a.json"), { type: "bad", problem: "json" });
    for (const text of ["[]", "null", '"text"', "true"]) {
      assert.deepEqual(parseSchemaFile(text, "a.json"), { type: "bad", problem: "object" }, text);
    }
  });

  for (const [wrong, path, allowed] of [
    [{ type: "text" }, "type", /^one of string, number/],
    [{ type: [] }, "type", /^one of/],
    [{ type: ["string", 1] }, "type", /^one of/],
    [{ properties: [] }, "properties", /^an object$/],
    [{ properties: { city: "string" } }, "properties.city", /^an object$/],
    [{ properties: { "a b": { type: "x" } } }, 'properties["a b"].type', /^one of/],
    [{ required: "city" }, "required", /^a list of texts$/],
    [{ required: ["city", 1] }, "required", /^a list of texts$/],
    [{ enum: "a" }, "enum", /^a list that is not empty$/],
    [{ enum: [] }, "enum", /^a list that is not empty$/],
    [{ items: 1 }, "items", /^an object$/],
    [{ items: { anyOf: [{}, { items: { type: 1 } }] } }, "items.anyOf[1].items.type", /^one of/],
    [{ anyOf: {} }, "anyOf", /^a list that is not empty$/],
    [{ $ref: {} }, "$ref", /^text$/],
    [{ $defs: { a: { additionalProperties: null } } }, "$defs.a.additionalProperties", /^an object$/],
    [{ name: "n", schema: { type: "text" } }, "schema.type", /^one of/],
  ] as const) {
    it(`says where it is wrong: ${path}, in ${JSON.stringify(wrong)}`, () => {
      const file = parseSchemaFile(JSON.stringify(wrong), "a.json");
      assert.ok(file.type === "bad" && typeof file.problem === "object");
      assert.equal(file.problem.path, path);
      assert.match(inEnglish(file.problem.allowed), allowed);
    });
  }

  it("may have whatever else a schema may have", () => {
    const whole = {
      $defs: { city: { enum: ["Graz", null], description: "x" } },
      type: ["object", "null"],
      properties: {
        type: { $ref: "#/$defs/city" },
        required: { type: "array", items: [{ type: "string" }, true], minItems: 1 },
        list: { prefixItems: [{ const: 1 }], items: false, not: { allOf: [{ oneOf: [{}] }] } },
      },
      required: [],
      additionalProperties: false,
      "x-own": 1,
    };
    formatOf(whole);
    const depth = 20_000;
    parseSchemaFile(`${'{"not":'.repeat(depth)}{}${"}".repeat(depth)}`, "deep.json");
  });

  for (const [path, parts] of [
    ["a.json", ["a.json"]],
    ["./a//b/c.json", ["a", "b", "c.json"]],
    ["a\\b.json", ["a", "b.json"]],
    ["..json", ["..json"]],
  ] as const) {
    it(`is looked for inside the workspace: ${path}`, () => {
      assert.deepEqual(workspacePathParts(path), parts);
    });
  }

  for (const path of [
    ...["/etc/a.json", "\\\\server\\a.json", "C:\\a.json", "c:a.json", "~/a.json", "file:///a.json"],
    ...["../a.json", "a/../../b.json", "a\\..\\b.json", ".", "./"],
  ]) {
    it(`is not looked for elsewhere: ${path}`, () => {
      assert.equal(workspacePathParts(path), undefined);
    });
  }
});

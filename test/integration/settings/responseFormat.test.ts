import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import { ParameterError } from "../../../src/core/api/errors.ts";
import { readResponseFormat } from "../../../src/host/settings/responseFormat.ts";

describe("the format for answers", () => {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  const root = folder.uri.fsPath;
  const schemas = path.join(root, "schemas");
  const schema = { type: "object", properties: { a: { type: "number" } } };
  let outside: string;

  before(async () => {
    outside = await mkdtemp(path.join(tmpdir(), "valar-outside-"));
    await mkdir(schemas);
    await writeFile(path.join(outside, "secret.json"), JSON.stringify({ secret: "s" }));
    await writeFile(path.join(schemas, "a.schema.json"), JSON.stringify(schema));
    await writeFile(path.join(schemas, "broken.json"), '{"type": "object"');
    await writeFile(path.join(schemas, "list.json"), "[1]");
    await writeFile(path.join(schemas, "wrong.json"), '{"properties": {"a": {"type": "text"}}}');
    await writeFile(path.join(schemas, "large.json"), JSON.stringify({ text: "x".repeat(1024 * 1024) }));
    await mkdir(path.join(schemas, "folder.json"));
    await symlink(path.join(outside, "secret.json"), path.join(schemas, "link.json"));
    await symlink(outside, path.join(root, "linked"));
  });
  after(async () => {
    await rm(schemas, { recursive: true });
    await rm(path.join(root, "linked"));
    await rm(outside, { recursive: true });
  });

  it("is none, text or any JSON without a file", async () => {
    assert.equal(await readResponseFormat(""), undefined);
    assert.deepEqual(await readResponseFormat("text"), { type: "text" });
    assert.deepEqual(await readResponseFormat("json_object"), { type: "json_object" });
  });

  for (const file of ["schemas/a.schema.json", "./schemas/a.schema.json", "schemas\\a.schema.json"]) {
    it(`is read from a file of the workspace: ${file}`, async () => {
      assert.deepEqual(await readResponseFormat(file), {
        type: "json_schema",
        name: "a",
        schema,
        strict: true,
      });
    });
  }

  it("is read anew each time", async () => {
    const file = path.join(schemas, "new.json");
    await writeFile(file, JSON.stringify({ title: "one" }));
    await readResponseFormat("schemas/new.json");
    await writeFile(file, JSON.stringify({ title: "two" }));
    const format = await readResponseFormat("schemas/new.json");
    assert.ok(format?.type === "json_schema");
    assert.deepEqual(format.schema, { title: "two" });
  });

  for (const [file, problem] of [
    ["schemas/broken.json", /broken\.json is not valid JSON\.$/],
    ["schemas/list.json", /list\.json is not a JSON Schema: it must hold an object\.$/],
    [
      "schemas/wrong.json",
      /wrong\.json is not a JSON Schema: properties\.a\.type must be one of string, .*\.$/,
    ],
    ["schemas/large.json", /large\.json is larger than 1 MB\.$/],
    ["schemas/none.json", /none\.json is not a file of this workspace\.$/],
    ["schemas/folder.json", /folder\.json is not a file of this workspace\.$/],
    ["schemas/a.schema.json/b.json", /b\.json is not a file of this workspace\.$/],
    ["schemas/link.json", /link\.json is behind a link, which may lead out of the workspace\.$/],
    ["linked/secret.json", /secret\.json is behind a link/],
    ["../secret.json", /must be a path inside the workspace\.$/],
    ["/etc/secret.json", /must be a path inside the workspace\.$/],
  ] as const) {
    it(`is refused with a reason: ${file}`, async () => {
      await assert.rejects(readResponseFormat(file), (error) => {
        assert.ok(error instanceof ParameterError);
        assert.equal(error.field, "response_format");
        assert.ok(error.message.startsWith(`Setting valar.responseFormat: ${file}`));
        assert.match(error.message, problem);
        return true;
      });
    });
  }

  it("is refused with a reason when it cannot be read", async () => {
    const denied = () => Promise.reject(new Error("Permission denied"));
    const message =
      "Setting valar.responseFormat: schemas/a.schema.json could not be read: Permission denied";
    const { fs } = vscode.workspace;
    for (const files of [
      { stat: denied, readFile: denied },
      { stat: (uri: vscode.Uri) => fs.stat(uri), readFile: denied },
    ]) {
      const isSaid = { name: "ParameterError", message };
      await assert.rejects(readResponseFormat("schemas/a.schema.json", files), isSaid);
    }
  });
});

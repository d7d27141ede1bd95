import assert from "node:assert/strict";
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import { editRules, type EditRulesDeps } from "../../../src/host/context/editRules.ts";
import { EditedFile } from "./editedFile.ts";
import { ScriptedEdits } from "./scriptedEdits.ts";

describe("rules of the workspace in edits", () => {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  const root = folder.uri.fsPath;
  const code = vscode.Uri.joinPath(folder.uri, "src/cart.ts");
  const errors: unknown[] = [];
  const usual: EditRulesDeps = {
    settings: () => ({ rules: true, maxFileKilobytes: 10 }),
    git: { isIgnored: () => Promise.resolve(false) },
    isTrusted: () => true,
    log: { error: (_, error) => errors.push(error) },
  };
  const read = async (uri = code, changed: Partial<EditRulesDeps> = {}): Promise<readonly string[]> => {
    const rules = await editRules(uri, { ...usual, ...changed }, new AbortController().signal);
    return rules.map((each) => `${each.path}: ${each.text}`);
  };

  before(async () => {
    await mkdir(path.join(root, ".github"), { recursive: true });
    await writeFile(path.join(root, "AGENTS.md"), "Use tabs.");
    await writeFile(path.join(root, ".github/copilot-instructions.md"), "No semicolons.");
  });
  after(async () => {
    await rm(path.join(root, "AGENTS.md"), { force: true });
    await rm(path.join(root, ".github"), { recursive: true, force: true });
  });

  it("are those of the code's folder, also for a new file in it", async () => {
    const expected = ["AGENTS.md: Use tabs.", ".github/copilot-instructions.md: No semicolons."];
    assert.deepEqual(await read(), expected);
    assert.deepEqual(await read(code.with({ scheme: "untitled" })), expected);
    assert.deepEqual(await read(vscode.Uri.file("/elsewhere/a.ts")), []);
  });

  it("wait for trust, the setting, and whatever speaks against sending them", async () => {
    assert.deepEqual(await read(code, { isTrusted: () => false }), []);
    assert.deepEqual(await read(code, { settings: () => ({ rules: false, maxFileKilobytes: 10 }) }), []);
    assert.deepEqual(await read(code, { git: { isIgnored: () => Promise.resolve(true) } }), []);
    await writeFile(path.join(root, "AGENTS.md"), "Use token ghp_0123456789abcdefghijABCDEFGHIJ012345.");
    assert.deepEqual(await read(), [".github/copilot-instructions.md: No semicolons."]);
  });

  it("are left out, and the log told, when git cannot answer", async () => {
    const failure = new Error("git is gone");
    assert.deepEqual(await read(code, { git: { isIgnored: () => Promise.reject(failure) } }), []);
    assert.deepEqual(errors, [failure, failure]);
  });

  it("go along with the edit", async () => {
    const edits = new ScriptedEdits();
    edits.rules = [{ path: "AGENTS.md", text: "Use tabs." }];
    edits.gives("changed");
    const file = await EditedFile.open("a\n");
    try {
      file.select(0, 0);
      await edits.service.run("refactor");
      assert.match(JSON.stringify(edits.requests[0]?.[0]?.content), /From `AGENTS.md`:\\n\\nUse tabs\./);
    } finally {
      edits.dispose();
      await file.close();
    }
  });
});

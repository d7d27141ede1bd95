import assert from "node:assert/strict";
import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import { EditedFile } from "./editedFile.ts";
import { ScriptedEdits } from "./scriptedEdits.ts";

const content = "function one() {\r\n\treturn 1;\r\n}\r\n\r\nfunction two() {\r\n\treturn 2;\r\n}\r\n";
const newTwo = "function two() {\n  return 1 + 1;\n}";

describe("applying a code block of the conversation", () => {
  let edits: ScriptedEdits;
  let file: EditedFile;
  let made: string[];

  beforeEach(async () => {
    edits = new ScriptedEdits();
    made = [];
    file = await EditedFile.open(content);
  });
  afterEach(async () => {
    edits.dispose();
    await file.close();
    for (const folder of made) await rm(folder, { recursive: true, force: true });
  });

  const apply = (text: string, more: { language?: string; path?: string } = {}): Promise<void> =>
    edits.service.applyCode({ text, language: "js", ...more });
  const lastMessage = (): string => edits.messages.at(-1)?.message ?? "";
  const buttons = (): string[] => edits.messages.at(-1)?.actions.map(({ label }) => label) ?? [];
  const root = (): string => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    return folder.uri.fsPath;
  };
  /** A folder in the workspace with one file. */
  const inWorkspace = async (name: string, text: string): Promise<string> => {
    const folder = path.join(root(), "applied");
    made.push(folder);
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, name), text);
    return path.join(folder, name);
  };

  it("reviews it in place of the function of its name, asks no model, and writes with Accept only", async () => {
    await apply(newTwo);
    assert.deepEqual(edits.messages, []);
    assert.equal(file.text, content);
    await edits.service.accept();
    assert.equal(file.text, content.replace("return 2", "return 1 + 1"));
    assert.deepEqual(edits.requests, []);
    assert.deepEqual(await file.onDisk(), file.bytes);
    await file.undo();
    assert.equal(file.text, content);
    assert.equal(file.document.isDirty, false);
  });

  it("refuses what it cannot place, and lets the person review it at the cursor", async () => {
    file.select(3, 3);
    await apply("// ...\nlet unknown = 1;\n// ...");
    assert.match(lastMessage(), /leaves code out/);
    assert.deepEqual(buttons(), ["Review at the Cursor", "Copy Code"]);
    await edits.service.accept();
    assert.equal(file.text, content);
    await apply("function one() {\n  // ... existing code ...\n}");
    assert.equal(file.text, content);
  });

  it("says what would go, and reviews it when asked", async () => {
    await apply(
      "function one() {\n\treturn 1;\n}\n\nfunction three() {\n\treturn 3;\n}\n\nfunction two() {\n\treturn 2;\n}\n",
    );
    await edits.service.accept();
    assert.match(file.text, /three/);
    await file.undo();
    await apply("class A {}", { path: "../../etc/passwd" });
    assert.match(lastMessage(), /outside the workspace/);
  });

  it("says so when the code is there already", async () => {
    await apply("function two() {\n  return 2;\n}");
    assert.match(lastMessage(), /has this code already/);
  });

  it("finds a file of the workspace by its path, or by the end of it", async () => {
    await inWorkspace("named.js", "function a() {\n  return 1;\n}\n");
    for (const name of ["applied/named.js", "./applied/named.js", "named.js"]) {
      await apply("function a() {\n  return 2;\n}", { path: name });
      await edits.service.accept();
      const { document } = vscode.window.activeTextEditor ?? {};
      assert.equal(document?.getText(), "function a() {\n  return 2;\n}\n", name);
      await vscode.commands.executeCommand("workbench.action.files.revert");
    }
  });

  it("does not go through links", async () => {
    await inWorkspace("named.js", "");
    await symlink(file.folder, path.join(root(), "applied", "link"));
    await apply(newTwo, { path: "applied/link/code.js" });
    assert.match(lastMessage(), /behind a link/);
    assert.equal(file.text, content);
  });

  it("offers to make a new file, which stays unsaved", async () => {
    await inWorkspace("named.js", "");
    await apply("let a = 1;\n", { path: "applied/brandNew.js" });
    assert.deepEqual(buttons(), ["Create File", "Copy Code"]);
    await edits.press("Create File");
    const { document } = vscode.window.activeTextEditor ?? {};
    assert.equal(document?.uri.scheme, "untitled");
    assert.equal(document.getText(), "");
    await edits.service.accept();
    assert.equal(document.getText(), "let a = 1;\n");
    await assert.rejects(
      Promise.resolve(vscode.workspace.fs.stat(vscode.Uri.file(path.join(root(), "applied/brandNew.js")))),
    );
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  });
});

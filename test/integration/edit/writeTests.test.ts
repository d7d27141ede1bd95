import assert from "node:assert/strict";
import { access, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import { ScriptedEdits } from "./scriptedEdits.ts";

describe("writing tests", () => {
  let edits: ScriptedEdits;
  let folder: string;

  beforeEach(async () => {
    edits = new ScriptedEdits();
    const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
    assert.ok(root);
    folder = path.join(root, "tested");
    await mkdir(path.join(folder, "src"), { recursive: true });
    await writeFile(path.join(folder, "package.json"), '{"devDependencies":{"vitest":"3"}}');
    await writeFile(path.join(folder, "src/cart.js"), "export function total() {\n  return 1;\n}\n");
    await writeFile(path.join(folder, "src/order.js"), "export const one = 1;\n");
    const source = await vscode.workspace.openTextDocument(path.join(folder, "src/cart.js"));
    await vscode.window.showTextDocument(source);
  });
  afterEach(async () => {
    edits.dispose();
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await rm(folder, { recursive: true, force: true });
  });

  const asked = (): string => JSON.stringify(edits.requests.at(-1)?.at(-1)?.content ?? "");
  const active = (): vscode.TextDocument => {
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document);
    return document;
  };

  it("asks for tests in the project's framework, in a new file that nothing saves", async () => {
    await writeFile(path.join(folder, "src/order.spec.js"), "it();\n");
    edits.gives('import { it } from "vitest";\n\nit("works", () => {});');
    await edits.service.writeTests();
    assert.match(asked(), /Write tests with Vitest/);
    assert.match(asked(), /return 1;/);
    const document = active();
    assert.equal(document.uri.scheme, "untitled");
    assert.match(document.uri.path, /tested\/src\/cart\.spec\.js$/);
    assert.equal(document.getText(), "");
    await edits.service.accept();
    assert.equal(document.getText(), 'import { it } from "vitest";\n\nit("works", () => {});\n');
    await assert.rejects(access(path.join(folder, "src/cart.spec.js")));
  });

  it("adds to the tests there are, as an edit to review", async () => {
    const file = path.join(folder, "src/cart.test.js");
    await writeFile(file, 'it("is old", () => {});\n');
    edits.gives('it("is old", () => {});\nit("is new", () => {});');
    await edits.service.writeTests();
    assert.match(asked(), /keep every test it has/);
    assert.match(asked(), /is old/);
    assert.equal(active().getText(), 'it("is old", () => {});\n');
    await edits.service.accept();
    assert.equal(active().getText(), 'it("is old", () => {});\nit("is new", () => {});\n');
    assert.equal(await readFile(file, "utf8"), 'it("is old", () => {});\n');
  });

  it("finds the test file that no listing shows, as in Restricted Mode", async () => {
    // What is in `dist` is not listed.
    const dist = path.join(folder, "dist");
    await mkdir(dist);
    await writeFile(path.join(dist, "cart.js"), "export const total = 1;\n");
    await writeFile(path.join(dist, "cart.test.js"), 'it("is old", () => {});\n');
    const source = await vscode.workspace.openTextDocument(path.join(dist, "cart.js"));
    await vscode.window.showTextDocument(source);
    await edits.service.writeTests();
    assert.equal(active().uri.scheme, "file");
    assert.match(asked(), /keep every test it has[\s\S]*is old/);
  });

  it("asks for the code to be saved first when it is nowhere yet", async () => {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: "let a;" }));
    await edits.service.writeTests();
    assert.match(edits.messages.at(-1)?.message ?? "", /Save the code as a file first/);
    assert.deepEqual(edits.requests, []);
  });
});

import assert from "node:assert/strict";
import * as vscode from "vscode";
import { insertAtCursor } from "../../../src/host/chat/insertAtCursor.ts";
import { TestedContext } from "../context/service.ts";

describe("inserting code from a chat", () => {
  let context: TestedContext;

  beforeEach(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    context = new TestedContext();
  });
  afterEach(async () => {
    context.dispose();
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("finds the editor that a chat in a tab hides, at its cursor", async () => {
    const document = await vscode.workspace.openTextDocument({ content: "one\ntwo\n" });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(1, 0, 1, 0);
    assert.equal(context.service.lastEditor, editor);
    const panel = vscode.window.createWebviewPanel("test", "Test", vscode.ViewColumn.Active);
    while (vscode.window.activeTextEditor !== undefined) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    await insertAtCursor("new\n", context.service.lastEditor);
    assert.equal(document.getText(), "one\nnew\ntwo\n");
    panel.dispose();
  });
});

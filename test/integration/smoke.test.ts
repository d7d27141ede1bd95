import assert from "node:assert/strict";
import * as vscode from "vscode";
import manifest from "../../package.json" with { type: "json" };

describe("the extension in the extension host", () => {
  const extension = vscode.extensions.getExtension("valar-vscode.valar");

  it("is found, and activates", async () => {
    assert.ok(extension);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it("contributes every command of its manifest", () => {
    const found = extension?.packageJSON as typeof manifest | undefined;
    assert.equal(found?.contributes.commands.length, manifest.contributes.commands.length);
  });

  it("registers every command of its manifest when it activates", async () => {
    await extension?.activate();
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = manifest.contributes.commands
      .map(({ command }) => command)
      .filter((command) => !registered.has(command));
    assert.deepEqual(missing, []);
  });

  it("reads its base URL from the person's settings", () => {
    const baseUrl = vscode.workspace.getConfiguration("valar").get("baseUrl");
    assert.equal(baseUrl, process.env.VALAR_TEST_SIMULATOR);
  });

  it("has a copy of the sample workspace open", async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, "src/cart.ts"));
    assert.match(document.getText(), /export function subtotal/);
  });
});

import assert from "node:assert/strict";
import * as vscode from "vscode";
import { never, TestedContext } from "./service.ts";

describe("searching for context", () => {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  const cart = vscode.Uri.joinPath(folder.uri, "src/cart.ts");
  let context: TestedContext;

  beforeEach(() => {
    context = new TestedContext();
  });
  afterEach(async () => {
    context.dispose();
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("finds files and folders by a few letters of their path", async () => {
    const [best] = await context.source.search("ordts", never);
    assert.deepEqual([best?.label, best?.detail, best?.kind], ["orders.ts", "src", "file"]);
    const found = await context.source.search("tools", never);
    assert.ok(found.some(({ kind, label }) => kind === "folder" && label === "tools"));
  });

  it("begins with the selection and the open editors, and names each thing once", async () => {
    const editor = await vscode.window.showTextDocument(cart, { preview: false });
    editor.selection = new vscode.Selection(1, 0, 3, 2);
    const found = await context.source.search("", never);
    const shown = found.map(({ kind, label, detail }) => `${kind} ${label} ${detail}`);
    assert.deepEqual(shown.slice(0, 2), [
      "selection Selection src/cart.ts:2-4",
      "file Current File src/cart.ts",
    ]);
    assert.equal(shown.filter((line) => line === "file cart.ts src").length, 1);
    const ids = (await context.source.search("cart", never)).map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
  });

  it("gives the text that is not saved yet", async () => {
    const editor = await vscode.window.showTextDocument(cart);
    await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), "// not saved\n"));
    const [best] = await context.source.search("cart.ts", never);
    assert.ok(best);
    const item = await context.source.resolve(best.id, never);
    assert.ok(item?.kind === "file");
    assert.match(item.text, /^\/\/ not saved\n/);
    assert.deepEqual([item.path, item.languageId, item.cut], ["src/cart.ts", "typescript", undefined]);
    await vscode.commands.executeCommand("workbench.action.files.revert");
  });

  it("ends when it is cancelled", async () => {
    const controller = new AbortController();
    const search = context.source.search("cart", controller.signal);
    controller.abort();
    await assert.rejects(search, { name: "AbortError" });
  });
});

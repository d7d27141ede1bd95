import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import { ManualClock } from "../../support/clock.ts";
import { until } from "../../support/realVscode/until.ts";
import { ScriptedEdits } from "./scriptedEdits.ts";

const source = ["a = 1\n", "b = 2\n", "c = 3"];
const cell = { cell_type: "code", execution_count: null, metadata: {}, outputs: [] };
const file = JSON.stringify({
  cells: [
    { ...cell, source: ["first = 0"] },
    { ...cell, source },
  ],
  metadata: { language_info: { name: "python" } },
  nbformat: 4,
  nbformat_minor: 5,
});

describe("an edit in a notebook's cell", () => {
  let folder: string;
  let clock: ManualClock;
  let edits: ScriptedEdits;
  let editor: vscode.TextEditor;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "valar-notebook-"));
    const uri = vscode.Uri.file(path.join(folder, "book.ipynb"));
    await writeFile(uri.fsPath, file);
    clock = new ManualClock();
    edits = new ScriptedEdits(clock);
    editor = await show(uri);
  });
  afterEach(async () => {
    edits.dispose();
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await rm(folder, { recursive: true, force: true });
  });

  /** Opens the notebook and gives the editor of its second cell. */
  async function show(uri: vscode.Uri): Promise<vscode.TextEditor> {
    const notebook = await vscode.workspace.openNotebookDocument(uri);
    await vscode.window.showNotebookDocument(notebook);
    const { document } = notebook.cellAt(1);
    return until("the cell's editor", () =>
      vscode.window.visibleTextEditors.find((shown) => shown.document === document),
    );
  }
  const ask = async (line: number, answer: string): Promise<void> => {
    editor.selection = new vscode.Selection(line, 0, line, 5);
    edits.gives(answer);
    await edits.service.run("refactor", editor);
  };
  const lens = async (line: number): Promise<unknown> => {
    const all = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      "vscode.executeCodeLensProvider",
      editor.document.uri,
    );
    const found = all.find(
      ({ command, range }) => range.start.line === line && command?.title.includes("Accept") === true,
    );
    return found?.command?.arguments?.[0];
  };

  it("goes on when one types in the cell", async () => {
    await ask(1, "b = 20");
    await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), "z = 0\n"));
    clock.advance(1000);
    await edits.service.accept();
    assert.deepEqual(edits.messages, []);
    assert.equal(editor.document.getText(), "z = 0\na = 1\nb = 20\nc = 3");
  });

  it("goes on when another edit of the cell is accepted, and when the notebook is saved", async () => {
    await ask(0, "a = 10");
    await ask(2, "c = 30");
    await edits.service.accept(await lens(0));
    clock.advance(1000);
    assert.equal(editor.document.getText(), "a = 10\nb = 2\nc = 3");
    await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), "z = 0\n"));
    const notebook = vscode.workspace.notebookDocuments.find(({ uri }) => uri.path.endsWith("book.ipynb"));
    await notebook?.save();
    clock.advance(1000);
    await edits.service.accept();
    assert.deepEqual(edits.messages, []);
    assert.equal(editor.document.getText(), "z = 0\na = 10\nb = 2\nc = 30");
  });

  it("shows the new code in a diff beside, once by itself, in the cell's language, and leaves the focus", async () => {
    const diffs = (): vscode.TabInputTextDiff[] =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .flatMap(({ input }) => (input instanceof vscode.TabInputTextDiff ? [input] : []));
    const active = vscode.window.activeTextEditor;
    await ask(1, "b = 20");
    clock.advance(1000);
    const [diff] = await until("the diff", () => (diffs().length > 0 ? diffs() : undefined));
    assert.ok(diff);
    for (const [uri, text] of [
      [diff.original, "a = 1\nb = 2\nc = 3"],
      [diff.modified, "a = 1\nb = 20\nc = 3"],
    ] as const) {
      const document = await vscode.workspace.openTextDocument(uri);
      assert.deepEqual([document.languageId, document.getText()], ["python", text]);
    }
    assert.equal(vscode.window.activeTextEditor, active);
    assert.ok(vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputNotebook);
    const beside = vscode.window.tabGroups.all.find(({ isActive }) => !isActive);
    assert.ok(beside);
    await vscode.window.tabGroups.close(beside);
    await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), "z = 0\n"));
    clock.advance(1000);
    assert.deepEqual(diffs(), []);
    await edits.service.showDiff();
    assert.equal(diffs().length, 1);
    await edits.service.accept();
    await until("the diff to be closed", () => diffs().length === 0);
    assert.equal(editor.document.getText(), "z = 0\na = 1\nb = 20\nc = 3");
  });

  it("is gone to in its notebook, which opens no tab of the cell's own", async () => {
    await ask(1, "b = 20");
    const elsewhere = path.join(folder, "other.txt");
    await writeFile(elsewhere, "elsewhere");
    await vscode.window.showTextDocument(vscode.Uri.file(elsewhere));
    await edits.service.nextChange();
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(input instanceof vscode.TabInputNotebook);
    assert.equal(path.basename(input.uri.fsPath), "book.ipynb");
    assert.equal(vscode.window.activeNotebookEditor?.selection.start, 1);
  });

  it("is brought back after the notebook was closed", async () => {
    await ask(1, "b = 20");
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    clock.advance(1000);
    await until("the edit's end", () => {
      clock.advance(1000);
      return edits.messages.length > 0;
    });
    await edits.press("Bring Back Edit");
    await edits.service.accept();
    assert.equal(edits.messages.length, 1);
    const notebook = vscode.window.activeNotebookEditor?.notebook;
    assert.equal(notebook?.uri.path, path.join(folder, "book.ipynb"));
    assert.equal(notebook.cellAt(1).document.getText(), "a = 1\nb = 20\nc = 3");
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(tab instanceof vscode.TabInputNotebook && tab.uri.scheme === "file");
  });

  it("row 60: follows a rename of the notebook", async () => {
    await ask(1, "b = 20");
    const old = vscode.Uri.file(path.join(folder, "book.ipynb"));
    const renamed = vscode.Uri.file(path.join(folder, "renamed.ipynb"));
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(old, renamed);
    await vscode.workspace.applyEdit(edit);
    editor = await show(renamed);
    clock.advance(10_000);
    await edits.service.accept();
    assert.deepEqual(edits.messages, []);
    assert.equal(editor.document.getText(), "a = 1\nb = 20\nc = 3");
  });
});

describe("an edit in a file typed in and undone at once", () => {
  it("is not taken for read anew from disk", async () => {
    const clock = new ManualClock();
    const edits = new ScriptedEdits(clock);
    const folder = await mkdtemp(path.join(tmpdir(), "valar-edit-"));
    const uri = vscode.Uri.file(path.join(folder, "code.txt"));
    await writeFile(uri.fsPath, "one\ntwo\n");
    const editor = await vscode.window.showTextDocument(uri);
    editor.selection = new vscode.Selection(1, 0, 1, 3);
    edits.gives("TWO");
    await edits.service.run("refactor", editor);
    await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), "x"));
    await vscode.commands.executeCommand("undo");
    await until("the undo", () => editor.document.getText() === "one\ntwo\n");
    clock.advance(1000);
    await edits.service.accept();
    assert.deepEqual(edits.messages, []);
    assert.equal(editor.document.getText(), "one\nTWO\n");
    edits.dispose();
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await rm(folder, { recursive: true, force: true });
  });
});

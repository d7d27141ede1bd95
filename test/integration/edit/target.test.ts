import assert from "node:assert/strict";
import * as vscode from "vscode";
import { until } from "../../support/realVscode/until.ts";
import { EditedFile } from "./editedFile.ts";
import { answerBox } from "./instructionBox.ts";
import { ScriptedEdits } from "./scriptedEdits.ts";

describe("what an edit is about", () => {
  let edits: ScriptedEdits;
  let file: EditedFile | undefined;

  beforeEach(() => {
    edits = new ScriptedEdits();
    edits.gives("changed");
  });
  afterEach(async () => {
    edits.dispose();
    await file?.close();
    file = undefined;
  });
  const lastMessage = (): string => edits.messages.at(-1)?.message ?? "";

  it("is the whole lines of the selection, with the path, the language and what stands around", async () => {
    file = await EditedFile.open("a\nbcd\ne\n", "code.py");
    file.editor.selection = new vscode.Selection(1, 1, 2, 0);
    await edits.service.run("refactor");
    const prompt = JSON.stringify(edits.requests[0]);
    assert.match(prompt, /code\.py/);
    assert.match(prompt, /Language: python/);
    assert.match(prompt, /\\na\\n<selection>\\nbcd\\n<\/selection>\\ne\\n/);
  });

  it("is the function around the cursor when nothing is selected", async () => {
    file = await EditedFile.open("const a = 1;\nfunction f() {\n  return a;\n}\nconst b = 2;\n", "code.js");
    const { document, editor } = file;
    await until("the language's symbols", async () => {
      const symbols: unknown = await vscode.commands.executeCommand(
        "vscode.executeDocumentSymbolProvider",
        document.uri,
      );
      return Array.isArray(symbols) && symbols.length > 0;
    });
    editor.selection = new vscode.Selection(2, 4, 2, 4);
    edits.gives("function f() {\n  return a + 1;\n}");
    await edits.service.run("refactor");
    assert.match(JSON.stringify(edits.requests[0]), /<selection>\\nfunction f\(\) \{/);
    await edits.service.accept();
    assert.match(file.text, /^const a = 1;\nfunction f\(\) \{\n {2}return a \+ 1;\n\}\nconst b = 2;\n$/);
  });

  it("is the component or handler around the cursor, though the language calls it a variable", async () => {
    const component = "const App = () => {\n  const one = 1;\n  return one;\n};";
    const field = "  handle = (event) => {\n    this.last = event;\n  };";
    file = await EditedFile.open(`${component}\nclass A {\n${field}\n}\n`, "code.js");
    const { document, editor } = file;
    await until("the language's symbols", async () => {
      const symbols: unknown = await vscode.commands.executeCommand(
        "vscode.executeDocumentSymbolProvider",
        document.uri,
      );
      return Array.isArray(symbols) && symbols.length > 0;
    });
    for (const [line, character, code] of [
      [2, 2, component],
      [0, 0, component],
      [1, 10, component],
      [3, 2, component],
      [6, 6, field],
    ] as const) {
      editor.selection = new vscode.Selection(line, character, line, character);
      await edits.service.run("refactor");
      const asked = edits.requests.at(-1)?.at(-1)?.content;
      assert.ok(
        JSON.stringify(asked).includes(JSON.stringify(`<selection>\n${code}\n</selection>`).slice(1, -1)),
      );
      await edits.service.reject();
    }
  });

  it("is asked for where there is none", async () => {
    file = await EditedFile.open("just text\n", "note.txt");
    await edits.service.run("refactor");
    assert.match(lastMessage(), /Select the code to edit/);
    await edits.press("Select All");
    assert.equal(file.document.getText(file.editor.selection), "just text\n");
    assert.equal(edits.requests.length, 0);
  });

  it("is never a blank selection or no editor", async () => {
    file = await EditedFile.open("a\n\n\nb\n", "note.txt");
    file.select(1, 2);
    await edits.service.run("refactor");
    assert.match(lastMessage(), /Select the code to edit/);
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await edits.service.run("refactor");
    assert.match(lastMessage(), /Open a file/);
    assert.equal(edits.requests.length, 0);
  });

  it("is nothing in an empty file", async () => {
    file = await EditedFile.open("", "empty.ts");
    await edits.service.run("refactor");
    assert.match(lastMessage(), /This file is empty/);
    assert.equal(file.text, "");
    assert.equal(file.document.isDirty, false);
    assert.equal(edits.requests.length, 0);
  });

  it("is a place for new code when one asks for it in an empty file, or on a blank line", async () => {
    file = await EditedFile.open("", "empty.txt");
    await edits.service.run("refactor");
    edits.gives("new code");
    await answerBox(() => edits.service.edit(), "write it");
    assert.match(JSON.stringify(edits.requests.at(-1)), /no code yet where the tags stand/);
    await edits.service.accept();
    assert.equal(file.text, "new code\n");
    await file.undo();
    assert.equal(file.text, "");
    await file.type(0, 0, "a\n\nb\n");
    file.editor.selection = new vscode.Selection(1, 0, 1, 0);
    await answerBox(() => edits.service.edit(), "write it");
    await edits.service.accept();
    assert.equal(file.text, "a\nnew code\nb\n");
    assert.deepEqual(await file.onDisk(), file.bytes);
  });

  it("leaves the cursor and the scroll position where they are", async () => {
    file = await EditedFile.open(Array.from({ length: 300 }, (_, i) => `line ${i}`).join("\n"), "note.txt");
    file.editor.selection = new vscode.Selection(150, 0, 152, 3);
    file.editor.revealRange(file.editor.selection, vscode.TextEditorRevealType.AtTop);
    await until("the editor to scroll", () => (file?.editor.visibleRanges[0]?.start.line ?? 0) > 100);
    const top = file.editor.visibleRanges[0]?.start.line;
    await edits.service.run("refactor");
    assert.deepEqual(file.editor.selection.active, new vscode.Position(152, 3));
    assert.equal(file.editor.visibleRanges[0]?.start.line, top);
  });

  it("row 61: is not a file that settings make read-only", async () => {
    file = await EditedFile.open("a\n", "locked.txt");
    file.select(0, 0);
    const settings = vscode.workspace.getConfiguration("files");
    await settings.update("readonlyInclude", { "**/locked.txt": true }, vscode.ConfigurationTarget.Global);
    try {
      await edits.service.run("refactor");
      assert.match(lastMessage(), /locked\.txt is read-only/);
      assert.equal(edits.requests.length, 0);
    } finally {
      await settings.update("readonlyInclude", undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it("row 61: is not a document that cannot be written", async () => {
    const provider = vscode.workspace.registerTextDocumentContentProvider("valar-test", {
      provideTextDocumentContent: () => "a\nb\n",
    });
    try {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse("valar-test:/view.txt"));
      const editor = await vscode.window.showTextDocument(document);
      editor.selection = new vscode.Selection(0, 0, 0, 1);
      await edits.service.run("refactor");
      assert.match(lastMessage(), /view\.txt is read-only/);
      assert.deepEqual(
        edits.messages.at(-1)?.actions.map(({ label }) => label),
        ["Copy to a New File"],
      );
      assert.equal(edits.requests.length, 0);
    } finally {
      provider.dispose();
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    }
  });
});

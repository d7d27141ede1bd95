import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import { until } from "../../support/realVscode/until.ts";
import { EditedFile } from "./editedFile.ts";
import { ScriptedEdits } from "./scriptedEdits.ts";

const content = "one\ntwo\nthree\nfour\nfive\n";

describe("an edit and what becomes of its document", () => {
  let edits: ScriptedEdits;
  let file: EditedFile;

  beforeEach(async () => {
    edits = new ScriptedEdits();
    file = await EditedFile.open(content, "code.txt");
    file.select(1, 2);
  });
  afterEach(async () => {
    edits.dispose();
    await file.close();
  });

  const lastMessage = (): string => edits.messages.at(-1)?.message ?? "";
  const unchanged = async (): Promise<void> => {
    assert.equal(file.text, content);
    assert.equal(file.document.isDirty, false);
    assert.deepEqual(await file.onDisk(), file.bytes);
  };
  const renamed = (): vscode.Uri => vscode.Uri.file(path.join(file.folder, "renamed.txt"));
  /** Renames the file as the explorer does, and gives the document under its new name. */
  const rename = async (): Promise<vscode.TextDocument> => {
    file.isWritten = true;
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(file.document.uri, renamed());
    await vscode.workspace.applyEdit(edit);
    const document = await vscode.workspace.openTextDocument(renamed());
    await vscode.window.showTextDocument(document);
    return document;
  };

  it("row 60: follows a rename", async () => {
    edits.gives("TWO\nthree");
    await edits.service.run("refactor");
    const document = await rename();
    await edits.service.accept();
    assert.deepEqual(edits.messages, []);
    assert.equal(document.getText(), content.replace("two", "TWO"));
  });

  it("row 60: follows a rename while the answer streams", async () => {
    const held = edits.holds("```\nTWO\n", "three\n```");
    const running = edits.service.run("refactor");
    await until("the request", () => edits.requests.length === 1);
    const document = await rename();
    assert.equal(held.isAborted(), false);
    held.goOn();
    await running;
    assert.equal(document.getText(), content);
    await edits.service.accept();
    assert.deepEqual(edits.messages, []);
    assert.equal(document.getText(), content.replace("two", "TWO"));
    await vscode.commands.executeCommand("undo");
    assert.equal(document.getText(), content);
  });

  it("row 60: follows a rename of a file that is not saved", async () => {
    await file.type(0, 0, "zero\n");
    file.select(2, 3);
    edits.gives("TWO\nthree");
    await edits.service.run("refactor");
    const document = await rename();
    assert.equal(document.isDirty, true);
    await edits.service.accept();
    assert.deepEqual(edits.messages, []);
    assert.equal(document.getText(), `zero\n${content.replace("two", "TWO")}`);
  });

  it("row 60: follows a rename while one's own typing keeps it from fitting", async () => {
    edits.gives("TWO\nthree");
    await edits.service.run("refactor");
    await file.type(1, 3, "!");
    const document = await rename();
    await edits.service.accept();
    assert.match(lastMessage(), /no longer fits/);
    const edit = new vscode.WorkspaceEdit();
    edit.delete(document.uri, new vscode.Range(1, 3, 1, 4));
    await vscode.workspace.applyEdit(edit);
    await edits.service.accept();
    assert.equal(document.getText(), content.replace("two", "TWO"));
  });

  it("row 60: ends when the file is closed", async () => {
    edits.gives("TWO\nthree");
    await edits.service.run("refactor");
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
    await until("the edit's end", () => /was closed/.test(lastMessage()));
    assert.deepEqual(await file.onDisk(), file.bytes);
  });

  const closeAndSettle = async (): Promise<void> => {
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await until("the edit's end", () => /was closed/.test(lastMessage()));
  };
  const shown = (): vscode.TextDocument | undefined => vscode.window.activeTextEditor?.document;

  for (const [way, bringBack] of [
    ["by the message's button", () => edits.press("Bring Back Edit")],
    ["by the command", () => edits.service.bringBack()],
  ] as const) {
    it(`is brought back after its file was closed, ${way}`, async () => {
      edits.gives("TWO\nthree");
      await edits.service.run("refactor");
      await closeAndSettle();
      await bringBack();
      assert.equal(shown()?.uri.toString(), file.document.uri.toString());
      await edits.service.accept();
      assert.equal(edits.messages.length, 1);
      assert.equal(shown()?.getText(), content.replace("two", "TWO"));
      assert.equal(edits.requests.length, 1);
      await vscode.commands.executeCommand("undo");
      assert.equal(shown()?.getText(), content);
    });
  }

  it("is asked for again when its file was closed before the answer was there", async () => {
    const held = edits.holds("```\nTWO\n", "three\n```");
    const running = edits.service.run("refactor");
    await until("the request", () => edits.requests.length === 1);
    await closeAndSettle();
    await running;
    assert.equal(held.isAborted(), true);
    edits.gives("2\nthree");
    await edits.press("Retry");
    await edits.service.accept();
    assert.equal(shown()?.getText(), content.replace("two", "2"));
  });

  /** Opens a file as a person does: a document opened by an extension is kept for minutes. */
  const openOther = async (): Promise<vscode.TextEditor> => {
    const uri = vscode.Uri.file(path.join(file.folder, "other.txt"));
    await writeFile(uri.fsPath, content);
    await vscode.commands.executeCommand("vscode.open", uri);
    return until("its editor", () => {
      const editor = vscode.window.activeTextEditor;
      return editor?.document.uri.path === uri.path ? editor : undefined;
    });
  };

  it("is brought back after its file was closed without saving, also when VS Code has let go of it", async () => {
    const editor = await openOther();
    await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), "zero\n"));
    editor.selection = new vscode.Selection(2, 0, 3, 5);
    edits.gives("TWO\nthree");
    await edits.service.run("refactor");
    await closeAndSettle();
    await until("VS Code to let go of the file", () => editor.document.isClosed);
    await edits.press("Bring Back Edit");
    await edits.service.accept();
    assert.equal(edits.messages.length, 1);
    assert.equal(shown()?.getText(), content.replace("two", "TWO"));
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  });

  it("is not brought back where its file is gone", async () => {
    const editor = await openOther();
    editor.selection = new vscode.Selection(1, 0, 2, 5);
    edits.gives("TWO\nthree");
    await edits.service.run("refactor");
    await closeAndSettle();
    await until("VS Code to let go of the file", () => editor.document.isClosed);
    await rm(editor.document.uri.fsPath);
    await edits.service.bringBack();
    assert.match(lastMessage(), /not there any more/);
    assert.match(edits.logged.join(), /could not be opened again: .*other\.txt/);
  });

  it("row 60: ends when the file is deleted", async () => {
    edits.gives("TWO\nthree");
    await edits.service.run("refactor");
    file.isWritten = true;
    const edit = new vscode.WorkspaceEdit();
    edit.deleteFile(file.document.uri);
    await vscode.workspace.applyEdit(edit);
    await until("the edit's end", () => /was (deleted|closed)/.test(lastMessage()));
  });

  it("row 60: ends when another program deletes the file", async () => {
    edits.gives("TWO\nthree");
    await edits.service.run("refactor");
    file.isWritten = true;
    await rm(file.file);
    await edits.service.accept();
    await until("the edit's end", () => /was (deleted|closed)/.test(lastMessage()));
    assert.equal(file.text, content);
  });

  it("row 60: ends when another program writes the file", async () => {
    edits.gives("TWO\nthree");
    await edits.service.run("refactor");
    const text = content.replace("one", "other");
    file.isWritten = true;
    await writeFile(file.file, text);
    await vscode.commands.executeCommand("workbench.action.files.revert");
    await until("the edit's end", () => /read anew/.test(lastMessage()));
    await edits.service.accept();
    assert.equal(file.text, text);
    assert.equal(file.document.isDirty, false);
  });

  it("row 60: ends when the file is opened in another encoding", async () => {
    edits.gives("TWO\nthree");
    await edits.service.run("refactor");
    await vscode.workspace.openTextDocument(file.document.uri, { encoding: "utf16le" });
    await until("the other encoding", () => file.document.encoding === "utf16le");
    await edits.service.accept();
    await until("the edit's end", () => /encoding|read anew/.test(lastMessage()));
    assert.equal(file.document.isDirty, false);
    assert.deepEqual(await file.onDisk(), file.bytes);
  });

  it("row 60: ends when the file is reverted", async () => {
    await file.type(0, 0, "typed ");
    file.select(1, 2);
    edits.gives("TWO\nthree");
    await edits.service.run("refactor");
    await vscode.commands.executeCommand("workbench.action.files.revert");
    await until("the edit's end", () => /read anew/.test(lastMessage()));
    await unchanged();
  });

  it("goes on when the person saves", async () => {
    edits.gives("TWO\nthree");
    await edits.service.run("refactor");
    await file.type(0, 0, "typed ");
    file.isWritten = true;
    await file.document.save();
    await edits.service.accept();
    assert.equal(file.text, `typed ${content.replace("two", "TWO")}`);
    assert.equal((await file.onDisk()).toString(), `typed ${content}`);
  });

  it("goes on when the language changes", async () => {
    edits.gives("TWO\nthree");
    await edits.service.run("refactor");
    await vscode.languages.setTextDocumentLanguage(file.document, "markdown");
    await edits.service.accept();
    assert.equal(file.text, content.replace("two", "TWO"));
  });

  it("tells files of one name in two folders apart", async () => {
    const other = await EditedFile.open(content, "code.txt");
    other.select(1, 2);
    edits.gives("2\n3");
    await edits.service.run("refactor");
    await vscode.window.showTextDocument(file.document);
    await edits.service.accept();
    assert.equal(file.text, content);
    assert.equal(other.text, content.replace("two\nthree", "2\n3"));
    await other.close();
  });
});

import assert from "node:assert/strict";
import { createSystemClock } from "../../../src/core/util/clock.ts";
import * as vscode from "vscode";
import { until } from "../../support/realVscode/until.ts";
import { EditedFile } from "./editedFile.ts";
import { ScriptedEdits } from "./scriptedEdits.ts";

const lines = ["let a = 1;", "function f() {", "  return a;", "}", "", "let b = 2;"];
const manyLines = Array.from({ length: 20_000 }, (_, i) => `let v${i} = ${i};`);

interface Kind {
  readonly name: string;
  readonly content: string | Buffer;
  readonly first: number;
  readonly last: number;
  readonly answer: string;
  /** The document's text after Accept, if not simply the answer in place. */
  readonly after: string;
}

const answer = "function f() {\n  // twice\n  return a * 2;\n}";
const after = (eol: string, end = eol): string =>
  ["let a = 1;", ...answer.split("\n"), "", "let b = 2;"].join(eol) + end;
const kinds: readonly Kind[] = [
  { name: "LF", content: `${lines.join("\n")}\n`, first: 1, last: 3, answer, after: after("\n") },
  { name: "CRLF", content: `${lines.join("\r\n")}\r\n`, first: 1, last: 3, answer, after: after("\r\n") },
  {
    name: "CRLF, answered with CRLF",
    content: `${lines.join("\r\n")}\r\n`,
    first: 1,
    last: 3,
    answer: answer.replaceAll("\n", "\r\n"),
    after: after("\r\n"),
  },
  { name: "no final newline", content: lines.join("\n"), first: 1, last: 3, answer, after: after("\n", "") },
  {
    name: "BOM",
    content: Buffer.from(`\uFEFF${lines.join("\n")}\n`),
    first: 1,
    last: 3,
    answer,
    after: after("\n"),
  },
  {
    name: "the last line, without a newline",
    content: "a\nb",
    first: 1,
    last: 1,
    answer: "c\nd",
    after: "a\nc\nd",
  },
  {
    name: "tabs, answered with spaces",
    content: "if (a) {\n\tf();\n\tif (b) {\n\t\tg();\n\t}\n}\n",
    first: 1,
    last: 4,
    answer: "f(1);\nif (b) {\n    g();\n}",
    after: "if (a) {\n\tf(1);\n\tif (b) {\n\t\tg();\n\t}\n}\n",
  },
  { name: "the whole file", content: "a\nb\nc\n", first: 0, last: 3, answer: "a\nB\nc", after: "a\nB\nc\n" },
  {
    name: "20,000 lines",
    content: `${manyLines.join("\n")}\n`,
    first: 10_000,
    last: 10_001,
    answer: "let v = 1;",
    after: `${[...manyLines.slice(0, 10_000), "let v = 1;", ...manyLines.slice(10_002)].join("\n")}\n`,
  },
];

describe("accepting and rejecting an edit", () => {
  let edits: ScriptedEdits;
  let file: EditedFile | undefined;

  beforeEach(() => {
    edits = new ScriptedEdits();
  });
  afterEach(async () => {
    edits.dispose();
    await file?.close();
    file = undefined;
  });

  for (const kind of kinds) {
    it(`applies on Accept alone, in one undo step, and never saves: ${kind.name}`, async () => {
      file = await EditedFile.open(kind.content);
      const original = file.text;
      file.select(kind.first, kind.last);
      edits.gives(kind.answer);
      await edits.service.run("refactor");
      assert.deepEqual(edits.messages, []);
      assert.equal(file.text, original);
      assert.equal(file.document.isDirty, false);

      await edits.service.accept();
      assert.equal(file.text, kind.after);
      assert.deepEqual(await file.onDisk(), file.bytes);

      await file.undo();
      assert.equal(file.text, original);
      assert.equal(file.document.isDirty, false);
    });

    it(`leaves the document as it was on Reject: ${kind.name}`, async () => {
      file = await EditedFile.open(kind.content);
      const { version } = file.document;
      const original = file.text;
      file.select(kind.first, kind.last);
      edits.gives(kind.answer);
      await edits.service.run("refactor");
      await edits.service.reject();
      await edits.service.accept();
      assert.equal(file.text, original);
      assert.equal(file.document.isDirty, false);
      assert.equal(file.document.version, version);
      assert.match(edits.messages.at(-1)?.message ?? "", /No edit is waiting/);
    });
  }

  it("brings a rejected edit back where its code is now, without asking the model again", async () => {
    file = await EditedFile.open("a\nb\n");
    file.select(1, 1);
    edits.gives("c");
    await edits.service.run("refactor");
    await edits.service.reject();
    await file.type(0, 0, "above\n");
    await edits.service.bringBack();
    assert.deepEqual(edits.messages, []);
    await edits.service.accept();
    assert.deepEqual(edits.messages, []);
    assert.equal(file.text, "above\na\nc\n");
    assert.equal(edits.requests.length, 1);
  });

  it("does not bring back what no longer fits, nor what another edit has taken the place of", async () => {
    file = await EditedFile.open("a\nb\n");
    file.select(1, 1);
    edits.gives("c");
    await edits.service.run("refactor");
    await edits.service.reject();
    await file.type(1, 0, "x");
    await edits.service.bringBack();
    assert.match(edits.messages.at(-1)?.message ?? "", /not there any more/);
    await file.undo();
    await edits.service.bringBack();
    await edits.service.reject();
    file.select(1, 1);
    await edits.service.run("refactor");
    await edits.service.accept();
    await edits.service.bringBack();
    assert.match(edits.messages.at(-1)?.message ?? "", /No edit is waiting/);
    assert.equal(edits.requests.length, 2);
  });

  it("keeps a BOM when the person saves", async () => {
    file = await EditedFile.open(Buffer.from("\uFEFFa\nb\n"));
    file.select(1, 1);
    edits.gives("c");
    await edits.service.run("refactor");
    await edits.service.accept();
    file.isWritten = true;
    await file.document.save();
    assert.equal((await file.onDisk()).toString(), "\uFEFFa\nc\n");
  });

  it("applies several changes as one", async () => {
    file = await EditedFile.open("a\nb\nc\nd\ne\nf\n");
    const original = file.text;
    file.select(0, 5);
    edits.gives("A\nb\nc\nnew\nd\nf");
    await edits.service.run("refactor");
    await edits.service.accept();
    assert.equal(file.text, "A\nb\nc\nnew\nd\nf\n");
    await file.undo();
    assert.equal(file.text, original);
  });

  it("works in a document that was never saved", async () => {
    const document = await vscode.workspace.openTextDocument({ content: "a\nb\n", language: "plaintext" });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(1, 0, 1, 1);
    edits.gives("c");
    await edits.service.run("refactor");
    await edits.service.accept();
    assert.equal(document.getText(), "a\nc\n");
    await vscode.commands.executeCommand("undo");
    assert.equal(document.getText(), "a\nb\n");
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  });

  it("works in a notebook cell", async () => {
    const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, "a = 1\nb = 2", "python");
    const data = new vscode.NotebookData([cell, new vscode.NotebookCellData(cell.kind, "c = 3", "python")]);
    const notebook = await vscode.workspace.openNotebookDocument("jupyter-notebook", data);
    const document = notebook.cellAt(0).document;
    await vscode.window.showNotebookDocument(notebook);
    const editor = await until("the cell's editor", () =>
      vscode.window.visibleTextEditors.find((shown) => shown.document === document),
    );
    editor.selection = new vscode.Selection(1, 0, 1, 5);
    edits.gives("b = 20");
    await edits.service.run("refactor", editor);
    await edits.service.accept();
    assert.deepEqual(edits.messages, []);
    assert.equal(document.getText(), "a = 1\nb = 20");
    assert.equal(notebook.cellAt(1).document.getText(), "c = 3");
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  });

  it("applies to a document that no editor shows any more", async () => {
    file = await EditedFile.open("a\nb\n");
    const other = await EditedFile.open("other\n", "other.js");
    await vscode.window.showTextDocument(file.document);
    file.editor = await vscode.window.showTextDocument(file.document);
    file.select(0, 0);
    edits.gives("A");
    await edits.service.run("refactor");
    await vscode.window.showTextDocument(other.document);
    await edits.service.accept();
    assert.equal(file.text, "A\nb\n");
    assert.equal(vscode.window.activeTextEditor?.document, other.document);
    await file.undo();
    assert.equal(file.text, "a\nb\n");
    await other.close();
  });

  it("row 61: says so when VS Code does not take the edit", async () => {
    file = await EditedFile.open("a\nb\n");
    file.select(0, 0);
    edits.gives("A");
    await edits.service.run("refactor");
    await vscode.commands.executeCommand("workbench.action.files.setActiveEditorReadonlyInSession");
    await edits.service.accept();
    assert.equal(file.text, "a\nb\n");
    assert.match(edits.messages.at(-1)?.message ?? "", /did not take the edit.*unchanged/s);
    await vscode.commands.executeCommand("workbench.action.files.resetActiveEditorReadonlyInSession");
  });

  it("draws a 20,000-line document's edit within a frame or two", async () => {
    file = await EditedFile.open(manyLines.join("\n"));
    file.select(5000, 5400);
    edits.gives(
      manyLines
        .slice(5000, 5401)
        .map((text) => text.replace("let", "const"))
        .join("\n"),
    );
    const clock = createSystemClock();
    const start = clock.now();
    await edits.service.run("refactor");
    // Generous: this says only that nothing is done anew for each piece of the answer.
    assert.ok(clock.now() - start < 5000);
    await edits.service.accept();
    assert.match(file.text, /^const v5400 = 5400;$/m);
  });
});

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";

/** A file of its own, open in an editor. */
export class EditedFile {
  readonly folder: string;
  readonly file: string;
  readonly bytes: Buffer;
  editor: vscode.TextEditor;
  /** Set by a test in which something does write the file. */
  isWritten = false;

  private constructor(folder: string, file: string, bytes: Buffer, editor: vscode.TextEditor) {
    this.folder = folder;
    this.file = file;
    this.bytes = bytes;
    this.editor = editor;
  }

  static async open(content: string | Buffer, name = "code.js"): Promise<EditedFile> {
    const folder = await mkdtemp(path.join(tmpdir(), "valar-edit-"));
    const file = path.join(folder, name);
    const bytes = Buffer.from(content);
    await writeFile(file, bytes);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
    const editor = await vscode.window.showTextDocument(document);
    return new EditedFile(folder, file, bytes, editor);
  }

  get document(): vscode.TextDocument {
    return this.editor.document;
  }

  get text(): string {
    return this.document.getText();
  }

  /** Selects whole lines, from 0, both included. */
  select(first: number, last: number): void {
    this.editor.selection = new vscode.Selection(
      new vscode.Position(first, 0),
      this.document.lineAt(last).range.end,
    );
  }

  /** Types as a person would: into the document, as an undo step of its own. */
  async type(line: number, character: number, text: string): Promise<void> {
    await this.editor.edit((builder) => builder.insert(new vscode.Position(line, character), text));
  }

  async undo(): Promise<void> {
    await vscode.window.showTextDocument(this.document);
    await vscode.commands.executeCommand("undo");
  }

  onDisk(): Promise<Buffer> {
    return readFile(this.file);
  }

  /** Fails when something has written the file, though the test did not say so. */
  async close(): Promise<void> {
    try {
      if (!this.isWritten)
        assert.deepEqual(await this.onDisk(), this.bytes, "nothing is saved for the person");
    } finally {
      await this.#remove();
    }
  }

  async #remove(): Promise<void> {
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await rm(this.folder, { recursive: true, force: true });
  }
}

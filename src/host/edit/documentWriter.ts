import * as vscode from "vscode";
import type { OffsetEdit } from "../../core/edit/minimalEdits.ts";

/**
 * The one place that changes a person's document: all edits at once, one step to undo, nothing saved or focused.
 * What VS Code says of it tells too little: it may report success for an editor that is read-only, and refuses when
 * the document changed meanwhile. `isWritten` tells.
 */
export async function writeEdits(document: vscode.TextDocument, edits: readonly OffsetEdit[]): Promise<void> {
  const replacements = edits.map(({ offset, length, text }) => ({
    range: new vscode.Range(document.positionAt(offset), document.positionAt(offset + length)),
    text,
  }));
  // An editor respects that it is read-only, a workspace edit may not; but a hidden document has no editor.
  const editor = vscode.window.visibleTextEditors.find((shown) => shown.document === document);
  if (editor !== undefined) {
    await editor.edit((builder) => {
      for (const { range, text } of replacements) builder.replace(range, text);
    });
  } else {
    const edit = new vscode.WorkspaceEdit();
    for (const { range, text } of replacements) edit.replace(document.uri, range, text);
    await vscode.workspace.applyEdit(edit);
  }
}

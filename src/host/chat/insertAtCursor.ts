import * as vscode from "vscode";
import { notify } from "../notify.ts";

/**
 * Puts code from the chat where the cursor is; says why when it cannot. `last` is the editor that the person last worked
 * in: a chat in a tab may hide it.
 */
export async function insertAtCursor(text: string, last: vscode.TextEditor | undefined): Promise<void> {
  const editor = last && (await shown(last));
  if (!editor) {
    await notify(
      "info",
      vscode.l10n.t("Open a file to insert the code into. The code is still in the chat."),
      [
        {
          label: vscode.l10n.t("New File"),
          run: () =>
            vscode.workspace
              .openTextDocument({ content: text })
              .then((document) => vscode.window.showTextDocument(document)),
        },
      ],
    );
    return;
  }
  const before = editor.document.version;
  const isInserted = await editor.edit((edit) => {
    for (const selection of editor.selections) {
      edit.replace(selection, text);
    }
  });
  // A read-only editor may say true and change nothing.
  if (!isInserted || (text !== "" && editor.document.version === before)) {
    await notify("warning", vscode.l10n.t("This file cannot be changed, so nothing was inserted."), [
      { label: vscode.l10n.t("Copy"), run: () => vscode.env.clipboard.writeText(text) },
    ]);
    return;
  }
  await vscode.window.showTextDocument(editor.document, editor.viewColumn);
}

async function shown(editor: vscode.TextEditor): Promise<vscode.TextEditor> {
  return vscode.window.visibleTextEditors.includes(editor)
    ? editor
    : vscode.window.showTextDocument(editor.document, { selection: editor.selection });
}

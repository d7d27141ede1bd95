import * as vscode from "vscode";

export function isCell({ uri }: vscode.TextDocument): boolean {
  return uri.scheme === "vscode-notebook-cell";
}

/** The notebook that a document is a cell of. */
export function notebookOf(document: vscode.TextDocument): vscode.NotebookDocument | undefined {
  if (!isCell(document)) return undefined;
  return vscode.workspace.notebookDocuments.find((notebook) => cellsOf(notebook).includes(document));
}

export function cellsOf(notebook: vscode.NotebookDocument): readonly vscode.TextDocument[] {
  return notebook.getCells().map(({ document }) => document);
}

/** Opens the file of a closed document again. `notebook`: the one it was a cell of. Throws when it cannot be opened. */
export async function openAgain(
  document: vscode.TextDocument,
  notebook: vscode.NotebookDocument | undefined,
): Promise<vscode.TextDocument | undefined> {
  if (notebook === undefined) return vscode.workspace.openTextDocument(document.uri);
  const opened = await vscode.workspace.openNotebookDocument(notebook.uri);
  return cellsOf(opened)[cellsOf(notebook).indexOf(document)];
}

/** Shows a document in a tab that stays. A cell shown by its own address would be taken for a notebook. */
export async function show(document: vscode.TextDocument): Promise<void> {
  const notebook = notebookOf(document);
  if (notebook === undefined) {
    await vscode.window.showTextDocument(document, { preview: false });
    return;
  }
  const cell = cellsOf(notebook).indexOf(document);
  const selections = [new vscode.NotebookRange(cell, cell + 1)];
  await vscode.window.showNotebookDocument(notebook, { preview: false, selections });
}

/** The file a document is of: for a cell, that of its notebook. */
export function fileOf(document: vscode.TextDocument): vscode.Uri {
  return notebookOf(document)?.uri ?? document.uri;
}

/** Whether it holds what is not on disk. A cell never says so of itself. */
export function isUnsaved(document: vscode.TextDocument): boolean {
  const { isDirty, isUntitled } = notebookOf(document) ?? document;
  return isDirty || isUntitled;
}

/** Whether a file is `folder`, or in it. */
export function isInside(file: vscode.Uri, folder: vscode.Uri): boolean {
  if (file.toString() === folder.toString()) return true;
  return (
    file.scheme === folder.scheme &&
    file.authority === folder.authority &&
    file.path.startsWith(`${folder.path}/`)
  );
}

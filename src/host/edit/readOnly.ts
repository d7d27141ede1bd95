import * as vscode from "vscode";

/** Whether VS Code would not let a person change this document, as far as an extension can tell beforehand. */
export async function isReadOnly(document: vscode.TextDocument): Promise<boolean> {
  const { uri } = document;
  const home = uri.scheme === "vscode-notebook-cell" ? notebookUri(document) : uri;
  if (home.scheme === "untitled") return false;
  if (vscode.workspace.fs.isWritableFileSystem(home.scheme) !== true) return true;
  if (matches("readonlyInclude", document) && !matches("readonlyExclude", document)) return true;
  return isReadOnlyFile(home);
}

function notebookUri(document: vscode.TextDocument): vscode.Uri {
  const owner = vscode.workspace.notebookDocuments.find((notebook) =>
    notebook.getCells().some((cell) => cell.document === document),
  );
  return owner?.uri ?? document.uri;
}

/** `files.readonlyInclude` and `files.readonlyExclude`: globs, relative to the workspace folder. */
function matches(setting: "readonlyInclude" | "readonlyExclude", document: vscode.TextDocument): boolean {
  const globs = vscode.workspace
    .getConfiguration("files", document.uri)
    .get<Readonly<Record<string, boolean>>>(setting, {});
  const folder = vscode.workspace.getWorkspaceFolder(document.uri);
  return Object.entries(globs).some(
    ([glob, on]) =>
      on &&
      (vscode.languages.match({ pattern: glob }, document) > 0 ||
        (folder !== undefined &&
          vscode.languages.match({ pattern: new vscode.RelativePattern(folder, glob) }, document) > 0)),
  );
}

async function isReadOnlyFile(uri: vscode.Uri): Promise<boolean> {
  try {
    const { permissions } = await vscode.workspace.fs.stat(uri);
    return permissions !== undefined && (permissions & vscode.FilePermission.Readonly) !== 0;
  } catch (error) {
    // A new file that is not on disk yet, or a file system that cannot tell: the check after writing remains.
    if (error instanceof vscode.FileSystemError) return false;
    throw error;
  }
}

import * as vscode from "vscode";

/** Whether the file is no longer there, whoever deleted it: VS Code tells only of its own deletions. */
export async function isDeleted(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return false;
  } catch (error) {
    // Schemes without files, such as a notebook's cells, give other codes.
    if (error instanceof vscode.FileSystemError) return error.code === "FileNotFound";
    throw error;
  }
}

import * as vscode from "vscode";
import { openDocument } from "./readText.ts";

/** Why a file is not simply one of the workspace. */
export type PlaceConcern = "outside" | "link";

/** Whether this is text that can be read: a file of any file system, a new document, or a notebook's cell. */
export function isReadable({ scheme }: vscode.Uri): boolean {
  return (
    scheme === "untitled" ||
    scheme === "vscode-notebook-cell" ||
    vscode.workspace.fs.isWritableFileSystem(scheme) !== undefined
  );
}

/** The notebook of a cell; every other file is its own. */
export function fileOf(uri: vscode.Uri): vscode.Uri {
  if (uri.scheme !== "vscode-notebook-cell") return uri;
  const text = uri.toString();
  const notebook = vscode.workspace.notebookDocuments.find((candidate) =>
    candidate.getCells().some(({ document }) => document.uri.toString() === text),
  );
  return notebook?.uri ?? uri;
}

/** Undefined for a file inside the workspace, reached without links: those could lead out of it. */
export async function placeConcern(uri: vscode.Uri): Promise<PlaceConcern | undefined> {
  const file = fileOf(uri);
  if (file.scheme === "untitled") return undefined;
  const folder = vscode.workspace.getWorkspaceFolder(file);
  if (folder === undefined) {
    // Without a workspace, what the person has opened is what they work on.
    const hasFolders = (vscode.workspace.workspaceFolders ?? []).length > 0;
    return !hasFolders && openDocument(file) !== undefined ? undefined : "outside";
  }
  return (await isBehindLink(folder.uri, file)) ? "link" : undefined;
}

/**
 * Whether a part of the way from a folder to what is in it is a link. What does not exist is behind none. `known` keeps
 * what was found out, for many files of one folder.
 */
export async function isBehindLink(
  folder: vscode.Uri,
  file: vscode.Uri,
  known = new Map<string, boolean>(),
): Promise<boolean> {
  const parts = file.path.slice(folder.path.length).split("/").filter(Boolean);
  let uri = folder;
  for (const part of parts) {
    uri = vscode.Uri.joinPath(uri, part);
    const isHere = known.get(uri.path) ?? (await isLink(uri));
    known.set(uri.path, isHere);
    if (isHere) return true;
  }
  return false;
}

async function isLink(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.SymbolicLink) !== 0;
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return false;
    throw error;
  }
}

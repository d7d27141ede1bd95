import * as vscode from "vscode";
import { numberText } from "./cutNote.ts";
import { UserError } from "../userError.ts";

/** Files above this are not read at all. */
const maxReadBytes = 16 * 1024 * 1024;

export interface ReadText {
  readonly text: string;
  readonly languageId: string;
}

/** The text of an open document with what is not saved yet, or of the file. Throws `UserError`. */
export async function readText(uri: vscode.Uri, maxBytes = maxReadBytes): Promise<ReadText> {
  const open = openDocument(uri);
  if (open !== undefined) return { text: open.getText(), languageId: open.languageId };
  const bytes = await readBytes(uri, maxBytes);
  try {
    // VS Code's own choice of encoding. It throws for what is not text.
    return { text: await vscode.workspace.decode(bytes, { uri }), languageId: extensionOf(uri.path) };
  } catch {
    throw new UserError(
      vscode.l10n.t("{0} is not a text file.", vscode.workspace.asRelativePath(uri)),
      vscode.l10n.t("Text files and PNG, JPEG, WebP or GIF images can be attached."),
    );
  }
}

export function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  const text = uri.toString();
  return vscode.workspace.textDocuments.find(
    (document) => !document.isClosed && document.uri.toString() === text,
  );
}

/** Throws `UserError` when there is no such file or it is too large. */
export async function readBytes(uri: vscode.Uri, maxBytes: number): Promise<Uint8Array> {
  const name = vscode.workspace.asRelativePath(uri);
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > maxBytes) {
      throw new UserError(
        vscode.l10n.t("{0} is larger than {1} MB.", name, numberText(maxBytes / (1024 * 1024))),
        vscode.l10n.t("Open it, select the part that matters and attach the selection."),
      );
    }
    return await vscode.workspace.fs.readFile(uri);
  } catch (error) {
    if (!(error instanceof vscode.FileSystemError)) throw error;
    throw new UserError(
      error.code === "FileNotFound"
        ? vscode.l10n.t("{0} is not there any more.", name)
        : vscode.l10n.t("{0} could not be read.", name),
      error.code === "NoPermissions" ? vscode.l10n.t("You have no permission to read it.") : "",
    );
  }
}

/** What a fence of code is labelled with: models know file extensions as languages. */
export function extensionOf(path: string): string {
  return /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? "";
}

import * as vscode from "vscode";
import { UserError } from "../userError.ts";

/** Addresses as a drop or a paste brings them. Throws `UserError` for what is no file. */
export function droppedUri(text: string): vscode.Uri {
  const uri = parse(text.trim());
  if (uri === undefined || vscode.workspace.fs.isWritableFileSystem(uri.scheme) === undefined) {
    throw new UserError(
      vscode.l10n.t("This is not a file that can be attached."),
      vscode.l10n.t("Drop files or folders from VS Code’s explorer or its editor tabs."),
    );
  }
  return uri;
}

/** On a remote machine the window calls `vscode-remote:` what is a plain file here. */
function parse(text: string): vscode.Uri | undefined {
  if (!/^[a-z][a-z\d+.-]*:/i.test(text)) return undefined;
  const uri = vscode.Uri.parse(text);
  const isHere = (vscode.workspace.workspaceFolders ?? []).some(({ uri: { scheme } }) => scheme === "file");
  return uri.scheme === "vscode-remote" && isHere ? uri.with({ scheme: "file", authority: "" }) : uri;
}

import * as vscode from "vscode";
import type { ContextItem } from "../../core/chat/conversation.ts";
import { assertNever } from "../../core/util/assertNever.ts";
import { UserError } from "../userError.ts";
import { isReadable } from "./places.ts";

/** Shows what an item was taken from. Throws `UserError` when it is gone. */
export async function openContext(item: ContextItem): Promise<void> {
  switch (item.kind) {
    case "selection":
    case "file":
    case "symbol":
    case "rules":
      return openFile(item.uri, item.path, item.startLine, item.endLine);
    case "folder":
      return openFolder(item.uri, item.path);
    case "problems":
      await vscode.commands.executeCommand("workbench.actions.view.problems");
      return undefined;
    case "changes":
      await vscode.commands.executeCommand("workbench.view.scm");
      return undefined;
    case "terminal":
      await vscode.commands.executeCommand("workbench.action.terminal.focus");
      return undefined;
    case "image":
      throw new UserError(vscode.l10n.t("{0} went along as an image. There is no file to open.", item.name));
    default:
      return assertNever(item);
  }
}

async function openFile(
  uri: string | undefined,
  path: string,
  startLine: number | undefined,
  endLine: number | undefined,
): Promise<void> {
  const document = await documentOf(uri, path);
  const editor = await vscode.window.showTextDocument(document);
  if (startLine === undefined) return;
  const lines = new vscode.Range(startLine - 1, 0, (endLine ?? startLine) - 1, Number.MAX_SAFE_INTEGER);
  const range = document.validateRange(lines);
  editor.selection = new vscode.Selection(range.start, range.end);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

async function documentOf(uri: string | undefined, path: string): Promise<vscode.TextDocument> {
  const place = readable(uri, path);
  try {
    return await vscode.workspace.openTextDocument(place);
  } catch (error) {
    throw gone(path, error);
  }
}

async function openFolder(uri: string | undefined, path: string): Promise<void> {
  const place = readable(uri, path);
  try {
    await vscode.workspace.fs.stat(place);
  } catch (error) {
    throw gone(path, error);
  }
  await vscode.commands.executeCommand("revealInExplorer", place);
}

/** A stored address may come from anywhere: it must be that of a file. */
function readable(text: string | undefined, path: string): vscode.Uri {
  const uri = text === undefined ? undefined : vscode.Uri.parse(text);
  if (uri === undefined || !isReadable(uri)) throw gone(path);
  return uri;
}

function gone(path: string, cause?: unknown): UserError {
  const error = new UserError(
    vscode.l10n.t("{0} is not there any more.", path),
    vscode.l10n.t("The message keeps what it was given."),
  );
  error.cause = cause;
  return error;
}

import type * as vscode from "vscode";
import { start } from "./extension.ts";
import { NodeHistoryFiles } from "./host/node/nodeHistoryFiles.ts";

export { deactivate } from "./extension.ts";

export function activate(context: vscode.ExtensionContext): void {
  start(context, (folder) => new NodeHistoryFiles(folder.fsPath));
}

import type * as vscode from "vscode";
import { NodeHistoryFiles } from "./host/node/nodeHistoryFiles.ts";
import { Services } from "./host/services.ts";

let services: Services | undefined;

export function activate(context: vscode.ExtensionContext): void {
  services = new Services(context, (folder) => new NodeHistoryFiles(folder.fsPath));
}

export async function deactivate(): Promise<void> {
  const ending = services;
  services = undefined;
  await ending?.close();
  ending?.dispose();
}

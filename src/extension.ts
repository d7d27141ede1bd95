import type * as vscode from "vscode";
import { type OpenHistoryFiles, Services } from "./host/services.ts";
import { openWebHistoryFiles } from "./host/web/openWebHistoryFiles.ts";

let services: Services | undefined;

/** The entry of a web extension host; what runs on Node starts by `extension.node.ts`. */
export function activate(context: vscode.ExtensionContext): void {
  start(context, openWebHistoryFiles);
}

export function start(context: vscode.ExtensionContext, openFiles: OpenHistoryFiles): void {
  services = new Services(context, openFiles);
}

export async function deactivate(): Promise<void> {
  const ending = services;
  services = undefined;
  await ending?.close();
  ending?.dispose();
}

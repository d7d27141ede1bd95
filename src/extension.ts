import type * as vscode from "vscode";
import { type OpenHistoryFiles, Services } from "./host/services.ts";

let services: Services | undefined;

/** Begins everything; `extension.node.ts` and `extension.web.ts` call it with what differs between the two. */
export function start(context: vscode.ExtensionContext, openFiles: OpenHistoryFiles): void {
  services = new Services(context, openFiles);
}

export async function deactivate(): Promise<void> {
  const ending = services;
  services = undefined;
  await ending?.close();
  ending?.dispose();
}

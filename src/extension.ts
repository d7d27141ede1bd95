import type * as vscode from "vscode";
import { Services } from "./host/services.ts";

let services: Services | undefined;

export function activate(context: vscode.ExtensionContext): void {
  services = new Services(context);
}

export async function deactivate(): Promise<void> {
  const ending = services;
  services = undefined;
  await ending?.flush();
  ending?.dispose();
}

import * as vscode from "vscode";
import type * as extension from "./extension.ts";
import { openWebHistoryFiles } from "./host/web/openWebHistoryFiles.ts";
import { readScripts, runScripts } from "./host/web/scripts.ts";

type Extension = Pick<typeof extension, "start" | "deactivate">;

let running: Extension | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const folder = vscode.Uri.joinPath(context.extensionUri, "dist/host");
  const entry = "extension.cjs";
  const scripts = await readScripts(entry, async (name) => {
    const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, name));
    return new TextDecoder().decode(bytes);
  });
  running = asExtension(runScripts(entry, scripts, { vscode }));
  running.start(context, openWebHistoryFiles);
}

export async function deactivate(): Promise<void> {
  await running?.deactivate();
  running = undefined;
}

function asExtension(exports: unknown): Extension {
  if (!isExtension(exports)) {
    throw new TypeError("The extension's scripts are not those that belong together.");
  }
  return exports;
}

function isExtension(exports: unknown): exports is Extension {
  return typeof exports === "object" && exports !== null && "start" in exports && "deactivate" in exports;
}

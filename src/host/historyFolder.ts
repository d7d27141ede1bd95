import type * as vscode from "vscode";

/** The folder that holds a workspace's conversations; without a workspace, those of all windows. */
export function historyFolder({
  storageUri,
  globalStorageUri,
}: Pick<vscode.ExtensionContext, "storageUri" | "globalStorageUri">): vscode.Uri {
  const own = storageUri ?? globalStorageUri;
  return own.with({ path: `${sharedStorage(own.path)}/conversations` });
}

/**
 * On a remote machine VS Code gives a second window on the same folder, and often the next one after a crash, a
 * storage of its own: `…/<workspace>-1/<extension>` (source: its `extHostStoragePaths.ts`). A history that is kept for
 * several windows at once must not come and go with that.
 */
export function sharedStorage(path: string): string {
  return path.replace(/(\/workspaceStorage\/[^/]+?)-[1-9](\/[^/]+\/?)$/, "$1$2").replace(/\/$/, "");
}

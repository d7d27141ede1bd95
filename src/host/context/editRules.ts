import * as vscode from "vscode";
import type { Rules } from "../../core/edit/rules.ts";
import type { Git } from "../git.ts";
import type { Log } from "../log.ts";
import type { ContextSettings } from "../settings.ts";
import { rulesItem, rulesUris } from "./ambientItem.ts";
import { fileOf } from "./places.ts";

export interface EditRulesDeps {
  readonly settings: () => Pick<ContextSettings, "rules" | "maxFileKilobytes">;
  readonly git: Pick<Git, "isIgnored">;
  readonly isTrusted: () => boolean;
  readonly log: Pick<Log, "error">;
}

/**
 * The rules for code at `uri`: those of its own workspace folder. Nobody is asked during an edit, so what would need
 * a question is left out.
 */
export async function editRules(
  uri: vscode.Uri,
  { settings, git, isTrusted, log }: EditRulesDeps,
  signal: AbortSignal,
): Promise<readonly Rules[]> {
  const { rules, maxFileKilobytes } = settings();
  const folder = folderOf(fileOf(uri));
  if (!rules || !isTrusted() || folder === undefined) return [];
  const found: Rules[] = [];
  for (const file of rulesUris([folder])) {
    try {
      const rulesOf = await rulesItem(file, maxFileKilobytes * 1024, git, signal);
      if (rulesOf?.isUsual === true) found.push({ path: rulesOf.item.path, text: rulesOf.item.text });
    } catch (error) {
      // Without them the edit is still what was asked for.
      log.error("Rules of the workspace could not be read for an edit", error);
    }
  }
  return found;
}

function folderOf(uri: vscode.Uri): vscode.WorkspaceFolder | undefined {
  const own = vscode.workspace.getWorkspaceFolder(uri);
  if (own !== undefined || uri.scheme !== "untitled") return own;
  // A new file is of the folder it is to be saved in, else of the only one.
  const folders = vscode.workspace.workspaceFolders ?? [];
  const named = folders.find((folder) => uri.path.startsWith(`${folder.uri.path}/`));
  return named ?? (folders.length === 1 ? folders[0] : undefined);
}

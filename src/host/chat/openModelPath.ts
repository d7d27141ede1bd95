import * as vscode from "vscode";
import { UserError } from "../userError.ts";

const longestPath = 1000;
/** More candidates than a person would look through. */
const mostCandidates = 50;

/**
 * Opens a file that a model named, on the person's click, at a line from 1. Only files inside the workspace are
 * opened; a part of a path is looked for, and the person picks when it could be several. Throws `UserError`.
 */
export async function openModelPath(path: string, line: number | undefined): Promise<void> {
  const uri = await findFile(path);
  if (uri) {
    const position = new vscode.Position(Math.max((line ?? 1) - 1, 0), 0);
    const options = line === undefined ? {} : { selection: new vscode.Range(position, position) };
    await vscode.commands.executeCommand("vscode.open", uri, options);
  }
}

async function findFile(path: string): Promise<vscode.Uri | undefined> {
  const segments = path.replaceAll("\\", "/").split("/");
  const isPlain = path.length <= longestPath && !/\p{Cc}/u.test(path) && !segments.includes("..");
  const named = isPlain ? segments.filter((segment) => segment !== "" && segment !== ".") : [];
  if (named.length === 0) {
    throw notFound(path);
  }
  const exact = await existing(candidates(path, named));
  const found = exact.length > 0 ? exact : await search(named);
  if (found.length === 0) {
    throw notFound(path);
  }
  return found.length === 1 ? found[0] : pick(found);
}

/** Where the path may stand as it is written: in each folder of the workspace, from its root or with its name. */
function candidates(path: string, named: readonly string[]): readonly vscode.Uri[] {
  return (vscode.workspace.workspaceFolders ?? []).flatMap((folder) => {
    if (path.startsWith("/")) {
      const uri = folder.uri.with({ path: `/${named.join("/")}` });
      return uri.path.startsWith(`${folder.uri.path}/`) ? [uri] : [];
    }
    const rest = named[0] === folder.name ? [vscode.Uri.joinPath(folder.uri, ...named.slice(1))] : [];
    return [vscode.Uri.joinPath(folder.uri, ...named), ...rest];
  });
}

async function existing(uris: readonly vscode.Uri[]): Promise<readonly vscode.Uri[]> {
  const found = await Promise.all(uris.map(async (uri) => ((await isFile(uri)) ? [uri] : [])));
  return found.flat();
}

async function isFile(uri: vscode.Uri): Promise<boolean> {
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    return (type & vscode.FileType.File) !== 0;
  } catch (error) {
    if (error instanceof vscode.FileSystemError) {
      return false;
    }
    throw error;
  }
}

async function search(named: readonly string[]): Promise<readonly vscode.Uri[]> {
  // What a glob would read as a pattern is put into brackets.
  const pattern = named.join("/").replaceAll(/[*?{}[]/g, "[$&]");
  return vscode.workspace.findFiles(`**/${pattern}`, undefined, mostCandidates);
}

async function pick(uris: readonly vscode.Uri[]): Promise<vscode.Uri | undefined> {
  const items = uris.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }));
  items.sort((a, b) => a.label.localeCompare(b.label));
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t("Which file?") });
  return chosen?.uri;
}

function notFound(path: string): UserError {
  const shown = path.replaceAll(/\p{Cc}/gu, "").slice(0, 200);
  return new UserError(vscode.l10n.t("There is no file {0} in this workspace.", shown));
}

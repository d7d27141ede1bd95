import * as vscode from "vscode";
import { fileType } from "../fileType.ts";

/** The file that a chat means by a path. */
export type CodeFile =
  | { readonly type: "found"; readonly uri: vscode.Uri }
  /** Inside the workspace, and not there yet. */
  | { readonly type: "new"; readonly uri: vscode.Uri }
  /** Not inside a folder of the workspace, or through a link that may lead out of it. */
  | { readonly type: "outside" }
  /** The person was asked and left. */
  | { readonly type: "cancelled" };

/** Finds the file of a path that a model wrote: inside the workspace, never through a link, asked for when unclear. */
export async function findCodeFile(path: string): Promise<CodeFile> {
  const candidates = candidatesOf(path);
  if (candidates.length === 0) return { type: "outside" };
  const found: vscode.Uri[] = [];
  for (const { uri, folder } of candidates) {
    const kind = await fileKind(uri, folder);
    if (kind === "link") return { type: "outside" };
    if (kind === "file") found.push(uri);
  }
  const known = found.length > 0 ? found : await endingWith(path);
  if (known.length > 1) return pickFile(known);
  const [only] = known;
  if (only !== undefined) return { type: "found", uri: only };
  const [first] = candidates;
  return first === undefined ? { type: "outside" } : { type: "new", uri: first.uri };
}

interface Candidate {
  readonly uri: vscode.Uri;
  readonly folder: vscode.WorkspaceFolder;
}

/** Where the path may lie: in each folder of the workspace, with or without the folder's own name in front. */
function candidatesOf(path: string): Candidate[] {
  const parts = path.replaceAll("\\", "/").split("/");
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (parts.includes("..") || parts.some((part) => part.includes("\0"))) return [];
  const absolute = folders.filter(({ uri }) => parts.join("/").startsWith(`${uri.path}/`));
  const named = folders.length > 1 ? folders.filter(({ name }) => name === parts[0]) : [];
  const relative = (folder: vscode.WorkspaceFolder, rest: readonly string[]): Candidate[] => {
    const names = rest.filter((part) => part !== "" && part !== ".");
    const isInside = names.length > 0 && names[0] !== ".git";
    return isInside ? [{ folder, uri: vscode.Uri.joinPath(folder.uri, ...names) }] : [];
  };
  if (/^(?:\/|[a-z]:)/i.test(path)) {
    return absolute.flatMap((folder) => relative(folder, parts.slice(folder.uri.path.split("/").length)));
  }
  const own = folders.flatMap((folder) => relative(folder, parts));
  return named.length > 0 ? named.flatMap((folder) => relative(folder, parts.slice(1))) : own;
}

/** What a path leads to, looked at step by step: a link anywhere below the folder may lead out of it. */
async function fileKind(uri: vscode.Uri, folder: vscode.WorkspaceFolder): Promise<"file" | "none" | "link"> {
  const names = uri.path.slice(folder.uri.path.length).split("/").filter(Boolean);
  for (const at of names.keys()) {
    const step = vscode.Uri.joinPath(folder.uri, ...names.slice(0, at + 1));
    const type = await fileType(step);
    if (type === undefined) return "none";
    if ((type & vscode.FileType.SymbolicLink) !== 0) return "link";
    if (at === names.length - 1) return type === vscode.FileType.File ? "file" : "none";
  }
  return "none";
}

/** Models often leave the first folders of a path out. */
async function endingWith(path: string): Promise<vscode.Uri[]> {
  const tail = path.replaceAll("\\", "/").replace(/^(?:\.?\/)+/, "");
  if (/[*?[\]{}]/.test(tail)) return [];
  const found = await vscode.workspace.findFiles(`**/${tail}`, "**/node_modules/**", 20);
  const inside: vscode.Uri[] = [];
  for (const uri of found) {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    if (folder !== undefined && (await fileKind(uri, folder)) === "file") inside.push(uri);
  }
  return inside;
}

/** Asks which file is meant. */
async function pickFile(uris: readonly vscode.Uri[]): Promise<CodeFile> {
  const items = uris.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Apply to File"),
    placeHolder: vscode.l10n.t("Which file should the code go into?"),
  });
  return picked === undefined ? { type: "cancelled" } : { type: "found", uri: picked.uri };
}

/** Asks for a file: those open first, then the workspace's. */
export async function askForFile(): Promise<CodeFile> {
  const open = vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri] : []));
  const files = await vscode.workspace.findFiles("**/*", "**/node_modules/**", 500);
  const uris = new Map([...open, ...files].map((uri) => [uri.toString(), uri]));
  return pickFile([...uris.values()]);
}

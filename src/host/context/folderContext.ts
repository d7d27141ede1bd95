import * as vscode from "vscode";
import type { TextContext } from "../../core/chat/conversation.ts";
import { folderTree } from "../../core/context/folderTree.ts";
import { isSecretPath, secretSign } from "../../core/context/secrets.ts";
import { abortable, throwIfAborted } from "../../core/util/abort.ts";
import { toCancellationToken } from "../cancellation.ts";
import type { Git } from "../git.ts";
import { UserError } from "../userError.ts";
import { numberText } from "./cutNote.ts";
import { isBehindLink } from "./places.ts";
import { readText } from "./readText.ts";
import { searchExcludes } from "./workspaceFiles.ts";

/** More files than these are not even listed. */
const maxListed = 500;
/** Larger files are listed alone. */
const maxFileBytes = 32 * 1024;

/**
 * A folder as a tree of its files, with the text of small ones, those at the top first, within `maxBytes`. What git
 * ignores, may be secret or is behind a link is left out, and so is said. Throws `UserError`.
 */
export async function folderContext(
  folder: vscode.Uri,
  maxBytes: number,
  git: Git,
  signal: AbortSignal,
): Promise<TextContext> {
  const found = await filesIn(folder, signal);
  const files = await openFiles(folder, found, git, signal);
  const name = nameOf(folder);
  if (files.length === 0) {
    throw new UserError(vscode.l10n.t("{0} holds no files that can be attached.", name));
  }
  const tree = folderTree(files.map(({ path }) => path));
  const { texts, count } = await textsWithin(files, maxBytes - tree.length, signal);
  const notes = [
    ...(found.length === maxListed
      ? [vscode.l10n.t("first {0} files of the folder", numberText(maxListed))]
      : []),
    ...(count < files.length
      ? [vscode.l10n.t("text of {0} of {1} files", numberText(count), numberText(files.length))]
      : []),
    ...(files.length < found.length
      ? [
          vscode.l10n.t(
            "without {0} that Git ignores, may be secret or are behind links",
            numberText(found.length - files.length),
          ),
        ]
      : []),
  ];
  return {
    kind: "folder",
    id: crypto.randomUUID(),
    uri: folder.toString(),
    path: `${name}/`,
    languageId: "",
    text: `${tree}${texts}`,
    ...(notes.length === 0 ? {} : { cut: notes.join("; ") }),
  };
}

/** A folder of the workspace by its name, one within it by its path. */
function nameOf(folder: vscode.Uri): string {
  const root = vscode.workspace.getWorkspaceFolder(folder);
  return root?.uri.path === folder.path ? root.name : vscode.workspace.asRelativePath(folder);
}

interface FolderFile {
  readonly uri: vscode.Uri;
  /** Relative to the folder. */
  readonly path: string;
}

/** Those that nothing speaks against. Git cannot be asked about what is behind a link. */
async function openFiles(
  folder: vscode.Uri,
  found: readonly vscode.Uri[],
  git: Git,
  signal: AbortSignal,
): Promise<readonly FolderFile[]> {
  const start = folder.path.replace(/\/$/, "").length + 1;
  const known = new Map<string, boolean>();
  const own: FolderFile[] = [];
  for (const uri of found) {
    throwIfAborted(signal);
    const path = uri.path.slice(start);
    if (!isSecretPath(path) && !(await isBehindLink(folder, uri, known))) own.push({ uri, path });
  }
  const ignored = await git.ignored(
    own.map(({ uri }) => uri),
    signal,
  );
  return own.filter(({ uri }) => !ignored.has(uri));
}

/** Those at the top first. */
async function filesIn(folder: vscode.Uri, signal: AbortSignal): Promise<readonly vscode.Uri[]> {
  const { token, dispose } = toCancellationToken(signal);
  try {
    const pattern = new vscode.RelativePattern(folder, "**/*");
    const search = vscode.workspace.findFiles(pattern, searchExcludes(), maxListed, token);
    const depth = ({ path }: vscode.Uri): number => path.split("/").length;
    return (await abortable(Promise.resolve(search), signal)).toSorted(
      (a, b) => depth(a) - depth(b) || (a.path < b.path ? -1 : 1),
    );
  } finally {
    dispose();
  }
}

/** The texts, each under its path, as many as fit. What is no text, too long or looks secret is passed over. */
async function textsWithin(
  files: readonly FolderFile[],
  maxBytes: number,
  signal: AbortSignal,
): Promise<{ readonly texts: string; readonly count: number }> {
  const encoder = new TextEncoder();
  let texts = "";
  let count = 0;
  let left = maxBytes;
  for (const { uri, path } of files) {
    throwIfAborted(signal);
    if (left <= path.length) break;
    const text = await smallText(uri);
    if (text === undefined) continue;
    const part = `\n==> ${path} <==\n${text}${text.endsWith("\n") ? "" : "\n"}`;
    const bytes = encoder.encode(part).length;
    if (bytes > left) continue;
    texts += part;
    count += 1;
    left -= bytes;
  }
  return { texts, count };
}

async function smallText(uri: vscode.Uri): Promise<string | undefined> {
  try {
    const { text } = await readText(uri, maxFileBytes);
    return text.length <= maxFileBytes && secretSign(text) === undefined ? text : undefined;
  } catch (error) {
    // Told by the count of files whose text is there.
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

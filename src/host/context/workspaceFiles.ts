import * as vscode from "vscode";
import { abortable } from "../../core/util/abort.ts";
import type { Clock } from "../../core/util/clock.ts";

/** More than these are not listed. */
const maxFiles = 20_000;
/** While typing, the same list will do. */
const keptMs = 15_000;

export interface WorkspaceFile {
  readonly uri: vscode.Uri;
  /** As VS Code shows it: relative to its folder, with the folder's name when there are several. */
  readonly path: string;
}

interface Listing {
  readonly at: number;
  readonly files: Promise<readonly WorkspaceFile[]>;
}

/** The workspace's files without those the person excludes from search, listed when asked and kept for a short time. */
export class WorkspaceFiles implements vscode.Disposable {
  readonly #clock: Clock;
  readonly #ending = new vscode.CancellationTokenSource();
  #listing: Listing | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A cancelled search does not end the listing: the next key's search waits for the same one. */
  list(signal: AbortSignal): Promise<readonly WorkspaceFile[]> {
    const now = this.#clock.now();
    if (this.#listing === undefined || now - this.#listing.at > keptMs) {
      const listing = { at: now, files: findAll(this.#ending.token) };
      this.#listing = listing;
      listing.files.catch(() => {
        if (this.#listing === listing) this.#listing = undefined;
      });
    }
    return abortable(this.#listing.files, signal);
  }

  dispose(): void {
    this.#ending.cancel();
    this.#ending.dispose();
  }
}

async function findAll(token: vscode.CancellationToken): Promise<readonly WorkspaceFile[]> {
  const uris = await vscode.workspace.findFiles("**/*", searchExcludes(), maxFiles, token);
  return uris.map((uri) => ({ uri, path: vscode.workspace.asRelativePath(uri) }));
}

/** `files.exclude` holds anyway; the person's `search.exclude`, such as `node_modules`, must be named. */
export function searchExcludes(): string | undefined {
  const excludes = vscode.workspace.getConfiguration("search").get<Record<string, unknown>>("exclude", {});
  const patterns = Object.entries(excludes).flatMap(([pattern, isOn]) => (isOn === true ? [pattern] : []));
  return patterns.length === 0 ? undefined : `{${patterns.join(",")}}`;
}

/** The folders that hold files, those at the top first. */
export function foldersOf(files: readonly WorkspaceFile[]): readonly WorkspaceFile[] {
  const folders = new Map<string, WorkspaceFile>();
  for (const file of files) {
    let { uri, path } = file;
    for (let slash = path.lastIndexOf("/"); slash > 0; slash = path.lastIndexOf("/")) {
      path = path.slice(0, slash);
      uri = vscode.Uri.joinPath(uri, "..");
      if (folders.has(path)) break;
      folders.set(path, { uri, path });
    }
  }
  return [...folders.values()].sort((a, b) => a.path.length - b.path.length);
}

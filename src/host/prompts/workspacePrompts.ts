import * as vscode from "vscode";
import { type PromptProblem, readPromptFiles } from "../../core/chat/ownPrompts.ts";
import type { SlashCommand } from "../../core/chat/slashCommands.ts";
import { DisposableStore } from "../../core/util/disposable.ts";

/** Larger files are not prompts. */
const maxFileBytes = 256 * 1024;
const maxFiles = 200;
const folderPath = [".valar", "prompts"] as const;
const ending = ".md";

export interface WorkspacePromptsParts {
  /** Says what is wrong with a file; once, until it is mended. */
  readonly report: (problem: PromptProblem) => void;
  /** A file or folder that is there could not be read. */
  readonly onError: (error: unknown) => void;
}

/**
 * The prompts in `.valar/prompts/*.md` of a trusted workspace, read when first asked for and followed from then
 * on. Of the same name in two folders of a workspace, the first one's counts.
 */
export class WorkspacePrompts implements vscode.Disposable {
  readonly #parts: WorkspacePromptsParts;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  readonly onDidChange = this.#changed.event;
  #watchers: DisposableStore | undefined;
  #prompts: readonly SlashCommand[] = [];
  #reported: ReadonlySet<string> = new Set();
  /** The last reading begun. */
  #reading: Promise<void> = Promise.resolve();
  #generation = 0;

  constructor(parts: WorkspacePromptsParts) {
    this.#parts = parts;
    const follow = () => this.#watchers && this.#follow();
    this.#store.add(vscode.workspace.onDidChangeWorkspaceFolders(follow));
    this.#store.add(vscode.workspace.onDidGrantWorkspaceTrust(follow));
  }

  dispose(): void {
    this.#watchers?.dispose();
    this.#store.dispose();
  }

  /** What has been read so far; `onDidChange` tells of more. */
  get prompts(): readonly SlashCommand[] {
    if (!this.#watchers) this.#follow();
    return this.#prompts;
  }

  /** Resolves when everything there now has been read. */
  async ready(): Promise<void> {
    if (!this.#watchers) this.#follow();
    await this.#reading;
  }

  #follow(): void {
    this.#watchers?.dispose();
    const watchers = new DisposableStore();
    this.#watchers = watchers;
    const folders = vscode.workspace.isTrusted ? (vscode.workspace.workspaceFolders ?? []) : [];
    for (const folder of folders) {
      const pattern = new vscode.RelativePattern(folder, `${folderPath.join("/")}/*${ending}`);
      const watcher = watchers.add(vscode.workspace.createFileSystemWatcher(pattern));
      for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) {
        watchers.add(event(() => this.#readAgain(folders)));
      }
    }
    this.#readAgain(folders);
  }

  #readAgain(folders: readonly vscode.WorkspaceFolder[]): void {
    const generation = ++this.#generation;
    this.#reading = this.#read(folders, generation).catch((error: unknown) => this.#parts.onError(error));
  }

  async #read(folders: readonly vscode.WorkspaceFolder[], generation: number): Promise<void> {
    const read = await Promise.all(folders.map(({ uri }) => promptFiles(uri, this.#parts.onError)));
    // A later reading has begun: it will see more.
    if (generation !== this.#generation) return this.#reading;
    const { prompts, problems } = readPromptFiles(read.toReversed().flat());
    this.#prompts = [...new Map(prompts.map((prompt) => [prompt.name, prompt])).values()];
    for (const problem of problems) {
      if (!this.#reported.has(JSON.stringify(problem))) this.#parts.report(problem);
    }
    this.#reported = new Set(problems.map((problem) => JSON.stringify(problem)));
    this.#changed.fire();
  }
}

interface PromptFile {
  readonly name: string;
  readonly text: string;
}

async function promptFiles(
  workspaceFolder: vscode.Uri,
  onError: (error: unknown) => void,
): Promise<readonly PromptFile[]> {
  const folder = vscode.Uri.joinPath(workspaceFolder, ...folderPath);
  const entries = await orNothing(() => vscode.workspace.fs.readDirectory(folder), onError);
  const names = (entries ?? [])
    .filter(([name, type]) => (type & vscode.FileType.File) !== 0 && name.endsWith(ending))
    .map(([name]) => name)
    .sort()
    .slice(0, maxFiles);
  const files = await Promise.all(
    names.map((name) => orNothing(() => readSmallFile(vscode.Uri.joinPath(folder, name)), onError)),
  );
  return files.flatMap((text, at) => {
    const name = names[at]?.slice(0, -ending.length);
    return text === undefined || name === undefined ? [] : [{ name, text }];
  });
}

async function readSmallFile(uri: vscode.Uri): Promise<string | undefined> {
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > maxFileBytes) return undefined;
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

/** What is not there, or gone since, is no error. */
async function orNothing<T>(
  read: () => Thenable<T>,
  onError: (error: unknown) => void,
): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    const isMissing = error instanceof vscode.FileSystemError && error.code === "FileNotFound";
    if (!isMissing) onError(error);
    return undefined;
  }
}

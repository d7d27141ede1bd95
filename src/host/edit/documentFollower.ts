import * as vscode from "vscode";
import type { EndCause } from "../../core/edit/session.ts";
import type { Clock } from "../../core/util/clock.ts";
import { type Disposable, DisposableStore } from "../../core/util/disposable.ts";
import type { EditSession } from "./editSession.ts";

/** Time for VS Code to say whether a clean document was just saved, in ms. */
const saveGraceMs = 250;
/** Time for a tab to come back elsewhere when it is moved, in ms. */
const moveGraceMs = 300;
/** Time for a document to come back under its new name, in ms. */
const renameGraceMs = 3000;

/** Tells the edits what becomes of their documents: changed, renamed, closed, deleted, read anew from disk. */
export class DocumentFollower implements vscode.Disposable {
  readonly #store = new DisposableStore();
  readonly #sessions: () => readonly EditSession[];
  readonly #clock: Clock;
  readonly #reloadChecks = new Map<vscode.TextDocument, Disposable>();
  /** Where a renamed document is about to come back: old address → new. */
  readonly #renames = new Map<string, vscode.Uri>();

  constructor(sessions: () => readonly EditSession[], clock: Clock) {
    this.#sessions = sessions;
    this.#clock = clock;
    const { workspace } = vscode;
    const store = this.#store;
    store.add(workspace.onDidChangeTextDocument((event) => this.#changed(event)));
    store.add(workspace.onDidSaveTextDocument((document) => this.#saved(document)));
    store.add(workspace.onDidCloseTextDocument((document) => this.#closed(document)));
    store.add(workspace.onDidOpenTextDocument((document) => this.#opened(document)));
    store.add(vscode.window.tabGroups.onDidChangeTabs(({ closed }) => this.#tabsClosed(closed)));
    store.add(workspace.onWillRenameFiles(({ files }) => files.forEach((file) => this.#renaming(file))));
    store.add(workspace.onDidRenameFiles(({ files }) => files.forEach((file) => this.#renaming(file))));
    store.add(workspace.onDidDeleteFiles(({ files }) => files.forEach((uri) => this.#deleted(uri))));
  }

  dispose(): void {
    for (const check of this.#reloadChecks.values()) check.dispose();
    this.#store.dispose();
  }

  #of(document: vscode.TextDocument): readonly EditSession[] {
    return this.#sessions().filter((session) => session.document === document);
  }

  #end(sessions: readonly EditSession[], cause: EndCause): void {
    for (const session of sessions) session.end(cause);
  }

  #changed(event: vscode.TextDocumentChangeEvent): void {
    const sessions = this.#of(event.document);
    if (sessions.length === 0) return;
    for (const session of sessions) session.documentChanged(event);
    const isTyped = event.reason !== undefined || event.document.isDirty || event.document.isUntitled;
    if (event.contentChanges.length > 0 && !isTyped) this.#suspectReload(event.document, sessions);
  }

  /**
   * A change that leaves the document clean came from disk, by a revert or another program. VS Code tells of a
   * change before it tells of dirtiness, so what counts is whether it is still clean a moment later, unsaved. An edit
   * begun in that moment knows the new text already.
   */
  #suspectReload(document: vscode.TextDocument, sessions: readonly EditSession[]): void {
    this.#reloadChecks.get(document)?.dispose();
    const check = this.#clock.setTimeout(() => {
      this.#reloadChecks.delete(document);
      if (!document.isDirty && !document.isClosed) this.#end(sessions, "reverted");
    }, saveGraceMs);
    this.#reloadChecks.set(document, check);
  }

  #saved(document: vscode.TextDocument): void {
    this.#reloadChecks.get(document)?.dispose();
    this.#reloadChecks.delete(document);
  }

  #closed(document: vscode.TextDocument): void {
    const sessions = this.#of(document);
    // A change of language closes and opens the same document.
    if (sessions.length === 0 || !document.isClosed) return;
    if (!this.#renames.has(document.uri.toString())) {
      this.#end(sessions, "closed");
      return;
    }
    this.#store.add(
      this.#clock.setTimeout(() => {
        this.#end(
          sessions.filter((session) => session.document === document),
          "closed",
        );
      }, renameGraceMs),
    );
  }

  /** VS Code may keep a document for minutes after its last tab is closed; for a person it is closed at once. */
  #tabsClosed(closed: readonly vscode.Tab[]): void {
    const gone = this.#sessions().filter(({ document }) => closed.some((tab) => shows(tab, document)));
    if (gone.length === 0) return;
    this.#store.add(
      this.#clock.setTimeout(() => {
        const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
        const hidden = gone.filter(
          ({ document }) =>
            !tabs.some((tab) => shows(tab, document)) && !this.#renames.has(document.uri.toString()),
        );
        this.#end(hidden, "closed");
      }, moveGraceMs),
    );
  }

  #renaming({ oldUri, newUri }: { readonly oldUri: vscode.Uri; readonly newUri: vscode.Uri }): void {
    for (const session of this.#sessions()) {
      const { uri } = session.document;
      const isInside = uri.scheme === oldUri.scheme && uri.path.startsWith(`${oldUri.path}/`);
      if (!isInside && uri.toString() !== oldUri.toString()) continue;
      this.#renames.set(
        uri.toString(),
        newUri.with({ path: newUri.path + uri.path.slice(oldUri.path.length) }),
      );
    }
    for (const document of vscode.workspace.textDocuments) this.#opened(document);
  }

  #opened(document: vscode.TextDocument): void {
    for (const [oldUri, newUri] of this.#renames) {
      if (newUri.toString() !== document.uri.toString()) continue;
      for (const session of this.#sessions()) {
        if (session.document.uri.toString() !== oldUri) continue;
        if (!session.rename(document)) session.end("closed");
      }
    }
  }

  #deleted(uri: vscode.Uri): void {
    const gone = this.#sessions().filter(
      ({ document }) =>
        document.uri.toString() === uri.toString() ||
        (document.uri.scheme === uri.scheme && document.uri.path.startsWith(`${uri.path}/`)),
    );
    this.#end(gone, "deleted");
  }
}

function shows({ input }: vscode.Tab, { uri }: vscode.TextDocument): boolean {
  if (input instanceof vscode.TabInputText) return input.uri.toString() === uri.toString();
  if (input instanceof vscode.TabInputTextDiff) {
    return [input.original, input.modified].some((side) => side.toString() === uri.toString());
  }
  return input instanceof vscode.TabInputNotebook && input.uri.path === uri.path;
}

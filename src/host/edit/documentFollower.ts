import * as vscode from "vscode";
import type { EndCause } from "../../core/edit/session.ts";
import type { Clock } from "../../core/util/clock.ts";
import { type Disposable, DisposableStore } from "../../core/util/disposable.ts";
import type { EditSession } from "./editSession.ts";
import { DocumentRenames, type Renaming } from "./documentRenames.ts";
import { cellsOf, fileOf, isInside, isUnsaved } from "./notebookCells.ts";

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
  readonly #renames: DocumentRenames;

  constructor(sessions: () => readonly EditSession[], clock: Clock) {
    this.#sessions = sessions;
    this.#clock = clock;
    this.#renames = this.#store.add(new DocumentRenames(clock));
    const { workspace } = vscode;
    const store = this.#store;
    store.add(workspace.onDidChangeTextDocument((event) => this.#changed(event)));
    store.add(workspace.onDidSaveTextDocument((document) => this.#saved(document)));
    store.add(workspace.onDidCloseTextDocument((document) => this.#closed(document)));
    store.add(workspace.onDidOpenTextDocument(() => this.#follow()));
    store.add(
      workspace.onDidSaveNotebookDocument((notebook) =>
        cellsOf(notebook).forEach((cell) => this.#saved(cell)),
      ),
    );
    store.add(workspace.onDidOpenNotebookDocument(() => this.#follow()));
    store.add(vscode.window.tabGroups.onDidChangeTabs(({ closed }) => this.#tabsClosed(closed)));
    store.add(workspace.onWillRenameFiles(({ files }) => this.#renaming(files, "will")));
    store.add(
      workspace.onDidRenameFiles(({ files }) => {
        this.#renaming(files, "did");
        this.#follow();
      }),
    );
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
    const isTyped = event.reason !== undefined || isUnsaved(event.document);
    if (isTyped) this.#saved(event.document);
    else if (event.contentChanges.length > 0) this.#suspectReload(event.document, sessions);
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
      if (isUnsaved(document) || document.isClosed) return;
      // Closing without saving reverts a document too.
      this.#end(sessions, isShownInTab(document) ? "reverted" : "closed");
    }, saveGraceMs);
    this.#reloadChecks.set(document, check);
  }

  /** Saved or typed in: what changed a moment ago need not have come from disk. */
  #saved(document: vscode.TextDocument): void {
    this.#reloadChecks.get(document)?.dispose();
    this.#reloadChecks.delete(document);
  }

  #closed(document: vscode.TextDocument): void {
    const sessions = this.#of(document);
    // A change of language closes and opens the same document.
    if (sessions.length === 0 || !document.isClosed) return;
    if (!this.#renames.has(document)) {
      this.#end(sessions, "closed");
      return;
    }
    this.#later(renameGraceMs, () => {
      this.#end(
        sessions.filter((session) => session.document === document),
        "closed",
      );
    });
  }

  /** VS Code may keep a document for minutes after its last tab is closed; for a person it is closed at once. */
  #tabsClosed(closed: readonly vscode.Tab[]): void {
    const gone = this.#sessions()
      .map((session) => ({ session, document: session.document }))
      .filter(({ document }) => closed.some((tab) => shows(tab, document)));
    if (gone.length === 0) return;
    this.#later(moveGraceMs, () => {
      for (const { session, document } of gone) {
        const isElsewhere = session.document !== document || this.#renames.has(document);
        if (!isElsewhere && !isShownInTab(document)) session.end("closed");
      }
    });
  }

  #renaming(files: readonly Renaming[], when: "will" | "did"): void {
    const documents = new Set(this.#sessions().map(({ document }) => document));
    for (const file of files) this.#renames.note(file, documents, when);
  }

  /** Takes the edits along to documents that have come back under their new names. */
  #follow(): void {
    for (const [old, document] of this.#renames.take()) {
      for (const session of this.#of(old)) if (!session.rename(document)) session.end("closed");
    }
  }

  /** Calls back after `ms`, unless disposed before. */
  #later(ms: number, callback: () => void): void {
    const timer = this.#store.add(
      this.#clock.setTimeout(() => {
        this.#store.delete(timer);
        callback();
      }, ms),
    );
  }

  #deleted(uri: vscode.Uri): void {
    this.#end(
      this.#sessions().filter(({ document }) => isInside(fileOf(document), uri)),
      "deleted",
    );
  }
}

function isShownInTab(document: vscode.TextDocument): boolean {
  return vscode.window.tabGroups.all.some(({ tabs }) => tabs.some((tab) => shows(tab, document)));
}

function shows({ input }: vscode.Tab, { uri }: vscode.TextDocument): boolean {
  if (input instanceof vscode.TabInputText) return input.uri.toString() === uri.toString();
  if (input instanceof vscode.TabInputTextDiff) {
    return [input.original, input.modified].some((side) => side.toString() === uri.toString());
  }
  return input instanceof vscode.TabInputNotebook && input.uri.path === uri.path;
}

import * as vscode from "vscode";
import type { EditSession } from "./editSession.ts";
import { isCell } from "./notebookCells.ts";

export const editScheme = "valar-edit";

/** Marks the diff's left side: not the file itself, whose editor shows the edit in place already. */
const original = "original";

/** Read-only documents beside an edit: the file with the new code in place, and the model's own words. */
export class VirtualDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #registration: vscode.Disposable;
  readonly #session: (id: string) => EditSession | undefined;
  readonly #answers = new Map<string, string>();
  /** A diff keeps the name it was opened with, though its file be renamed: another name is another document. */
  readonly #names = new WeakMap<EditSession, string>();

  constructor(session: (id: string) => EditSession | undefined) {
    this.#session = session;
    this.#registration = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(editScheme, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme === editScheme) this.#answers.delete(uri.query);
      }),
    );
  }

  provideTextDocumentContent(uri: vscode.Uri): string | undefined {
    const session = this.#session(uri.query);
    if (session === undefined) return this.#answers.get(uri.query);
    return uri.fragment === original ? session.document.getText() : session.proposedText;
  }

  /**
   * Opens VS Code's diff editor on the file as it is and as it would be; for a notebook, whose cell it would hide,
   * beside it. `preserveFocus`: leaves the focus where it is.
   */
  async showDiff(session: EditSession, preserveFocus = false): Promise<void> {
    const { document, task } = session;
    const title = vscode.l10n.t("{0} (Valar: {1})", fileName(document.uri), task.title);
    const selection = new vscode.Range(session.range.start, session.range.start);
    const [left, right] = [this.#uriOf(session, original), this.#uriOf(session, "")];
    const viewColumn =
      diffTabs(session)[0]?.group.viewColumn ??
      (isCell(document) ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active);
    const options = { preview: true, preserveFocus, viewColumn, selection };
    try {
      for (const side of [left, right]) await openIn(document.languageId, side);
      await vscode.commands.executeCommand("vscode.diff", left, right, title, options);
    } catch (error) {
      // Of an edit that ended meanwhile there is nothing to show.
      if (!session.isOver) throw error;
    }
    if (session.isOver) await this.close(session);
  }

  /** Opens what the model wrote, word for word. */
  async showAnswer(session: EditSession): Promise<void> {
    const query = `answer-${session.id}`;
    this.#answers.set(query, session.answer);
    const uri = vscode.Uri.from({ scheme: editScheme, path: `/${vscode.l10n.t("Answer")}.md`, query });
    await vscode.window.showTextDocument(uri, { preview: true });
  }

  refresh(session: EditSession): void {
    this.#changed.fire(this.#uriOf(session, original));
    this.#changed.fire(this.#uriOf(session, ""));
  }

  /** Closes the diff editors of an edit that is over. */
  async close(session: EditSession): Promise<void> {
    const tabs = diffTabs(session);
    if (tabs.length === 0) return;
    try {
      await vscode.window.tabGroups.close(tabs);
    } catch (error) {
      // One that the person closed at the same time cannot be closed again.
      if (diffTabs(session).length > 0) throw error;
    }
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }

  #uriOf(session: EditSession, fragment: string): vscode.Uri {
    const path = this.#names.get(session) ?? `/${codeName(session.document)}`;
    this.#names.set(session, path);
    return vscode.Uri.from({ scheme: editScheme, path, query: session.id, fragment });
  }
}

/** A cell is not in the format of its notebook: the ending would make JSON of it. */
function codeName(document: vscode.TextDocument): string {
  const name = fileName(document.uri);
  return isCell(document) ? name.replace(/\.[^.]*$/, "") : name;
}

/** Its name need not tell the language: that of a cell, or one that was picked by hand. */
async function openIn(languageId: string, uri: vscode.Uri): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  if (document.languageId !== languageId)
    await vscode.languages.setTextDocumentLanguage(document, languageId);
}

function diffTabs(session: EditSession): vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input }) => input instanceof vscode.TabInputTextDiff && isOf(input.modified, session));
}

/** Whether `uri` is the virtual side of this edit's diff. */
export function isOf(uri: vscode.Uri, session: EditSession): boolean {
  return uri.scheme === editScheme && uri.query === session.id;
}

export function fileName(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf("/") + 1);
}

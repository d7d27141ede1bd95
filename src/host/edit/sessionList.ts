import * as vscode from "vscode";
import type { LineRange } from "../../core/edit/target.ts";
import type { ChangeRef } from "./changeRef.ts";
import type { EditSession } from "./editSession.ts";
import { isOf } from "./virtualDocuments.ts";

/** Edits that failed or lost their file, whose place is still followed, so that Retry finds it. */
const maxFailed = 10;

/** The edits that are not over, and which of them a person means. */
export class SessionList {
  readonly #sessions = new Set<EditSession>();
  #failed: readonly EditSession[] = [];

  get all(): readonly EditSession[] {
    return [...this.#sessions];
  }

  /** Those whose documents are to be watched. */
  get followed(): readonly EditSession[] {
    return [...this.#sessions, ...this.#failed];
  }

  /** Takes a session in until it is over. */
  add(session: EditSession): void {
    this.#sessions.add(session);
    session.onDidChange(() => {
      if (!session.isOver || !this.#sessions.delete(session)) return;
      if (session.state.type === "failed" || session.isClosed)
        this.#failed = [...this.#failed, session].slice(-maxFailed);
    });
  }

  /** An edit of the same document that shares a line. */
  overlapping(document: vscode.TextDocument, { first, last }: LineRange): EditSession | undefined {
    return this.all.find(
      (session) =>
        session.document === document && session.range.start.line <= last && session.range.end.line >= first,
    );
  }

  /** The one named; else the one in the active editor nearest the cursor; else the only one there is. */
  find(
    which: ChangeRef | undefined,
    states: readonly EditSession["state"]["type"][],
  ): EditSession | undefined {
    const fitting = this.all.filter(({ state }) => states.includes(state.type));
    if (which !== undefined) return fitting.find(({ id }) => id === which.edit);
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined) return fitting.length === 1 ? fitting[0] : undefined;
    const shown = fitting.find((session) => isOf(editor.document.uri, session));
    if (shown !== undefined) return shown;
    const cursor = editor.selection.active.line;
    const [nearest] = fitting
      .filter((session) => session.document === editor.document)
      .map((session) => ({ session, distance: distance(session.range, cursor) }))
      .sort((a, b) => a.distance - b.distance);
    return nearest?.session ?? (fitting.length === 1 ? fitting[0] : undefined);
  }
}

function distance(range: vscode.Range, line: number): number {
  return Math.max(0, range.start.line - line, line - range.end.line);
}

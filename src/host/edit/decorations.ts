import * as vscode from "vscode";
import { wordMarks } from "../../core/edit/wordMarks.ts";
import { DisposableStore } from "../../core/util/disposable.ts";
import type { EditSession } from "./editSession.ts";

/** Marks, on the real lines, what an edit takes away: lines and words removed, and how far the answer has come. */
export class EditDecorations implements vscode.Disposable {
  readonly #store = new DisposableStore();
  readonly #removedLine = this.#store.add(
    vscode.window.createTextEditorDecorationType({
      isWholeLine: true,
      backgroundColor: new vscode.ThemeColor("diffEditor.removedLineBackground"),
      ...outline("diffEditor.removedTextBorder"),
      overviewRulerColor: new vscode.ThemeColor("editorOverviewRuler.deletedForeground"),
      overviewRulerLane: vscode.OverviewRulerLane.Left,
    }),
  );
  readonly #removedWord = this.#store.add(
    vscode.window.createTextEditorDecorationType({
      backgroundColor: new vscode.ThemeColor("diffEditor.removedTextBackground"),
      ...outline("diffEditor.removedTextBorder"),
    }),
  );
  readonly #pending = this.#store.add(
    vscode.window.createTextEditorDecorationType({
      isWholeLine: true,
      // None in high contrast, where an opaque one would hide the code: the border marks the lines there.
      backgroundColor: new vscode.ThemeColor("editor.selectionHighlightBackground"),
      ...outline("editor.rangeHighlightBorder"),
      overviewRulerColor: new vscode.ThemeColor("editorOverviewRuler.infoForeground"),
      overviewRulerLane: vscode.OverviewRulerLane.Left,
    }),
  );

  /** Draws all edits of the documents shown; those that are over leave nothing. */
  render(sessions: readonly EditSession[], editors = vscode.window.visibleTextEditors): void {
    for (const editor of editors) {
      const own = sessions.filter((session) => session.document === editor.document && !session.isOver);
      const marks = own.map(marksOf);
      editor.setDecorations(
        this.#removedLine,
        marks.flatMap((mark) => mark.lines),
      );
      editor.setDecorations(
        this.#removedWord,
        marks.flatMap((mark) => mark.words),
      );
      editor.setDecorations(
        this.#pending,
        marks.flatMap((mark) => mark.pending),
      );
    }
  }

  dispose(): void {
    this.#store.dispose();
  }
}

/** Only high-contrast themes define such borders; elsewhere they are transparent. */
function outline(color: string): vscode.DecorationRenderOptions {
  return { borderWidth: "1px", borderStyle: "dashed", borderColor: new vscode.ThemeColor(color) };
}

interface Marks {
  readonly lines: readonly vscode.Range[];
  readonly words: readonly vscode.Range[];
  readonly pending: readonly vscode.Range[];
}

function marksOf(session: EditSession): Marks {
  const { range, state, hunks, linesPassed } = session;
  // While stale, the lines are not those that the changes are about.
  if (state.type === "stale") return { lines: [], words: [], pending: [] };
  const first = range.start.line;
  const lines = hunks
    .filter((hunk) => hunk.oldLines.length > 0)
    .map((hunk) => wholeLine(first + hunk.oldStart, first + hunk.oldStart + hunk.oldLines.length - 1));
  const words = hunks.flatMap((hunk) =>
    wordMarks(hunk).removed.map(({ line, start, end }) => {
      const at = first + hunk.oldStart + line;
      return new vscode.Range(at, start, at, end);
    }),
  );
  const isWorking = state.type === "queued" || state.type === "streaming";
  const pending =
    isWorking && first + linesPassed <= range.end.line
      ? [wholeLine(first + linesPassed, range.end.line)]
      : [];
  return { lines, words, pending };
}

function wholeLine(first: number, last: number): vscode.Range {
  return new vscode.Range(first, 0, last, Number.MAX_SAFE_INTEGER);
}

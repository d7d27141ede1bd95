import * as vscode from "vscode";
import type { EditSession } from "./editSession.ts";
import { isCell, show } from "./notebookCells.ts";

interface Place {
  readonly document: vscode.TextDocument;
  readonly line: number;
}

/**
 * Puts the cursor on the next or previous change that waits, going round; a cell of a notebook is selected. False when
 * there is none.
 */
export async function nextChange(sessions: readonly EditSession[], direction: 1 | -1): Promise<boolean> {
  const places = sessions.flatMap(placesOf);
  const editor = vscode.window.activeTextEditor;
  const cursor = editor?.selection.active.line ?? 0;
  const inFile = (document: vscode.TextDocument | undefined): Place[] =>
    places.filter((place) => place.document === document).sort((a, b) => (a.line - b.line) * direction);
  const here = inFile(editor?.document);
  const next =
    here.find(({ line }) => (line - cursor) * direction > 0) ??
    inFile(nextFile(places, editor?.document, direction))[0] ??
    here[0];
  if (next === undefined) return false;
  if (isCell(next.document)) {
    await show(next.document);
    return true;
  }
  const shown = await vscode.window.showTextDocument(next.document);
  const position = new vscode.Position(next.line, 0);
  shown.selection = new vscode.Selection(position, position);
  shown.revealRange(
    new vscode.Range(position, position),
    vscode.TextEditorRevealType.InCenterIfOutsideViewport,
  );
  return true;
}

/** The file after this one, going round all that have changes in the order of their names. */
function nextFile(
  places: readonly Place[],
  current: vscode.TextDocument | undefined,
  direction: 1 | -1,
): vscode.TextDocument | undefined {
  const others = [...new Set(places.map(({ document }) => document))]
    .filter((document) => document !== current)
    .map((document) => ({
      document,
      order: document.uri.toString().localeCompare(current?.uri.toString() ?? ""),
    }))
    .sort((a, b) => a.document.uri.toString().localeCompare(b.document.uri.toString()) * direction);
  return (others.find(({ order }) => order * direction > 0) ?? others[0])?.document;
}

function placesOf(session: EditSession): Place[] {
  const { document, range, state, changes } = session;
  const first = range.start.line;
  if (state.type !== "reviewing") return [{ document, line: first }];
  return changes
    .filter(({ decision }) => decision === undefined)
    .map(({ oldStart }) => ({ document, line: Math.min(first + oldStart, document.lineCount - 1) }));
}

/** The change that the cursor stands on and that waits, by its place among the edit's changes. */
export function changeAtCursor({ document, range, changes }: EditSession): number | undefined {
  const [only] = changes;
  if (changes.length === 1) return only?.index;
  const editor = vscode.window.activeTextEditor;
  if (editor?.document !== document) return undefined;
  const line = editor.selection.active.line - range.start.line;
  return changes.find(
    ({ oldStart, oldEnd, decision }) =>
      decision === undefined && line >= oldStart && line < Math.max(oldEnd, oldStart + 1),
  )?.index;
}

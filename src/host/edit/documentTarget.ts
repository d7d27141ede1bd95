import * as vscode from "vscode";
import { wholeLines, type EditTarget, type IndentStyle, type LineRange } from "../../core/edit/target.ts";

/** The whole lines that a range of the document means. */
export function linesOf(document: vscode.TextDocument, range: vscode.Range): LineRange {
  const { start, end } = range;
  const selection = {
    startLine: start.line,
    startCharacter: start.character,
    endLine: end.line,
    endCharacter: end.character,
  };
  return wholeLines(selection, (line) => document.lineAt(line).text);
}

/** Reads the target and what stands around it, with the indentation of an editor that shows the document. */
export function readTarget(document: vscode.TextDocument, { first, last }: LineRange): EditTarget {
  const lines = textLines(document);
  return {
    lines: lines.slice(first, last + 1),
    before: lines.slice(0, first),
    after: lines.slice(last + 1),
    indent: indentOf(document),
    languageId: document.languageId,
  };
}

/** All lines of a document; one more than it has line breaks. */
export function textLines(document: vscode.TextDocument): string[] {
  return document.getText().split(eolOf(document));
}

export function eolOf(document: vscode.TextDocument): "\n" | "\r\n" {
  return document.eol === vscode.EndOfLine.CRLF ? "\r\n" : "\n";
}

/** As an editor that shows the document indents. */
export function indentOf(document: vscode.TextDocument): IndentStyle {
  const editor = vscode.window.visibleTextEditors.find((shown) => shown.document === document);
  const { insertSpaces, tabSize } = editor?.options ?? {};
  return { tabs: insertSpaces === false, size: typeof tabSize === "number" && tabSize > 0 ? tabSize : 4 };
}

/** Path to show to the model: relative to the workspace, with its folder where there are several. */
export function pathOf(document: vscode.TextDocument): string {
  return vscode.workspace.asRelativePath(document.uri).replaceAll("\\", "/");
}

import * as vscode from "vscode";
import type { TextContext } from "../core/chat/conversation.ts";

/** The given range of a document as context, whole lines as they are now. */
export function rangeContext(document: vscode.TextDocument, range: vscode.Range): TextContext {
  // A selection that ends at the start of a line does not mean that line.
  const isEndOpen = range.end.character === 0 && range.end.line > range.start.line;
  const endLine = isEndOpen ? range.end.line - 1 : range.end.line;
  const whole = new vscode.Range(range.start.line, 0, endLine, document.lineAt(endLine).text.length);
  return {
    kind: "selection",
    id: crypto.randomUUID(),
    uri: document.uri.toString(),
    path: vscode.workspace.asRelativePath(document.uri),
    languageId: document.languageId,
    startLine: range.start.line + 1,
    endLine: endLine + 1,
    text: document.getText(whole),
  };
}

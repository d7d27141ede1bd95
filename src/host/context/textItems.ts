import * as vscode from "vscode";
import type { TextContext } from "../../core/chat/conversation.ts";
import { rangeContext } from "../rangeContext.ts";
import { limited } from "./cutNote.ts";
import { readText } from "./readText.ts";

/** Each reads one thing as it is now, up to `maxBytes`. They throw `UserError`. */

export async function fileContext(
  uri: vscode.Uri,
  maxBytes: number,
  kind: "file" | "rules" = "file",
): Promise<TextContext> {
  const { text, languageId } = await readText(uri);
  return {
    kind,
    id: crypto.randomUUID(),
    uri: uri.toString(),
    path: vscode.workspace.asRelativePath(uri),
    languageId,
    ...limited(text, maxBytes),
  };
}

export function selectedContext(
  document: vscode.TextDocument,
  range: vscode.Range,
  maxBytes: number,
): TextContext {
  return within(rangeContext(document, range), maxBytes);
}

export function symbolContext(
  document: vscode.TextDocument,
  range: vscode.Range,
  maxBytes: number,
): TextContext {
  return { ...within(rangeContext(document, range), maxBytes), kind: "symbol" };
}

function within(item: TextContext, maxBytes: number): TextContext {
  const kept = limited(item.text, maxBytes);
  if (kept.cut === undefined || item.startLine === undefined) return item;
  const lines = kept.text.replace(/\n$/, "").split("\n").length;
  return { ...item, ...kept, endLine: item.startLine + lines - 1 };
}

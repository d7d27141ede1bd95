import * as vscode from "vscode";
import { type CutText, cutText } from "../../core/context/cutText.ts";

/** A text within its limit, with the words for what was left out. */
export function limited(text: string, maxBytes: number): { readonly text: string; readonly cut?: string } {
  const kept = cutText(text, maxBytes);
  return kept.text === text ? { text } : { text: kept.text, cut: cutNote(kept, maxBytes) };
}

function cutNote({ keptLines, totalLines }: CutText, maxBytes: number): string {
  return keptLines === 0
    ? vscode.l10n.t("first {0} KB of a very long line", numberText(maxBytes / 1024))
    : vscode.l10n.t("first {0} of {1} lines", numberText(keptLines), numberText(totalLines));
}

export function numberText(value: number): string {
  return value.toLocaleString(vscode.env.language, { maximumFractionDigits: 1 });
}

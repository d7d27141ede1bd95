import * as vscode from "vscode";
import type { TextContext } from "../../core/chat/conversation.ts";
import { UserError } from "../userError.ts";
import { limited } from "./cutNote.ts";

/**
 * What is selected in the active terminal. VS Code gives it to no extension but by the clipboard, whose text is put back
 * afterwards. Throws `UserError` when nothing is selected.
 */
export async function terminalContext(maxBytes: number): Promise<TextContext> {
  const terminal = vscode.window.activeTerminal;
  const text = terminal === undefined ? "" : await copySelection();
  if (text.trim() === "") {
    throw new UserError(
      vscode.l10n.t("Nothing is selected in the terminal."),
      vscode.l10n.t("Select text there, then attach it."),
    );
  }
  return {
    kind: "terminal",
    id: crypto.randomUUID(),
    path: vscode.l10n.t("Terminal {0}", terminal?.name ?? ""),
    languageId: "",
    ...limited(text, maxBytes),
  };
}

async function copySelection(): Promise<string> {
  const { clipboard } = vscode.env;
  const before = await clipboard.readText();
  // Without a selection nothing is copied: a text of our own tells that from one that is the same as before. An
  // empty clipboard may hold an image, which is not to be overwritten for nothing.
  const mark = before === "" ? "" : crypto.randomUUID();
  try {
    if (mark !== "") await clipboard.writeText(mark);
    await vscode.commands.executeCommand("workbench.action.terminal.copySelection");
    const copied = await clipboard.readText();
    return copied === mark ? "" : copied;
  } finally {
    if (before !== "") await clipboard.writeText(before);
  }
}

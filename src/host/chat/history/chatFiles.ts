import * as vscode from "vscode";
import { type Answer, type Conversation, conversationTitle } from "../../../core/chat/conversation.ts";
import { type DatedChat, exportJson, importJson } from "../../../core/chat/exportJson.ts";
import { exportMarkdown } from "../../../core/chat/exportMarkdown.ts";
import { notify } from "../../notify.ts";
import { errorText } from "../../translated.ts";
import { UserError } from "../../userError.ts";

/** Asks where to, and writes the chat: JSON to a name that ends so, else Markdown with the `figures` of each answer. */
export async function exportChat(chat: DatedChat, figures: (answer: Answer) => string): Promise<void> {
  const uri = await vscode.window.showSaveDialog({
    title: vscode.l10n.t("Export Chat"),
    defaultUri: suggestedUri(chat.conversation),
    filters: { [vscode.l10n.t("Markdown")]: ["md"], [vscode.l10n.t("JSON")]: ["json"] },
  });
  if (uri) {
    const text = chatFileText(chat, uri.path, figures);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    // Not waited for: it may stay on the screen.
    void notify("info", vscode.l10n.t("The chat was exported."), [
      { label: vscode.l10n.t("Open"), run: () => vscode.window.showTextDocument(uri) },
    ]);
  }
}

/** Asks for a file and reads the chat in it; undefined when none was chosen. Throws `UserError`. */
export async function importChat(): Promise<DatedChat | undefined> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t("Import Chat"),
      openLabel: vscode.l10n.t("Import"),
      filters: { [vscode.l10n.t("JSON")]: ["json"] },
    })) ?? [];
  return uri && readChatFile(uri);
}

export function chatFileText(chat: DatedChat, path: string, figures: (answer: Answer) => string): string {
  const { l10n } = vscode;
  return path.toLowerCase().endsWith(".json")
    ? exportJson(chat)
    : exportMarkdown(chat.conversation, {
        you: l10n.t("You"),
        valar: l10n.t("Valar"),
        reasoning: l10n.t("Reasoning"),
        context: l10n.t("Context"),
        figures,
      });
}

export async function readChatFile(uri: vscode.Uri): Promise<DatedChat> {
  try {
    return importJson(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
  } catch (error) {
    throw new UserError(vscode.l10n.t("This file cannot be imported. {0}", errorText(error)));
  }
}

function suggestedUri(conversation: Conversation): vscode.Uri {
  const title = conversationTitle(conversation).replaceAll(/[^\p{L}\p{N} ._-]/gu, " ");
  const name = title.replaceAll(/\s+/g, " ").trim() || "chat";
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return folder ? vscode.Uri.joinPath(folder, `${name}.md`) : vscode.Uri.file(`${name}.md`);
}

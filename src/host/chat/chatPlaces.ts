import * as vscode from "vscode";
import { viewIds } from "../contributions.ts";
import type { Chats } from "./chats.ts";

/** Where chats are shown: the view, and editor tabs that VS Code opens again. The first one shown loads the chat. */
export function registerChatPlaces(chats: () => Promise<Chats>): vscode.Disposable {
  const view = vscode.window.registerWebviewViewProvider(
    viewIds.chat,
    { resolveWebviewView: async (shown) => (await chats()).showView(shown) },
    { webviewOptions: { retainContextWhenHidden: true } },
  );
  const editors = vscode.window.registerWebviewPanelSerializer(viewIds.chatEditor, {
    deserializeWebviewPanel: async (panel, state: unknown) => (await chats()).showEditor(panel, state),
  });
  return vscode.Disposable.from(view, editors);
}

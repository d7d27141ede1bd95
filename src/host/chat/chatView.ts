import * as vscode from "vscode";
import { viewIds } from "../contributions.ts";
import type { ChatSession } from "./chatSession.ts";

/** The view “Chat”: shows the session, wherever the view is moved and as often as it is opened. */
export class ChatView implements vscode.Disposable {
  readonly session: ChatSession;
  readonly #connect: (webview: vscode.Webview) => vscode.Disposable;
  #connection: vscode.Disposable | undefined;

  constructor(session: ChatSession, connect: (webview: vscode.Webview) => vscode.Disposable) {
    this.session = session;
    this.#connect = connect;
  }

  dispose(): void {
    this.#connection?.dispose();
    this.session.dispose();
  }

  show(view: vscode.WebviewView): void {
    this.#connection?.dispose();
    const connection = this.#connect(view.webview);
    this.#connection = connection;
    view.onDidDispose(() => void connection.dispose());
  }

  /** Brings the view to the front with the cursor in the box. */
  async focus(): Promise<void> {
    await vscode.commands.executeCommand(`${viewIds.chat}.focus`);
    this.session.focusInput();
  }
}

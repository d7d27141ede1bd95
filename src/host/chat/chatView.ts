import * as vscode from "vscode";
import type { HostHandlers } from "../../protocol/chat.ts";
import { viewIds } from "../contributions.ts";
import type { Log } from "../log.ts";
import { chatPage, webviewRoot } from "./chatPage.ts";
import type { ChatSession } from "./chatSession.ts";
import { WebviewConnection } from "./webviewConnection.ts";

/** The view “Chat”: shows the session, wherever the view is moved and as often as it is opened. */
export class ChatView implements vscode.WebviewViewProvider, vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #session: ChatSession;
  readonly #makeHandlers: (seq: () => number) => HostHandlers;
  readonly #log: Log;
  readonly #registration: vscode.Disposable;
  readonly #events: vscode.Disposable;
  #connection: WebviewConnection | undefined;

  constructor(
    extensionUri: vscode.Uri,
    session: ChatSession,
    makeHandlers: (seq: () => number) => HostHandlers,
    log: Log,
  ) {
    this.#extensionUri = extensionUri;
    this.#session = session;
    this.#makeHandlers = makeHandlers;
    this.#log = log;
    this.#registration = vscode.window.registerWebviewViewProvider(viewIds.chat, this, {
      webviewOptions: { retainContextWhenHidden: true },
    });
    this.#events = session.onDidHappen((event) => this.#connection?.post(event));
  }

  dispose(): void {
    this.#registration.dispose();
    this.#events.dispose();
    this.#connection?.dispose();
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const { webview } = view;
    webview.options = { enableScripts: true, localResourceRoots: [webviewRoot(this.#extensionUri)] };
    this.#connection?.dispose();
    const connection = new WebviewConnection(webview, this.#makeHandlers, this.#log);
    this.#connection = connection;
    view.onDidDispose(() => {
      connection.dispose();
      if (this.#connection === connection) {
        this.#connection = undefined;
      }
    });
    webview.html = chatPage(webview, this.#extensionUri);
  }

  /** Brings the view to the front with the cursor in the box. */
  async focus(): Promise<void> {
    await vscode.commands.executeCommand(`${viewIds.chat}.focus`);
    this.#session.focusInput();
  }
}

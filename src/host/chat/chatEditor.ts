import * as vscode from "vscode";
import { DisposableStore } from "../../core/util/disposable.ts";
import type { ChatSession } from "./chatSession.ts";

/** A chat in an editor tab. It ends with its tab. */
export class ChatEditor implements vscode.Disposable {
  readonly session: ChatSession;
  readonly #panel: vscode.WebviewPanel;
  readonly #store = new DisposableStore();

  constructor(session: ChatSession, panel: vscode.WebviewPanel) {
    this.session = session;
    this.#panel = panel;
    this.#store.add(
      session.onDidHappen((event) => {
        if (event.type === "title" || event.type === "snapshot") {
          this.#setTitle(event.type === "title" ? event.title : event.snapshot.title);
        }
      }),
    );
  }

  /** Shows the conversation; `connection` is the tab's line to the session. */
  async start(connection: vscode.Disposable): Promise<void> {
    this.#store.add(connection);
    const live = await this.session.conversation();
    this.#setTitle(live.snapshot().title);
  }

  dispose(): void {
    this.#store.dispose();
    this.session.dispose();
  }

  focus(): void {
    this.#panel.reveal();
    this.session.focusInput();
  }

  #setTitle(title: string): void {
    this.#panel.title = title === "" ? vscode.l10n.t("Chat") : title;
  }
}

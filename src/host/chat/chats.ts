import * as vscode from "vscode";
import { DisposableStore } from "../../core/util/disposable.ts";
import type { HostHandlers } from "../../protocol/chat.ts";
import { viewIds } from "../contributions.ts";
import type { Log } from "../log.ts";
import { ChatEditor } from "./chatEditor.ts";
import { chatPage, webviewRoot } from "./chatPage.ts";
import { ChatSession, type ChatSessionDeps } from "./chatSession.ts";
import { ChatView } from "./chatView.ts";
import type { PlaceId } from "./panelStore.ts";
import { ThemeColours } from "./themeColours.ts";
import { WebviewConnection } from "./webviewConnection.ts";

export interface ChatsDeps {
  readonly extensionUri: vscode.Uri;
  readonly session: ChatSessionDeps;
  readonly handlers: (session: ChatSession, seq: () => number, focused: () => void) => HostHandlers;
  readonly log: Log;
}

/** Every place a chat is shown in: the view and the editor tabs. Commands act on the one last turned to. */
export class Chats implements vscode.Disposable {
  readonly #deps: ChatsDeps;
  readonly #store = new DisposableStore();
  readonly #activeChanged = new vscode.EventEmitter<ChatSession>();
  readonly #colours: ThemeColours;
  readonly #view: ChatView;
  readonly #editors = new Set<ChatEditor>();
  #active: ChatView | ChatEditor;

  /** Another chat is the active one, or the active one began or ended to answer. */
  readonly onDidChangeActive = this.#activeChanged.event;

  constructor(deps: ChatsDeps) {
    this.#deps = deps;
    this.#colours = this.#store.add(new ThemeColours(deps.log));
    const session = this.#session("view");
    this.#view = this.#store.add(
      new ChatView(session, (webview) => this.#connect(webview, session, () => this.#turnTo(this.#view))),
    );
    this.#active = this.#view;
  }

  dispose(): void {
    for (const editor of this.#editors) {
      editor.dispose();
    }
    this.#store.dispose();
    this.#activeChanged.dispose();
  }

  /** The chat last turned to. */
  get active(): ChatSession {
    return this.#active.session;
  }

  get all(): readonly ChatSession[] {
    return [this.#view.session, ...[...this.#editors].map(({ session }) => session)];
  }

  showView(view: vscode.WebviewView): void {
    this.#view.show(view);
  }

  /** An editor tab from before a reload; `state` is what its page wrote down. */
  async showEditor(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    await this.#show(panel, placeOf(state));
  }

  /** Brings the active chat to the front with the cursor in its box. */
  async focus(): Promise<void> {
    await this.#active.focus();
  }

  /** Brings the active chat to the front with its find bar open. */
  async find(): Promise<void> {
    await this.focus();
    this.active.find();
  }

  async newChat(): Promise<void> {
    await this.active.newChat();
    await this.focus();
  }

  /** Opens the active conversation in an editor tab; a new one when nothing was asked in it. */
  async openInEditor(): Promise<void> {
    const shown = await this.active.conversation();
    const place = newPlace();
    if (shown.current.messages.length > 0) {
      await this.#deps.session.panels.save(place, { conversationId: shown.current.id, draft: "" });
    }
    const panel = vscode.window.createWebviewPanel(
      viewIds.chatEditor,
      vscode.l10n.t("Chat"),
      vscode.ViewColumn.Active,
      { retainContextWhenHidden: true },
    );
    await this.#show(panel, place);
  }

  async #show(panel: vscode.WebviewPanel, place: PlaceId): Promise<void> {
    const media = vscode.Uri.joinPath(this.#deps.extensionUri, "media");
    panel.iconPath = {
      light: vscode.Uri.joinPath(media, "valar-light.svg"),
      dark: vscode.Uri.joinPath(media, "valar-dark.svg"),
    };
    const session = this.#session(place);
    const editor = new ChatEditor(session, panel);
    this.#editors.add(editor);
    const turnTo = () => this.#turnTo(editor);
    panel.onDidChangeViewState(() => panel.active && turnTo());
    panel.onDidDispose(() => void this.#close(editor));
    if (panel.active) {
      turnTo();
    }
    await editor.start(this.#connect(panel.webview, session, turnTo));
  }

  /** What was written in a tab that is closed goes on in the view, behind what is there. */
  async #close(editor: ChatEditor): Promise<void> {
    this.#editors.delete(editor);
    if (this.#active === editor) {
      this.#turnTo(this.#view);
    }
    const { place, composer } = editor.session;
    // One that was closed at once may not have been read yet.
    await editor.session.conversation();
    // What is on its way is in the conversation then, and no longer in the draft.
    await editor.session.sendsSettled();
    const { draft, context } = composer;
    editor.dispose();
    if (draft.trim() !== "" || context.length > 0) {
      await this.#view.session.appendDraft(draft, context);
    }
    await this.#deps.session.panels.forget(place);
  }

  #session(place: PlaceId): ChatSession {
    const session = new ChatSession(this.#deps.session, place);
    session.onDidChangeRunning(() => {
      if (this.active === session) {
        this.#activeChanged.fire(session);
      }
    });
    return session;
  }

  #turnTo(chat: ChatView | ChatEditor): void {
    if (this.#active !== chat) {
      this.#active = chat;
      this.#activeChanged.fire(chat.session);
    }
  }

  #connect(webview: vscode.Webview, session: ChatSession, turnTo: () => void): vscode.Disposable {
    const { extensionUri, handlers, log } = this.#deps;
    webview.options = { enableScripts: true, localResourceRoots: [webviewRoot(extensionUri)] };
    const colours = this.#colours.follow((found) => connection.post({ type: "codeColours", colours: found }));
    const withColours = (made: HostHandlers): HostHandlers => ({
      ...made,
      ready: async (params, signal) => {
        const snapshot = await made.ready(params, signal);
        colours.show();
        return snapshot;
      },
    });
    const connection = new WebviewConnection(
      webview,
      (seq) => withColours(handlers(session, seq, turnTo)),
      log,
    );
    const events = session.onDidHappen((event) => connection.post(event));
    webview.html = chatPage(webview, extensionUri, session.place);
    return vscode.Disposable.from(colours, events, connection);
  }
}

function newPlace(): PlaceId {
  return `editor-${crypto.randomUUID()}`;
}

/** The place that a tab's page wrote down before the reload; a new one when it did not come so far. */
function placeOf(state: unknown): PlaceId {
  const place = typeof state === "object" && state !== null && "place" in state ? state.place : undefined;
  const id = typeof place === "string" ? /^editor-([\da-f-]{36})$/.exec(place)?.[1] : undefined;
  return id === undefined ? newPlace() : `editor-${id}`;
}

import * as vscode from "vscode";
import type { Conversation } from "../../../core/chat/conversation.ts";
import { assertNever } from "../../../core/util/assertNever.ts";
import type { NotifyAction } from "../../notify.ts";
import type { ConversationLibrary, ConversationSummary } from "../ports.ts";
import { exportChat, importChat } from "./chatFiles.ts";
import { type HistoryChoice, HistoryPick } from "./historyPick.ts";

export interface HistoryCommandsDeps {
  readonly library: ConversationLibrary;
  /** The conversation in the panel. */
  readonly current: () => Promise<Conversation>;
  readonly open: (id: string) => Promise<void>;
  /** Puts a new chat in its place wherever the conversation is shown; the result brings it back there. */
  readonly leave: (id: string) => Promise<() => Promise<void>>;
  readonly focusChat: () => Promise<void>;
  readonly notify: (
    severity: "info" | "error",
    message: string,
    actions?: readonly NotifyAction[],
  ) => Promise<void>;
}

/** “Show Chat History”, “Export Chat…” and “Import Chat…”. */
export class HistoryCommands {
  readonly #deps: HistoryCommandsDeps;

  constructor(deps: HistoryCommandsDeps) {
    this.#deps = deps;
  }

  /** The list stays until a conversation is opened or exported, or the person leaves it. */
  async show(): Promise<void> {
    const { library, current } = this.#deps;
    let query = "";
    for (let isOpen = true; isOpen;) {
      const pick = new HistoryPick({ library, query, currentId: (await current()).id });
      try {
        const choice = await pick.choose();
        query = pick.query;
        isOpen = choice !== undefined && (await this.#perform(choice));
      } finally {
        pick.dispose();
      }
    }
  }

  /** For one who was in the panel: VS Code itself does not give the focus back to it. */
  async showFromPanel(): Promise<void> {
    await this.show();
    await this.#deps.focusChat();
  }

  /** Of the conversation in the panel. */
  async export(): Promise<void> {
    const conversation = await this.#deps.current();
    if (conversation.messages.length === 0) {
      await this.#deps.notify("info", vscode.l10n.t("There is nothing to export: this chat is empty."));
    } else {
      await exportChat(conversation);
    }
  }

  async import(): Promise<void> {
    const conversation = await importChat();
    if (conversation) {
      await this.#open(await this.#deps.library.add(conversation));
    }
  }

  /** Deletes with undo. What is open in the panel gives way to a new chat. */
  async delete({ id, title }: Pick<ConversationSummary, "id" | "title">): Promise<void> {
    const { library, leave, notify } = this.#deps;
    const comeBack = await leave(id);
    await library.delete(id);
    const undo = async () => {
      await library.undoDelete(id);
      await comeBack();
    };
    void notify("info", vscode.l10n.t("“{0}” was deleted.", title), [
      { label: vscode.l10n.t("Undo"), run: undo },
    ]);
  }

  /** True when the list is to come back. */
  async #perform({ type, conversation }: HistoryChoice): Promise<boolean> {
    const { library } = this.#deps;
    const { id } = conversation;
    switch (type) {
      case "open":
        await this.#open(id);
        return false;
      case "rename":
        await this.#rename(conversation);
        return true;
      case "pin":
        await library.setPinned(id, !conversation.pinned);
        return true;
      case "delete":
        await this.delete(conversation);
        return true;
      case "export": {
        const stored = await library.read(id);
        await (stored && exportChat(stored));
        return false;
      }
      default:
        return assertNever(type);
    }
  }

  async #rename({ id, title }: ConversationSummary): Promise<void> {
    const name = await vscode.window.showInputBox({
      title: vscode.l10n.t("Rename Chat"),
      prompt: vscode.l10n.t("Empty: named after its first message."),
      value: title,
    });
    if (name !== undefined) {
      await this.#deps.library.rename(id, name);
    }
  }

  async #open(id: string): Promise<void> {
    await this.#deps.open(id);
    await this.#deps.focusChat();
  }
}

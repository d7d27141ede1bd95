import * as vscode from "vscode";
import { type Answer, type Conversation, conversationTitle } from "../../../core/chat/conversation.ts";
import type { DatedChat } from "../../../core/chat/exportJson.ts";
import { assertNever } from "../../../core/util/assertNever.ts";
import { DisposableStore } from "../../../core/util/disposable.ts";
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
  /** Model, tokens and cost of an answer, as far as they are known. */
  readonly figures: (answer: Answer) => string;
  readonly notify: (
    severity: "info" | "error",
    message: string,
    actions?: readonly NotifyAction[],
  ) => Promise<void>;
}

/** “Show Chat History”, “Export Chat…” and “Import Chat…”. */
export class HistoryCommands {
  readonly #deps: HistoryCommandsDeps;
  /** Bring back what was deleted, while a message still offers that. */
  readonly #undos = new Set<() => Promise<void>>();
  #offers = 0;

  constructor(deps: HistoryCommandsDeps) {
    this.#deps = deps;
  }

  /** The list stays until a conversation is opened or exported, or the person leaves it. */
  async show(): Promise<void> {
    const { library, current } = this.#deps;
    // Each is shown over the one before it, which goes only then: a list that goes first gives the focus back to the
    // panel, and the panel may take it so late that it closes the next list.
    const shown = new DisposableStore();
    let query = "";
    try {
      for (let isOpen = true; isOpen;) {
        const pick = new HistoryPick({ library, query, currentId: (await current()).id });
        const choosing = pick.choose();
        shown.clear();
        shown.add(pick);
        const choice = await choosing;
        query = pick.query;
        isOpen = choice !== undefined && (await this.#perform(choice, shown));
      }
    } finally {
      shown.dispose();
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
      await this.#export(conversation);
    }
  }

  async import(): Promise<void> {
    const chat = await importChat();
    await (chat && this.importChat(chat));
  }

  /** One that is here already is imported as a copy when the person says so. */
  async importChat(chat: DatedChat): Promise<void> {
    const { l10n } = vscode;
    const { library, notify } = this.#deps;
    const { id } = chat.conversation;
    const present = await library.read(id);
    const add = async () => {
      await this.#open(await library.add(chat));
      void notify("info", l10n.t("“{0}” was imported.", conversationTitle(chat.conversation)));
    };
    if (!present) {
      await add();
    } else {
      await notify("info", l10n.t("“{0}” is in the chat history already.", conversationTitle(present)), [
        { label: l10n.t("Open"), run: () => this.#open(id) },
        { label: l10n.t("Import a Copy"), run: add },
      ]);
    }
  }

  /** Deletes with undo. What is open in the panel gives way to a new chat. */
  async delete({ id, title }: Pick<ConversationSummary, "id" | "title">): Promise<void> {
    const { library, leave } = this.#deps;
    const comeBack = await leave(id);
    await library.delete(id);
    this.#undos.add(async () => {
      await library.undoDelete(id);
      await comeBack();
    });
    void this.#offerUndo(title);
  }

  /** Of all deletions at once: VS Code closes a message when another says the same, e.g. of a chat of the same title. */
  async #offerUndo(title: string): Promise<void> {
    const { l10n } = vscode;
    const offered = [...this.#undos];
    const undoAll = async () => {
      for (const undo of offered) {
        await (this.#undos.delete(undo) && undo());
      }
    };
    const { length } = offered;
    const text =
      length === 1 ? l10n.t("“{0}” was deleted.", title) : l10n.t("{0} chats were deleted.", length);
    this.#offers++;
    try {
      await this.#deps.notify("info", text, [{ label: l10n.t("Undo"), run: undoAll }]);
    } finally {
      if (--this.#offers === 0) this.#undos.clear();
    }
  }

  /** True when the list is to come back. What it shows meanwhile is added to `shown`. */
  async #perform({ type, conversation }: HistoryChoice, shown: DisposableStore): Promise<boolean> {
    const { library } = this.#deps;
    const { id } = conversation;
    switch (type) {
      case "open":
        await this.#open(id);
        return false;
      case "rename":
        await this.#rename(conversation, shown);
        return true;
      case "pin":
        await library.setPinned(id, !conversation.pinned);
        return true;
      case "delete":
        await this.delete(conversation);
        return true;
      case "export": {
        const stored = await library.read(id);
        await (stored && this.#export(stored));
        return false;
      }
      default:
        return assertNever(type);
    }
  }

  async #export(conversation: Conversation): Promise<void> {
    const changedAt = await this.#deps.library.changedAt(conversation.id);
    const chat = { conversation, changedAt: changedAt ?? conversation.createdAt };
    await exportChat(chat, this.#deps.figures);
  }

  async #rename({ id, title }: ConversationSummary, shown: DisposableStore): Promise<void> {
    const { l10n, window } = vscode;
    const isNamed = (await this.#deps.library.read(id))?.title !== undefined;
    const input = shown.add(window.createInputBox());
    input.title = l10n.t("Rename Chat");
    if (isNamed) input.prompt = l10n.t("Empty: named after its first message.");
    input.value = title;
    const name = await new Promise<string | undefined>((resolve) => {
      shown.add(
        input.onDidAccept(() => {
          if (isNamed || input.value.trim() !== "") resolve(input.value);
          else input.validationMessage = l10n.t("Type a name.");
        }),
      );
      shown.add(input.onDidChangeValue(() => (input.validationMessage = undefined)));
      shown.add(input.onDidHide(() => resolve(undefined)));
      input.show();
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

import * as vscode from "vscode";
import { costUsd } from "../core/api/cost.ts";
import { modelInfo } from "../core/api/models.ts";
import type { Answer } from "../core/chat/conversation.ts";
import { DisposableStore } from "../core/util/disposable.ts";
import type { Api } from "./apiServices.ts";
import type { Base } from "./base.ts";
import { chatHandlers, type PanelActions } from "./chat/chatHandlers.ts";
import { Chats } from "./chat/chats.ts";
import { chooseFit } from "./chat/chooseFit.ts";
import { ConversationStore } from "./chat/conversationStore.ts";
import { GuardedWrites } from "./chat/guardedWrites.ts";
import { insertAtCursor } from "./chat/insertAtCursor.ts";
import { OpenConversations } from "./chat/openConversations.ts";
import { PanelStore } from "./chat/panelStore.ts";
import { DiskLibrary } from "./chat/history/diskLibrary.ts";
import { HistoryCommands } from "./chat/history/historyCommands.ts";
import { RequestDocuments } from "./chat/requestDocument.ts";
import { setContextKey } from "./contextKeys.ts";
import type { Attachments } from "./contextServices.ts";
import { ConversationFiles } from "./conversationFiles.ts";
import type { HistoryFiles } from "./historyFiles.ts";
import { figuresText } from "./lm/participant/figuresText.ts";
import type { Log } from "./log.ts";
import { notify } from "./notify.ts";
import { readResponseFormat } from "./settings/responseFormat.ts";

/** What the chat is made of, beside the line to Valar. */
export interface ChatParts extends Attachments, Pick<PanelActions, "applyToFile"> {
  readonly files: HistoryFiles;
}

/** The chat with its storage, wired once. */
export class ChatServices implements vscode.Disposable {
  readonly #store = new DisposableStore();
  readonly conversations: OpenConversations;
  readonly chats: Chats;
  readonly history: HistoryCommands;
  readonly #library: DiskLibrary;
  readonly #log: Log;

  constructor(base: Base, api: Api, parts: ChatParts) {
    const { settings, account, money, log, clock } = base;
    const { client, token, models, budget, errors } = api;
    const { files } = parts;
    const writes = new GuardedWrites(log, () => void warnUnsaved(log));
    const panels = new PanelStore(files, writes, log);
    const stored = new ConversationFiles(files, log);
    this.#log = log;
    const requests = this.#store.add(new RequestDocuments());
    const modelName = (id: string) => modelInfo(id, settings.models).name;
    const costOf = ({ usage, model, completionWindow }: Answer) =>
      usage && costUsd(usage, model, completionWindow, settings.prices);
    this.conversations = this.#store.add(
      new OpenConversations({
        streamChat: (request, signal, shown) => client.streamChat(request, signal, shown),
        prepareChat: api.prepareChat,
        parameters: (model) => settings.chatParameters(model),
        instructions: () => settings.instructions,
        responseFormat: () => readResponseFormat(settings.responseFormat),
        modelName,
        modelInfo: (id) => modelInfo(id, settings.models),
        costOf,
        budget,
        store: new ConversationStore(stored, writes, log, () => void tellUnreadable(log)),
        panels,
        chooseFit,
        inform: (text) => void notify("info", text),
        clock,
      }),
    );
    const setToken = async () => {
      await token.setToken();
      await this.chats.focus();
    };
    const actions: PanelActions = {
      ...parts,
      setToken,
      getKey: () => token.getKey(),
      models,
      perform: (action) => void (action === "setToken" ? setToken() : errors.perform(action)),
      clearWay: (action) => errors.clearWay(action),
      insertAtCursor: (text) => insertAtCursor(text, parts.context.lastEditor),
      showHistory: () => this.history.showFromPanel(),
      showRequest: (conversation, answer) => requests.show(conversation, answer),
    };
    this.chats = this.#store.add(
      new Chats({
        extensionUri: base.context.extensionUri,
        session: {
          ...parts,
          models,
          budget,
          rate: money.rate,
          account: () => account.view(),
          clock,
          conversations: this.conversations,
          panels,
        },
        handlers: (session, seq, focused) => chatHandlers(session, actions, seq, focused),
        log,
      }),
    );
    this.#library = new DiskLibrary({
      ...{ files, log, conversations: stored },
      findOpen: (id) => this.conversations.find(id),
      goneMessage: vscode.l10n.t("This conversation is no longer there."),
    });
    this.history = new HistoryCommands({
      library: this.#library,
      current: async () => (await this.chats.active.conversation()).current,
      open: (id) => this.chats.active.open(id),
      leave: (id) => this.#leave(id),
      focusChat: () => this.chats.focus(),
      figures: (answer) => {
        const name = modelName(answer.model);
        return answer.usage ? figuresText(answer, name, costOf(answer)) : name;
      },
      notify,
    });
    this.#followChanges(base);
  }

  /** Writes what is not yet on disk, and erases what was deleted. */
  async close(): Promise<void> {
    await this.conversations.flush();
    await this.#library.emptyTrash().catch((error: unknown) => {
      this.#log.error("Deleted conversations could not be erased", error);
    });
  }

  async #leave(id: string): Promise<() => Promise<void>> {
    const live = this.conversations.find(id);
    live?.stop();
    await live?.settled();
    const shown = await Promise.all(
      this.chats.all.map(async (session) => ((await session.conversation()) === live ? [session] : [])),
    );
    const sessions = shown.flat();
    await Promise.all(sessions.map((session) => session.newChat()));
    return async () => {
      await Promise.all(sessions.map((session) => session.open(id)));
    };
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** Keeps what a person sees in step with settings, token and the running answer. */
  #followChanges({ settings, account }: Base): void {
    const { chats } = this;
    this.#store.add(chats.onDidChangeActive(({ isRunning }) => setContextKey("valar.answering", isRunning)));
    this.#store.add(account.onDidChange((view) => chats.all.forEach((chat) => chat.accountChanged(view))));
    this.#store.add(
      settings.onDidChange((event) => {
        const { known } = account;
        if (known !== undefined && event.affectsConfiguration("valar.budget")) {
          // What was said of the old budgets is no longer true.
          chats.all.forEach((chat) => chat.accountChanged(known));
        }
        const isShown =
          event.affectsConfiguration("valar.prices") || event.affectsConfiguration("valar.models");
        for (const chat of chats.all) {
          if (isShown) {
            void chat.refresh();
          } else {
            chat.composer.changed();
          }
        }
      }),
    );
  }
}

function tellUnreadable(log: Log): Promise<void> {
  const message = vscode.l10n.t(
    "A chat could not be read. Its file was left as it is, and a new chat is shown.",
  );
  return notify("warning", message, [{ label: vscode.l10n.t("Show Log"), run: () => log.show() }]);
}

function warnUnsaved(log: Log): Promise<void> {
  const message = vscode.l10n.t(
    "The conversation cannot be saved on this machine. The chat goes on without it.",
  );
  return notify("warning", message, [{ label: vscode.l10n.t("Show Log"), run: () => log.show() }]);
}

import * as vscode from "vscode";
import { createSystemClock } from "../core/util/clock.ts";
import { DisposableStore } from "../core/util/disposable.ts";
import { Account } from "./account.ts";
import type { Api } from "./apiServices.ts";
import type { Base } from "./base.ts";
import { registerChatPlaces } from "./chat/chatPlaces.ts";
import type { Chat } from "./chatParts.ts";
import type { ChatParts } from "./chatServices.ts";
import { type CommandTable, registerCommands } from "./commands/registerCommands.ts";
import { setContextKey } from "./contextKeys.ts";
import type { SettingId } from "./contributions.ts";
import { EditCodeActions } from "./edit/codeActions.ts";
import type { EditService } from "./edit/editService.ts";
import { FunctionLens } from "./edit/functionLens.ts";
import { Git } from "./git.ts";
import type { HistoryFiles } from "./historyFiles.ts";
import { historyFolder } from "./historyFolder.ts";
import { Lazy } from "./lazy.ts";
import { Log } from "./log.ts";
import { MoneyServices } from "./moneyServices.ts";
import { notify } from "./notify.ts";
import { openSettingsButton } from "./openSettings.ts";
import { registerOwnPlaces } from "./ownPlaces.ts";
import { TokenStore, WebhookTokenStore } from "./secrets.ts";
import { Settings } from "./settings.ts";

/** How this platform keeps files: Node and the web differ. */
export type OpenHistoryFiles = (folder: vscode.Uri) => HistoryFiles;

/**
 * Everything the extension is made of, wired once. Activation makes what registers with VS Code; each part that works
 * is a `Lazy`, whose code is loaded by `import()` when it is first used: import its types alone above. Disposing this
 * ends the extension.
 */
export class Services implements vscode.Disposable {
  readonly #store = new DisposableStore();
  readonly #chat: Lazy<Chat>;
  readonly #money: MoneyServices;

  constructor(context: vscode.ExtensionContext, openFiles: OpenHistoryFiles) {
    const store = this.#store;
    const base = this.#makeBase(context, openFiles);
    const { log, settings, account, money } = base;

    const api = new Lazy<Api>(async () => (await import("./apiServices.ts")).makeApi(base));
    const edits = new Lazy<EditService>(async () => {
      const { makeEdits } = await import("./editServices.ts");
      return store.add(makeEdits(base, await api.get()));
    });
    const attachments = new Lazy(async () => {
      const { makeAttachments } = await import("./contextServices.ts");
      return makeAttachments(base, store);
    });
    const chat = new Lazy<Chat>(async () => {
      const { makeChat } = await import("./chatParts.ts");
      const files = openFiles(historyFolder(context));
      const applyToFile: ChatParts["applyToFile"] = async (code) => (await edits.get()).applyCode(code);
      const parts = { ...(await attachments.get()), files, applyToFile };
      return makeChat(base, await api.get(), parts, store);
    });
    const menus = new Lazy(async () => {
      const { makeMenus } = await import("./menuServices.ts");
      return makeMenus(base, await api.get());
    });
    const models = new Lazy(async () => {
      const { makeLanguageModels } = await import("./languageModelServices.ts");
      return makeLanguageModels(base, await api.get());
    });
    const tool = new Lazy(async () => {
      const { makeAskTool } = await import("./languageModelServices.ts");
      return makeAskTool(base, await api.get());
    });
    const participant = new Lazy(async () => {
      const { makeParticipant } = await import("./participantServices.ts");
      return makeParticipant(base, await api.get(), await attachments.get());
    });
    const commitMessage = new Lazy(async () => {
      const { makeCommitMessage } = await import("./commitServices.ts");
      return makeCommitMessage(base, await api.get());
    });
    this.#chat = chat;
    this.#money = money;

    const chats = async () => (await chat.get()).services.chats;
    const history = async () => (await chat.get()).services.history;
    const lens = store.add(new FunctionLens(() => settings.codeLens, notify));
    const table: CommandTable = {
      "valar.setToken": async () => (await api.get()).token.setToken(),
      "valar.clearToken": async () => (await api.get()).token.clearToken(),
      "valar.setWebhookToken": async () => (await api.get()).webhook.run(),
      "valar.focusChat": async () => (await chats()).focus(),
      "valar.newChat": async () => (await chats()).newChat(),
      "valar.find": async () => (await chats()).find(),
      "valar.history": async () => (await history()).show(),
      "valar.exportChat": async () => (await history()).export(),
      "valar.importChat": async () => (await history()).import(),
      "valar.openChatInEditor": async () => (await chats()).openInEditor(),
      "valar.stop": async () => (await chats()).active.stop(),
      "valar.selectModel": async () => (await menus.get()).model.run(),
      "valar.selectWindow": async () => (await menus.get()).window.run(),
      "valar.explain": async (about) => (await lens.select(about)) && (await chat.get()).code.explain(about),
      "valar.addToChat": async () => (await chat.get()).code.addToChat(),
      "valar.edit": async () => (await edits.get()).edit(),
      "valar.refactor": async (about) => (await lens.select(about)) && (await edits.get()).run("refactor"),
      "valar.fix": async (problem) => (await edits.get()).fix(problem),
      "valar.docs": async () => (await edits.get()).run("docs"),
      "valar.optimize": async () => (await edits.get()).run("optimize"),
      "valar.tests": async (about) => (await lens.select(about)) && (await edits.get()).writeTests(),
      "valar.acceptEdit": async (which) => (await edits.get()).accept(which),
      "valar.rejectEdit": async (which) => (await edits.get()).reject(which),
      "valar.acceptChange": async (which) => (await edits.get()).decide("accepted", which),
      "valar.rejectChange": async (which) => (await edits.get()).decide("rejected", which),
      "valar.rejectRemaining": async (which) => (await edits.get()).rejectRemaining(which),
      "valar.showEditDiff": async (which) => (await edits.get()).showDiff(which),
      "valar.retryEdit": async (which) => (await edits.get()).editAndRetry(which),
      "valar.bringBackEdit": async () => (await edits.get()).bringBack(),
      "valar.nextChange": async () => (await edits.get()).nextChange(1),
      "valar.previousChange": async () => (await edits.get()).nextChange(-1),
      "valar.generateCommitMessage": async (source) => (await commitMessage.get()).run(source),
      "valar.menu": async () => (await menus.get()).menu.run(),
      "valar.showUsage": () => money.usage.show(),
      "valar.clearUsage": () => money.usage.clear(),
      "valar.hideUsage": () => money.usage.hide(),
      "valar.showLog": () => log.show(),
    };
    store.add(registerCommands(table, log));
    store.add(registerChatPlaces(chats));
    store.add(new EditCodeActions());
    store.add(
      registerOwnPlaces(base, {
        models: () => models.get(),
        tool: () => tool.get(),
        participant: () => participant.get(),
      }),
    );
    store.add(account.onDidChange(({ state }) => setContextKey("valar.signedIn", state === "signedIn")));
  }

  /** Writes what is not yet on disk, and erases what was deleted. */
  async close(): Promise<void> {
    const closeChat = async () => (await this.#chat.begun)?.services.close();
    await Promise.all([closeChat(), this.#money.close()]);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #makeBase(context: vscode.ExtensionContext, openFiles: OpenHistoryFiles): Base {
    const store = this.#store;
    const clock = createSystemClock();
    const log = store.add(new Log());
    const settings = store.add(new Settings(reportSetting));
    const tokens = store.add(new TokenStore(context.secrets, () => settings.origin, log));
    const webhookTokens = store.add(new WebhookTokenStore(context.secrets, log));
    const account = store.add(new Account(settings, tokens, log));
    const money = store.add(
      new MoneyServices({
        files: openFiles(vscode.Uri.joinPath(context.globalStorageUri, "usage")),
        settings,
        account,
        memory: context.globalState,
        log,
        clock,
        notice: async (notice) => (await this.#chat.get()).services.chats.active.notice(notice),
      }),
    );
    return { context, log, settings, tokens, webhookTokens, account, money, git: new Git(clock), clock };
  }
}

function reportSetting(message: string, setting: SettingId): void {
  void notify("warning", message, [openSettingsButton(setting)]);
}

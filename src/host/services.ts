import * as vscode from "vscode";
import { parseBaseUrl } from "../core/api/baseUrl.ts";
import { ApiClient } from "../core/api/client.ts";
import { ApiError } from "../core/api/errors.ts";
import { fingerprintOf } from "../core/api/fingerprint.ts";
import type { RequestMeter } from "../core/api/meter.ts";
import type { Access, ChatMessage, ChatParameters, PreparedRequest } from "../core/api/types.ts";
import { isSecretPath } from "../core/context/secrets.ts";
import { createSystemClock } from "../core/util/clock.ts";
import { DisposableStore } from "../core/util/disposable.ts";
import { accountView } from "./chat/accountView.ts";
import type { Chats } from "./chat/chats.ts";
import { ChatServices } from "./chatServices.ts";
import { errorView, isReplayable, toFailure } from "./errorView.ts";

import { CodeCommands } from "./commands/codeCommands.ts";
import { ErrorActions } from "./commands/errorActions.ts";
import { MenuCommand } from "./commands/menuCommand.ts";
import { ModelCommand } from "./commands/modelCommand.ts";
import { type CommandTable, registerCommands } from "./commands/registerCommands.ts";
import { TokenCommands } from "./commands/tokenCommands.ts";
import { WebhookCommand } from "./commands/webhookCommand.ts";
import { WindowCommand } from "./commands/windowCommand.ts";
import { askModal } from "./context/consent.ts";
import { ContextService } from "./context/contextService.ts";
import { suggestionId } from "./context/suggestionId.ts";
import { setContextKey } from "./contextKeys.ts";
import type { SettingId } from "./contributions.ts";
import { EditService } from "./edit/editService.ts";
import { FunctionLens } from "./edit/functionLens.ts";
import { findProblem } from "./edit/problems.ts";
import { enclosingSymbol } from "./enclosingSymbol.ts";
import { historyFolder } from "./historyFolder.ts";
import { Git } from "./git.ts";
import type { HistoryFiles } from "./historyFiles.ts";
import { Log } from "./log.ts";
import { SettingModelChoices } from "./models/settingModelChoices.ts";
import { ModelBudget } from "./models/modelBudget.ts";
import { MoneyServices } from "./moneyServices.ts";
import { notify } from "./notify.ts";
import { registerOwnPlaces } from "./ownPlaces.ts";
import { PromptLibrary } from "./prompts/promptLibrary.ts";
import { WorkspacePrompts } from "./prompts/workspacePrompts.ts";
import { rangeContext } from "./rangeContext.ts";
import { CommitMessageCommand } from "./scm/commitMessageCommand.ts";
import { TokenStore, WebhookTokenStore } from "./secrets.ts";
import { Settings } from "./settings.ts";
import { promptProblemText } from "./settings/prompts.ts";

/** How this platform keeps files: Node and the web differ. */
export type OpenHistoryFiles = (folder: vscode.Uri) => HistoryFiles;

/** Everything the extension is made of, wired once. Disposing it ends the extension. */
export class Services implements vscode.Disposable {
  readonly #store = new DisposableStore();
  readonly #chat: ChatServices;

  constructor(context: vscode.ExtensionContext, openFiles: OpenHistoryFiles) {
    const store = this.#store;
    const log = store.add(new Log());
    const settings = store.add(new Settings(reportSetting));
    const tokens = store.add(new TokenStore(context.secrets, () => settings.origin, log));
    const webhookTokens = store.add(new WebhookTokenStore(context.secrets, log));
    const money = store.add(
      new MoneyServices({
        files: openFiles(vscode.Uri.joinPath(context.globalStorageUri, "usage")),
        settings,
        memory: context.globalState,
        log,
        notice: (notice) => this.#chat.chats.active.notice(notice),
      }),
    );
    const client = makeClient(settings, tokens, webhookTokens, log, money.spending);
    const token = new TokenCommands({
      tokens,
      baseUrl: () => settings.baseUrl,
      checkToken: async (access, signal) => (await client.checkToken(access, signal)).length,
    });
    const models = new SettingModelChoices({
      settings,
      listModels: (signal) => client.listModels(signal),
      account: async () => {
        const access = await accessOf(settings, tokens);
        return access && fingerprintOf(access);
      },
      report: (error) => void errors.report(errorView(toFailure(error))),
      notify,
      clock: createSystemClock(),
    });
    const errors = new ErrorActions({
      token,
      log,
      clearWay: (action) => {
        if (action === "sendAnyway") return money.spending.lift();
        return models.chooseWindow(action === "useAsap" ? "asap" : "standard");
      },
    });
    const model = new ModelCommand(models);
    const window = new WindowCommand(models);
    const menu = new MenuCommand({
      current: () => models.current(),
      spent: () => money.spentText(),
      isOverBudget: () => money.isOverBudget,
      lift: () => money.spending.lift(),
      changeBudget: () => errors.perform("changeBudget"),
    });
    const webhook = new WebhookCommand(webhookTokens, () => settings.completionWebhook);
    const prepareChat = async (parameters: ChatParameters) =>
      client.prepareChat(await withWebhookToken(parameters, webhookTokens));
    const parts = { settings, tokens, client, prepareChat, log, token, errors, money };
    const edits = store.add(makeEdits(context, parts));
    const lens = store.add(new FunctionLens(() => settings.codeLens, notify));
    const clock = createSystemClock();
    const attachments = store.add(
      new ContextService({
        settings: () => settings.context,
        ask: askModal,
        clock,
        isTrusted: () => vscode.workspace.isTrusted,
        log,
      }),
    );
    const prompts = store.add(makePrompts(store, settings, attachments, log));
    const budget = new ModelBudget({
      settings,
      memory: context.globalState,
      onForgotten: (error) => log.error("What was learnt of token counts could not be kept", error),
    });
    this.#chat = store.add(
      new ChatServices({
        ...parts,
        extensionUri: context.extensionUri,
        files: openFiles(historyFolder(context)),
        account: () => accountView(tokens),
        context: attachments,
        prompts,
        budget,
        models,
        clock,
        setToken: () => token.setToken(),
        getKey: () => token.getKey(),
        applyToFile: (code) => edits.applyCode(code),
        perform: (action) => void errors.perform(action),
        clearWay: (action) => errors.clearWay(action),
      }),
    );
    const { chats, history } = this.#chat;
    const code = makeCodeCommands(chats);
    const commitMessage = makeCommitMessage(parts);
    const table: CommandTable = {
      "valar.setToken": () => token.setToken(),
      "valar.clearToken": () => token.clearToken(),
      "valar.setWebhookToken": () => webhook.run(),
      "valar.focusChat": () => chats.focus(),
      "valar.newChat": async () => {
        await chats.active.newChat();
        await chats.focus();
      },
      "valar.history": () => history.show(),
      "valar.exportChat": () => history.export(),
      "valar.importChat": () => history.import(),
      "valar.openChatInEditor": () => chats.openInEditor(),
      "valar.stop": () => chats.active.stop(),
      "valar.selectModel": () => model.run(),
      "valar.selectWindow": () => window.run(),
      "valar.explain": async (about) => (await lens.select(about)) && code.explain(about),
      "valar.addToChat": () => code.addToChat(),
      "valar.edit": () => edits.edit(),
      "valar.refactor": async (about) => (await lens.select(about)) && edits.run("refactor"),
      "valar.fix": (problem) => edits.fix(problem),
      "valar.docs": () => edits.run("docs"),
      "valar.optimize": () => edits.run("optimize"),
      "valar.tests": async (about) => (await lens.select(about)) && edits.writeTests(),
      "valar.acceptEdit": (which) => edits.accept(which),
      "valar.rejectEdit": (which) => edits.reject(which),
      "valar.acceptChange": (which) => edits.decide("accepted", which),
      "valar.rejectChange": (which) => edits.decide("rejected", which),
      "valar.rejectRemaining": (which) => edits.rejectRemaining(which),
      "valar.showEditDiff": (which) => edits.showDiff(which),
      "valar.retryEdit": (which) => edits.editAndRetry(which),
      "valar.nextChange": () => edits.nextChange(1),
      "valar.previousChange": () => edits.nextChange(-1),
      "valar.generateCommitMessage": (source) => commitMessage.run(source),
      "valar.menu": () => menu.run(),
      "valar.showUsage": () => money.usage.show(),
      "valar.clearUsage": () => money.usage.clear(),
      "valar.hideUsage": () => money.usage.hide(),
      "valar.showLog": () => log.show(),
    };
    store.add(registerCommands(table, log));
    store.add(
      registerOwnPlaces({
        ...parts,
        extensionUri: context.extensionUri,
        context: attachments,
        prompts,
        budget,
        clock,
      }),
    );
    followChanges(store, chats, parts);
  }

  /** Writes what is not yet on disk, and erases what was deleted. */
  close(): Promise<void> {
    return this.#chat.close();
  }

  dispose(): void {
    this.#store.dispose();
  }
}

/** Parts that several makers below need. */
interface Parts {
  readonly settings: Settings;
  readonly tokens: TokenStore;
  readonly client: ApiClient;
  readonly prepareChat: (parameters: ChatParameters) => Promise<PreparedRequest>;
  readonly log: Log;
  readonly token: TokenCommands;
  readonly errors: ErrorActions;
  readonly money: MoneyServices;
}

/** The token goes along with its webhook. */
async function withWebhookToken(
  parameters: ChatParameters,
  tokens: WebhookTokenStore,
): Promise<ChatParameters> {
  const { completionWebhook } = parameters;
  const webhookToken = completionWebhook === undefined ? undefined : await tokens.get(completionWebhook);
  return webhookToken === undefined ? parameters : { ...parameters, webhookToken };
}

/** Undefined without a token. Throws `ApiError` when the base URL is not allowed. */
async function accessOf(settings: Settings, tokens: TokenStore): Promise<Access | undefined> {
  const base = parseBaseUrl(settings.baseUrl);
  if (base.type === "error") {
    throw new ApiError("invalidRequest", base.said);
  }
  const stored = await tokens.get();
  return stored && { baseUrl: base.url, token: stored.token };
}

function makeClient(
  settings: Settings,
  tokens: TokenStore,
  webhookTokens: WebhookTokenStore,
  log: Log,
  meter: RequestMeter,
): ApiClient {
  return new ApiClient({
    access: () => accessOf(settings, tokens),
    // Looked up at each call: VS Code may put its proxy-aware fetch in place later.
    fetch: (input, init) => globalThis.fetch(input, init),
    clock: createSystemClock(),
    random: () => Math.random(),
    randomUuid: () => crypto.randomUUID(),
    timeouts: () => settings.timeouts,
    log,
    models: () => settings.models,
    webhookToken: (webhook) => webhookTokens.get(webhook),
    meter,
  });
}

function makeCommitMessage({ settings, client, prepareChat, errors }: Parts): CommitMessageCommand {
  return new CommitMessageCommand({
    git: new Git(createSystemClock()),
    stream: async function* (messages, signal) {
      const parameters = { ...settings.chatParameters(), messages, stream: true, includeUsage: true };
      yield* client.streamChat(await prepareChat(parameters), signal);
    },
    isSecretPath,
    notify,
    describeError: (error, retry) => errors.describe(error, retry),
  });
}

function makeEdits(context: vscode.ExtensionContext, parts: Parts): EditService {
  const { settings, client, prepareChat, errors } = parts;
  // The same messages again are the same request, tried again: with its key it is not billed twice.
  const prepared = new WeakMap<readonly ChatMessage[], PreparedRequest>();
  return new EditService({
    stream: async function* (messages, signal) {
      const parameters = { ...settings.chatParameters(), messages, stream: true, includeUsage: true };
      const request = prepared.get(messages) ?? (await prepareChat(parameters));
      prepared.set(messages, request);
      try {
        yield* client.streamChat(request, signal);
      } catch (error) {
        if (!isReplayable(toFailure(error))) {
          prepared.delete(messages);
        }
        throw error;
      }
    },
    notify,
    describeError: (error, retry) => errors.describe(error, retry),
    memory: context.globalState,
    clock: createSystemClock(),
  });
}

function makePrompts(
  store: DisposableStore,
  settings: Settings,
  attachments: ContextService,
  log: Log,
): PromptLibrary {
  const changed = store.add(new vscode.EventEmitter<void>());
  store.add(
    settings.onDidChange((event) => {
      if (event.affectsConfiguration("valar.prompts")) {
        changed.fire();
      }
    }),
  );
  const workspace = store.add(
    new WorkspacePrompts({
      report: (problem) => void notify("warning", promptProblemText(problem)),
      onError: (error) => log.error("The prompts of the workspace could not be read", error),
    }),
  );
  return new PromptLibrary({
    own: () => settings.prompts,
    onDidChangeOwn: changed.event,
    workspace,
    gitChanges: (signal) => attachments.resolve(suggestionId({ type: "changes" }), signal),
  });
}

function makeCodeCommands(chats: Chats): CodeCommands {
  return new CodeCommands({
    context: rangeContext,
    send: (text, context) => chats.active.send(crypto.randomUUID(), text, { context }),
    addContext: (item) => chats.active.addContext([item]),
    offerDraft: (text) => chats.active.offerDraft(text),
    focusChat: () => chats.focus(),
    findProblem,
    enclosing: enclosingSymbol,
  });
}

/** Keeps what a person sees in step with settings, token and the running answer. */
function followChanges(store: DisposableStore, chats: Chats, parts: Parts): void {
  const { settings, tokens, log, money } = parts;
  const accountChanged = () => {
    accountView(tokens)
      .then((account) => {
        setContextKey("valar.signedIn", account.state === "signedIn");
        chats.all.forEach((chat) => chat.accountChanged(account));
        money.accountChanged(account);
      })
      .catch((error: unknown) => log.error("The token could not be read", error));
  };
  store.add(chats.onDidChangeActive(({ isRunning }) => setContextKey("valar.answering", isRunning)));
  store.add(
    settings.onDidChange((event) => {
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
  store.add(tokens.onDidChange(accountChanged));
  store.add(
    settings.onDidChange((event) => {
      if (event.affectsConfiguration("valar.baseUrl")) {
        accountChanged();
      }
    }),
  );
  accountChanged();
}

function reportSetting(message: string, setting: SettingId): void {
  const open = () => vscode.commands.executeCommand("workbench.action.openSettings", setting);
  void notify("warning", message, [{ label: vscode.l10n.t("Open Settings"), run: open }]);
}

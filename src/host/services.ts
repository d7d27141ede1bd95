import * as vscode from "vscode";
import { parseBaseUrl } from "../core/api/baseUrl.ts";
import { ApiClient } from "../core/api/client.ts";
import { costUsd } from "../core/api/cost.ts";
import { ApiError } from "../core/api/errors.ts";
import { fingerprintOf } from "../core/api/fingerprint.ts";
import { modelInfo } from "../core/api/models.ts";
import type { Access, ChatMessage, ChatParameters, PreparedRequest } from "../core/api/types.ts";
import { estimateTokens } from "../core/chat/tokenEstimate.ts";
import { createSystemClock } from "../core/util/clock.ts";
import { DisposableStore } from "../core/util/disposable.ts";
import { accountView } from "./chat/accountView.ts";
import { chatHandlers } from "./chat/chatHandlers.ts";
import { errorView, isReplayable, toFailure } from "./errorView.ts";
import { ChatSession } from "./chat/chatSession.ts";
import { ChatView } from "./chat/chatView.ts";
import { ConversationStore } from "./chat/conversationStore.ts";

import { CodeCommands } from "./commands/codeCommands.ts";
import { describeError, performErrorAction, reportError } from "./commands/errorActions.ts";
import { ModelCommand } from "./commands/modelCommand.ts";
import { type CommandTable, registerCommands } from "./commands/registerCommands.ts";
import { TokenCommands } from "./commands/tokenCommands.ts";
import { WebhookCommand } from "./commands/webhookCommand.ts";
import { setContextKey } from "./contextKeys.ts";
import { modelVendor, type SettingId } from "./contributions.ts";
import { EditService } from "./edit/editService.ts";
import { findProblem } from "./edit/problems.ts";
import { enclosingSymbol } from "./enclosingSymbol.ts";
import type { HistoryFiles } from "./historyFiles.ts";
import { LanguageModels } from "./lm/languageModels.ts";
import { Log } from "./log.ts";
import { SettingModelChoices } from "./models/settingModelChoices.ts";
import { notify } from "./notify.ts";
import { rangeContext } from "./rangeContext.ts";
import { TokenStore, WebhookTokenStore } from "./secrets.ts";
import { Settings } from "./settings.ts";
import { readResponseFormat } from "./settings/responseFormat.ts";

/** How this platform keeps files: Node and the web differ. */
export type OpenHistoryFiles = (folder: vscode.Uri) => HistoryFiles;

/** Everything the extension is made of, wired once. Disposing it ends the extension. */
export class Services implements vscode.Disposable {
  readonly #store = new DisposableStore();
  readonly #session: ChatSession;

  constructor(context: vscode.ExtensionContext, openFiles: OpenHistoryFiles) {
    const store = this.#store;
    const log = store.add(new Log());
    const settings = store.add(new Settings(reportSetting));
    const tokens = store.add(new TokenStore(context.secrets, () => settings.origin, log));
    const webhookTokens = store.add(new WebhookTokenStore(context.secrets, log));
    const client = makeClient(settings, tokens, webhookTokens, log);
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
      report: (error) => void reportError(errorView(toFailure(error)), token, log),
      notify,
      clock: createSystemClock(),
    });
    const model = new ModelCommand(models);
    const webhook = new WebhookCommand(webhookTokens, () => settings.completionWebhook);
    const prepareChat = async (parameters: ChatParameters) =>
      client.prepareChat(await withWebhookToken(parameters, webhookTokens));
    const parts = { settings, tokens, client, prepareChat, log, token };
    const session = store.add(makeSession(openFiles(historyFolder(context)), parts));
    this.#session = session;
    const panel = {
      setToken: () => token.setToken(),
      getKey: () => token.getKey(),
      selectModel: () => model.run(),
    };
    const handlers = (seq: () => number) => chatHandlers(session, panel, seq);
    const view = store.add(new ChatView(context.extensionUri, session, handlers, log));
    const edits = store.add(makeEdits(context, parts));
    const code = makeCodeCommands(session, view);
    const table: CommandTable = {
      "valar.setToken": () => token.setToken(),
      "valar.clearToken": () => token.clearToken(),
      "valar.setWebhookToken": () => webhook.run(),
      "valar.focusChat": () => view.focus(),
      "valar.newChat": async () => {
        await session.newChat();
        await view.focus();
      },
      "valar.stop": () => session.stop(),
      "valar.selectModel": () => model.run(),
      "valar.explain": (about) => code.explain(about),
      "valar.addToChat": () => code.addToChat(),
      "valar.edit": () => edits.edit(),
      "valar.refactor": () => edits.run("refactor"),
      "valar.fix": (problem) => edits.fix(problem),
      "valar.docs": () => edits.run("docs"),
      "valar.optimize": () => edits.run("optimize"),
      "valar.acceptEdit": (which) => edits.accept(which),
      "valar.rejectEdit": (which) => edits.reject(which),
      "valar.acceptChange": (which) => edits.decide("accepted", which),
      "valar.rejectChange": (which) => edits.decide("rejected", which),
      "valar.rejectRemaining": (which) => edits.rejectRemaining(which),
      "valar.showEditDiff": (which) => edits.showDiff(which),
      "valar.retryEdit": (which) => edits.editAndRetry(which),
      "valar.nextChange": () => edits.nextChange(1),
      "valar.previousChange": () => edits.nextChange(-1),
      "valar.showLog": () => log.show(),
    };
    store.add(registerCommands(table, log));
    store.add(vscode.lm.registerLanguageModelChatProvider(modelVendor, makeLanguageModels(parts)));
    followChanges(store, session, parts);
  }

  /** Writes what is not yet on disk. */
  flush(): Promise<void> {
    return this.#session.flush();
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
    throw new ApiError("invalidRequest", base.message);
  }
  const stored = await tokens.get();
  return stored && { baseUrl: base.url, token: stored.token };
}

function makeClient(
  settings: Settings,
  tokens: TokenStore,
  webhookTokens: WebhookTokenStore,
  log: Log,
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
  });
}

function historyFolder(context: vscode.ExtensionContext): vscode.Uri {
  return vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, "conversations");
}

function makeSession(files: HistoryFiles, parts: Parts): ChatSession {
  const { settings, tokens, client, prepareChat, log, token } = parts;
  return new ChatSession({
    streamChat: (request, signal, shown) => client.streamChat(request, signal, shown),
    prepareChat,
    parameters: () => settings.chatParameters(),
    instructions: () => settings.instructions,
    responseFormat: () => readResponseFormat(settings.responseFormat),
    modelName: (id) => modelInfo(id, settings.models).name,
    account: () => accountView(tokens),
    costOf: ({ usage, model, completionWindow }) =>
      usage && costUsd(usage, model, completionWindow, settings.prices),
    store: new ConversationStore(files, log, () => void warnUnsaved(log)),
    perform: (action) => void performErrorAction(action, token, log),
    report: (error) => void reportError(error, token, log),
    clock: createSystemClock(),
  });
}

function makeLanguageModels({ settings, tokens, client, prepareChat, token }: Parts): LanguageModels {
  return new LanguageModels({
    isSignedIn: async () => (await tokens.get()) !== undefined,
    signIn: () => token.setToken(),
    listModels: (signal) => client.listModels(signal),
    modelInfo: (id) => modelInfo(id, settings.models),
    parameters: () => settings.chatParameters(),
    prepareChat,
    streamChat: (request, signal) => client.streamChat(request, signal),
    countTokens: (_model, text) => estimateTokens(text),
    onDidChange: tokens.onDidChange,
  });
}

function makeEdits(context: vscode.ExtensionContext, parts: Parts): EditService {
  const { settings, client, prepareChat, log, token } = parts;
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
    describeError: (error) => describeError(error, token, log),
    memory: context.globalState,
    clock: createSystemClock(),
  });
}

function makeCodeCommands(session: ChatSession, view: ChatView): CodeCommands {
  return new CodeCommands({
    context: rangeContext,
    send: (text, items) => session.send(crypto.randomUUID(), text, items),
    addContext: (item) => session.addContext(item),
    offerDraft: (text) => session.offerDraft(text),
    focusChat: () => view.focus(),
    findProblem,
    enclosing: enclosingSymbol,
  });
}

/** Keeps what a person sees in step with settings, token and the running answer. */
function followChanges(store: DisposableStore, session: ChatSession, parts: Parts): void {
  const { settings, tokens, log } = parts;
  const accountChanged = () => {
    accountView(tokens)
      .then((account) => {
        setContextKey("valar.signedIn", account.state === "signedIn");
        session.accountChanged(account);
      })
      .catch((error: unknown) => log.error("The token could not be read", error));
  };
  store.add(session.onDidChangeRunning((isRunning) => setContextKey("valar.answering", isRunning)));
  store.add(
    settings.onDidChange((event) => {
      const isShown =
        event.affectsConfiguration("valar.prices") || event.affectsConfiguration("valar.models");
      if (isShown) {
        void session.refresh();
      } else {
        session.composerChanged();
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

function warnUnsaved(log: Log): Promise<void> {
  const message = vscode.l10n.t(
    "The conversation cannot be saved on this machine. The chat goes on without it.",
  );
  return notify("warning", message, [{ label: vscode.l10n.t("Show Log"), run: () => log.show() }]);
}

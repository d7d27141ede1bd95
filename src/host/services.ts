import * as vscode from "vscode";
import { parseBaseUrl } from "../core/api/baseUrl.ts";
import { ApiClient } from "../core/api/client.ts";
import { costUsd } from "../core/api/cost.ts";
import { ApiError } from "../core/api/errors.ts";
import { modelInfo } from "../core/api/models.ts";
import { defaultTimeouts } from "../core/api/timeouts.ts";
import type { ChatMessage, PreparedRequest } from "../core/api/types.ts";
import { createSystemClock } from "../core/util/clock.ts";
import { DisposableStore } from "../core/util/disposable.ts";
import { accountView } from "./chat/accountView.ts";
import { chatHandlers } from "./chat/chatHandlers.ts";
import { isReplayable, toFailure } from "./errorView.ts";
import { ChatSession } from "./chat/chatSession.ts";
import { ChatView } from "./chat/chatView.ts";
import { ConversationStore } from "./chat/conversationStore.ts";
import { rangeContext } from "./chat/selectionContext.ts";
import { CodeCommands } from "./commands/codeCommands.ts";
import { describeError, performErrorAction, reportError } from "./commands/errorActions.ts";
import { ModelCommand } from "./commands/modelCommand.ts";
import { type CommandTable, registerCommands } from "./commands/registerCommands.ts";
import { TokenCommands } from "./commands/tokenCommands.ts";
import { setContextKey } from "./contextKeys.ts";
import type { SettingId } from "./contributions.ts";
import { EditService } from "./edit/editService.ts";
import { enclosingSymbol } from "./enclosingSymbol.ts";
import { Log } from "./log.ts";
import { notify } from "./notify.ts";
import { TokenStore } from "./secrets.ts";
import { Settings } from "./settings.ts";

/** Everything the extension is made of, wired once. Disposing it ends the extension. */
export class Services implements vscode.Disposable {
  readonly #store = new DisposableStore();
  readonly #session: ChatSession;

  constructor(context: vscode.ExtensionContext) {
    const store = this.#store;
    const log = store.add(new Log());
    const settings = store.add(new Settings(reportSetting));
    const tokens = store.add(new TokenStore(context.secrets, () => settings.origin, log));
    const client = makeClient(settings, tokens, log);
    const token = new TokenCommands({
      tokens,
      baseUrl: () => settings.baseUrl,
      checkToken: async (access, signal) => (await client.checkToken(access, signal)).length,
    });
    const model = new ModelCommand(
      (signal) => client.listModels(signal),
      () => settings.model,
    );
    const parts = { settings, tokens, client, log, token };
    const session = store.add(makeSession(context, parts));
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
      "valar.focusChat": () => view.focus(),
      "valar.newChat": async () => {
        await session.newChat();
        await view.focus();
      },
      "valar.stop": () => session.stop(),
      "valar.selectModel": () => model.run(),
      "valar.explain": () => code.explain(),
      "valar.addToChat": () => code.addToChat(),
      "valar.edit": () => edits.edit(),
      "valar.refactor": () => edits.refactor(),
      "valar.acceptEdit": (which) => edits.accept(which),
      "valar.rejectEdit": (which) => edits.reject(which),
      "valar.showEditDiff": (which) => edits.showDiff(which),
      "valar.retryEdit": (which) => edits.editAndRetry(which),
      "valar.nextChange": () => edits.nextChange(1),
      "valar.previousChange": () => edits.nextChange(-1),
      "valar.showLog": () => log.show(),
    };
    store.add(registerCommands(table, log));
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
  readonly log: Log;
  readonly token: TokenCommands;
}

function makeClient(settings: Settings, tokens: TokenStore, log: Log): ApiClient {
  return new ApiClient({
    access: async () => {
      const base = parseBaseUrl(settings.baseUrl);
      if (base.type === "error") {
        throw new ApiError("invalidRequest", base.message);
      }
      const stored = await tokens.get();
      return stored && { baseUrl: base.url, token: stored.token };
    },
    // Looked up at each call: VS Code may put its proxy-aware fetch in place later.
    fetch: (input, init) => globalThis.fetch(input, init),
    clock: createSystemClock(),
    random: () => Math.random(),
    randomUuid: () => crypto.randomUUID(),
    timeouts: () => defaultTimeouts,
    log,
  });
}

function makeSession(context: vscode.ExtensionContext, parts: Parts): ChatSession {
  const { settings, tokens, client, log, token } = parts;
  const folder = vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, "conversations");
  return new ChatSession({
    streamChat: (request, signal, shown) => client.streamChat(request, signal, shown),
    prepareChat: (parameters) => client.prepareChat(parameters),
    parameters: () => settings.chatParameters(),
    instructions: () => settings.instructions,
    modelName: (id) => modelInfo(id).name,
    account: () => accountView(tokens),
    costOf: ({ usage, model, completionWindow }) => usage && costUsd(usage, model, completionWindow),
    store: new ConversationStore(folder, log, () => void warnUnsaved(log)),
    perform: (action) => void performErrorAction(action, token, log),
    report: (error) => void reportError(error, token, log),
    clock: createSystemClock(),
  });
}

function makeEdits(context: vscode.ExtensionContext, parts: Parts): EditService {
  const { settings, client, log, token } = parts;
  // The same messages again are the same request, tried again: with its key it is not billed twice.
  const prepared = new WeakMap<readonly ChatMessage[], PreparedRequest>();
  return new EditService({
    stream: async function* (messages, signal) {
      const parameters = { ...settings.chatParameters(), messages, stream: true, includeUsage: true };
      const request = prepared.get(messages) ?? (await client.prepareChat(parameters));
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
  store.add(settings.onDidChange(() => session.composerChanged()));
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

import assert from "node:assert/strict";
import * as vscode from "vscode";
import { createSystemClock } from "../../../src/core/util/clock.ts";
import { Account } from "../../../src/host/account.ts";
import { type Api, makeApi } from "../../../src/host/apiServices.ts";
import type { Base } from "../../../src/host/base.ts";
import { makeCommitMessage } from "../../../src/host/commitServices.ts";
import { ContextService } from "../../../src/host/context/contextService.ts";
import { Git, type GitRepository } from "../../../src/host/git.ts";
import { makeAskTool, makeLanguageModels } from "../../../src/host/languageModelServices.ts";
import { Log } from "../../../src/host/log.ts";
import { MoneyServices } from "../../../src/host/moneyServices.ts";
import { makeParticipant } from "../../../src/host/participantServices.ts";
import { PromptLibrary } from "../../../src/host/prompts/promptLibrary.ts";
import { TokenStore, WebhookTokenStore } from "../../../src/host/secrets.ts";
import { type Budgets, Settings } from "../../../src/host/settings.ts";
import type { ContextItem } from "../../../src/core/chat/conversation.ts";
import { testKey } from "../../support/simulator/config.ts";
import { type Simulator, startSimulator } from "../../support/simulator/server.ts";
import { MemoryFiles } from "../../unit/host/history/memoryFiles.ts";

/** A message beside a person's work, and its buttons. */
export interface Shown {
  readonly message: string;
  readonly buttons: readonly string[];
}

class TestedSettings extends Settings {
  url: string;
  limits: Budgets = { session: null, day: null };

  constructor(url: string) {
    super((message) => assert.fail(message));
    this.url = url;
  }

  override get baseUrl(): string {
    return this.url;
  }

  override get budgets(): Budgets {
    return this.limits;
  }
}

/** Writes nothing into VS Code's channel: one of the same name is the extension's own. */
class TestedLog extends Log {
  readonly lines: string[] = [];

  override debug(): void {
    // Nobody looks at it.
  }

  override info(message: string): void {
    this.lines.push(message);
  }

  override warn(message: string): void {
    this.lines.push(message);
  }

  override error(message: string, cause?: unknown): void {
    this.lines.push(`${message}: ${String(cause)}`);
  }
}

/** For all tests: a channel that is closed closes those of the same name. */
const log = new TestedLog();

/** `SecretStorage` in memory. */
function secretStorage(): vscode.SecretStorage {
  const kept = new Map<string, string>();
  return {
    get: (key) => Promise.resolve(kept.get(key)),
    store: (key, value) => Promise.resolve(void kept.set(key, value)),
    delete: (key) => Promise.resolve(void kept.delete(key)),
    onDidChange: new vscode.EventEmitter<vscode.SecretStorageChangeEvent>().event,
  };
}

/**
 * The product's own wiring of Valar in VS Code's places, with a simulator, a person who presses the button `press`,
 * and everything kept in memory.
 */
export class PlacesStage {
  readonly simulator: Simulator;
  readonly settings: TestedSettings;
  readonly log = log;
  readonly shown: Shown[] = [];
  /** Which button of the next message is pressed. */
  press: string | undefined;
  /** How often a token was asked for. */
  inputs = 0;
  /** What the person says when asked whether something may be attached. */
  mayAttach = false;
  readonly questions: string[] = [];
  /** What `/commit` finds. */
  gitChanges: ContextItem | undefined;
  readonly #base: Base;
  readonly #api: Api;
  readonly #own: vscode.Disposable[] = [];
  readonly #real = { ...vscode.window };

  static async start(): Promise<PlacesStage> {
    const stage = new PlacesStage(await startSimulator());
    await stage.signIn();
    return stage;
  }

  private constructor(simulator: Simulator) {
    this.simulator = simulator;
    const settings = this.#owned(new TestedSettings(simulator.baseUrl));
    this.settings = settings;
    log.lines.length = 0;
    const clock = createSystemClock();
    const memory = new Map<string, unknown>();
    const globalState: vscode.ExtensionContext["globalState"] = {
      keys: () => [...memory.keys()],
      get: (key: string) => memory.get(key) as undefined,
      update: (key: string, value: unknown) => Promise.resolve(void memory.set(key, value)),
      setKeysForSync: () => undefined,
    };
    const context = { globalState } as vscode.ExtensionContext;
    const tokens = this.#owned(new TokenStore(secretStorage(), () => settings.origin, log));
    const webhookTokens = this.#owned(new WebhookTokenStore(secretStorage(), log));
    const account = this.#owned(new Account(settings, tokens, log));
    const money = this.#owned(
      new MoneyServices({
        files: new MemoryFiles(),
        settings,
        account,
        memory: globalState,
        log,
        clock,
        notice: () => Promise.resolve(),
      }),
    );
    this.#base = {
      context,
      log,
      settings,
      tokens,
      webhookTokens,
      account,
      money,
      git: new Git(clock),
      clock,
    };
    this.#api = makeApi(this.#base);
    const show = (message: string, ...buttons: unknown[]) => {
      this.shown.push({ message, buttons: buttons.filter((button) => typeof button === "string") });
      const { press } = this;
      this.press = undefined;
      return Promise.resolve(press);
    };
    Object.assign(vscode.window, {
      showErrorMessage: show,
      showWarningMessage: show,
      showInformationMessage: show,
      showInputBox: () => Promise.resolve(void (this.inputs += 1)),
    });
  }

  async close(): Promise<void> {
    const { showErrorMessage, showWarningMessage, showInformationMessage } = this.#real;
    const { showInputBox } = this.#real;
    Object.assign(vscode.window, {
      showErrorMessage,
      showWarningMessage,
      showInformationMessage,
      showInputBox,
    });
    for (const part of this.#own) part.dispose();
    await this.simulator.close();
  }

  async signIn(token = testKey): Promise<void> {
    await this.#base.tokens.set(this.#origin, token);
  }

  async signOut(): Promise<void> {
    await this.#base.tokens.clear(this.#origin);
  }

  /** The bodies of the questions that the simulator got. */
  get asked() {
    return this.simulator.requests.filter(({ method }) => method === "POST");
  }

  participant() {
    const { settings, clock, git, log } = this.#base;
    const context = this.#owned(
      new ContextService({
        settings: () => settings.context,
        ask: ({ message, detail }) => {
          this.questions.push(`${message} ${detail}`);
          return Promise.resolve(this.mayAttach);
        },
        git,
        clock,
        isTrusted: () => true,
        log,
      }),
    );
    const nothing = new vscode.EventEmitter<void>().event;
    const prompts = this.#owned(
      new PromptLibrary({
        own: () => settings.prompts,
        onDidChangeOwn: nothing,
        workspace: { prompts: [], ready: () => Promise.resolve(), onDidChange: nothing },
        gitChanges: () => Promise.resolve(this.gitChanges),
      }),
    );
    return makeParticipant(this.#base, this.#api, { context, prompts });
  }

  tool() {
    return makeAskTool(this.#base, this.#api);
  }

  models() {
    return makeLanguageModels(this.#base, this.#api);
  }

  commitMessage(repository: GitRepository) {
    const git = {
      repositories: () => Promise.resolve([repository]),
      absence: () => assert.fail("there is one"),
    };
    return makeCommitMessage({ git }, this.#api);
  }

  get #origin(): string {
    return this.settings.origin ?? assert.fail("no base URL");
  }

  #owned<T extends vscode.Disposable>(part: T): T {
    this.#own.unshift(part);
    return part;
  }
}

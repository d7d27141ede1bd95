import * as vscode from "vscode";
import { DisposableStore } from "../core/util/disposable.ts";
import type { AccountView } from "../protocol/chat.ts";
import { environmentToken } from "./environment.ts";
import type { Log } from "./log.ts";
import type { TokenStore } from "./secrets.ts";
import type { Settings } from "./settings.ts";

/** Whether the base URL that is set can be used and there is a token for it, and where that comes from. */
export class Account implements vscode.Disposable {
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<AccountView>());
  readonly #settings: Pick<Settings, "origin" | "onDidChange">;
  readonly #tokens: Pick<TokenStore, "get" | "onDidChange">;
  readonly #log: Pick<Log, "info" | "error">;

  /** Fires at the start too, once the token was looked for. */
  readonly onDidChange = this.#changed.event;
  /** Resolves once the token was looked for, whether or not that failed. */
  readonly begun: Promise<void>;
  #known: AccountView | undefined;
  /** Counts the changes, so that what was read before one is not told after it. */
  #changes = 0;

  constructor(
    settings: Pick<Settings, "origin" | "onDidChange">,
    tokens: Pick<TokenStore, "get" | "onDidChange">,
    log: Pick<Log, "info" | "error">,
  ) {
    this.#settings = settings;
    this.#tokens = tokens;
    this.#log = log;
    this.#store.add(tokens.onDidChange(() => void this.#look()));
    this.#store.add(
      settings.onDidChange((event) => {
        if (event.affectsConfiguration("valar.baseUrl")) {
          void this.#look();
        }
      }),
    );
    this.begun = this.#look();
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** As it was when last looked for; undefined before, and where no look succeeded. */
  get known(): AccountView | undefined {
    return this.#known;
  }

  /** As it is now: read again when it changes meanwhile. */
  async view(): Promise<AccountView> {
    const changes = this.#changes;
    const account = await this.#read();
    return changes === this.#changes ? account : this.view();
  }

  async #read(): Promise<AccountView> {
    if (this.#settings.origin === undefined) return { state: "badBaseUrl", source: undefined };
    const stored = await this.#tokens.get();
    return stored ? { state: "signedIn", source: stored.source } : { state: "signedOut", source: undefined };
  }

  async #look(): Promise<void> {
    this.#changes++;
    try {
      const account = await this.view();
      if (account.source === "environment") {
        this.#log.info(`The API token comes from the environment variable ${environmentToken}`);
      }
      this.#known = account;
      this.#changed.fire(account);
    } catch (error) {
      this.#log.error("The token could not be read", error);
    }
  }
}

/** Says where the API token comes from when none is stored. */
export function environmentTokenText(): string {
  return vscode.l10n.t("The API token comes from the environment variable {0}.", environmentToken);
}

export function badBaseUrlText(): string {
  return vscode.l10n.t("The base URL cannot be used.");
}

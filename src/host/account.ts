import * as vscode from "vscode";
import { DisposableStore } from "../core/util/disposable.ts";
import type { AccountView } from "../protocol/chat.ts";
import { environmentToken } from "./environment.ts";
import type { Log } from "./log.ts";
import type { TokenStore } from "./secrets.ts";
import type { Settings } from "./settings.ts";

/** Whether there is a token for the base URL that is set, and where it comes from. */
export class Account implements vscode.Disposable {
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<AccountView>());
  readonly #tokens: TokenStore;
  readonly #log: Log;

  /** Fires at the start too, once the token was looked for. */
  readonly onDidChange = this.#changed.event;

  constructor(settings: Settings, tokens: TokenStore, log: Log) {
    this.#tokens = tokens;
    this.#log = log;
    this.#store.add(tokens.onDidChange(() => this.#look()));
    this.#store.add(
      settings.onDidChange((event) => {
        if (event.affectsConfiguration("valar.baseUrl")) {
          this.#look();
        }
      }),
    );
    this.#look();
  }

  dispose(): void {
    this.#store.dispose();
  }

  async view(): Promise<AccountView> {
    const stored = await this.#tokens.get();
    return stored ? { state: "signedIn", source: stored.source } : { state: "signedOut", source: undefined };
  }

  #look(): void {
    this.view()
      .then((account) => {
        if (account.source === "environment") {
          this.#log.info(`The API token comes from the environment variable ${environmentToken}`);
        }
        this.#changed.fire(account);
      })
      .catch((error: unknown) => this.#log.error("The token could not be read", error));
  }
}

/** Says where the API token comes from when none is stored. */
export function environmentTokenText(): string {
  return vscode.l10n.t("The API token comes from the environment variable {0}.", environmentToken);
}

import type * as vscode from "vscode";
import type { Clock } from "../core/util/clock.ts";
import type { Account } from "./account.ts";
import type { Git } from "./git.ts";
import type { Log } from "./log.ts";
import type { MoneyServices } from "./moneyServices.ts";
import type { TokenStore, WebhookTokenStore } from "./secrets.ts";
import type { Settings } from "./settings.ts";

/** What every part of the extension is built on. It is there from activation on. */
export interface Base {
  readonly context: vscode.ExtensionContext;
  readonly log: Log;
  readonly settings: Settings;
  readonly tokens: TokenStore;
  readonly webhookTokens: WebhookTokenStore;
  readonly account: Account;
  readonly money: MoneyServices;
  readonly git: Git;
  readonly clock: Clock;
}

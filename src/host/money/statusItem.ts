import * as vscode from "vscode";
import { assertNever } from "../../core/util/assertNever.ts";
import type { CommandId } from "../contributions.ts";
import { type Account, badBaseUrlText, environmentTokenText } from "../account.ts";
import { openSettingsCommand, openSettingsText } from "../openSettings.ts";
import type { BudgetState } from "./budgets.ts";
import { money, nearText, spentText, usedUpText } from "./moneyText.ts";
import type { RateNotice } from "./rateNotice.ts";
import type { Spending } from "./spending.ts";

/** What the status bar tells of, the most pressing first. */
type Shown =
  | "badBaseUrl"
  | "signedOut"
  | "overBudget"
  | "rateLimited"
  | "offline"
  | "answering"
  | "nearBudget"
  | "ready";

/** The status bar: whether Valar can answer, and what this window has cost. A click opens the menu. */
export class StatusItem implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem("valar.status", vscode.StatusBarAlignment.Right, 10);
  readonly #spending: Spending;
  readonly #rate: RateNotice;
  readonly #account: Account;
  readonly #listeners: vscode.Disposable;

  constructor(spending: Spending, rate: RateNotice, account: Account) {
    this.#spending = spending;
    this.#rate = rate;
    this.#account = account;
    this.#item.name = vscode.l10n.t("Valar");
    this.#item.command = "valar.menu" satisfies CommandId;
    this.#listeners = vscode.Disposable.from(
      spending.onDidChange(() => this.#render()),
      spending.activity.onDidChange(() => this.#render()),
      rate.onDidChange(() => this.#render()),
      account.onDidChange(() => this.#render()),
    );
    this.#render();
    this.#item.show();
  }

  dispose(): void {
    this.#listeners.dispose();
    this.#item.dispose();
  }

  #render(): void {
    const { session } = this.#spending;
    const shown = this.#shown();
    const atLeast = session.unpriced === 0 ? "" : "≥ ";
    const cost = session.requests === 0 ? vscode.l10n.t("Valar") : `${atLeast}${money(session.usd)}`;
    const state = stateText(shown, this.#spending.budgets);
    this.#item.text = `$(${icons[shown]}) ${cost}`;
    this.#item.tooltip = this.#tooltip(shown, state);
    // At the start there is no sum to be told: the first number that is formatted takes longer than all the rest.
    const label =
      session.requests === 0
        ? `Valar: ${state}`
        : vscode.l10n.t("Valar: {0} This window: {1}.", state, spentText(session));
    this.#item.accessibilityInformation = { label };
    const background = backgrounds[shown];
    this.#item.backgroundColor = background === undefined ? undefined : new vscode.ThemeColor(background);
  }

  #shown(): Shown {
    const { budgets, activity } = this.#spending;
    const has = (status: BudgetState["status"]): boolean =>
      budgets.some((budget) => budget.status === status);
    const account = this.#account.known?.state;
    if (account === "badBaseUrl" || account === "signedOut") return account;
    if (activity.state === "idle") {
      if (has("exceeded")) return "overBudget";
      return has("warning") ? "nearBudget" : "ready";
    }
    return activity.state;
  }

  #tooltip(shown: Shown, state: string): vscode.MarkdownString {
    const { session, today } = this.#spending;
    const lines = [
      `**Valar**: ${state}`,
      ...(session.requests === 0 ? [] : [vscode.l10n.t("This window: {0}", spentText(session))]),
      ...(today.requests === 0 ? [] : [vscode.l10n.t("Today: {0}", spentText(today))]),
      ...(this.#rate.text === undefined ? [] : [this.#rate.text]),
      ...(this.#account.known?.source === "environment" ? [environmentTokenText()] : []),
      ...(shown === "badBaseUrl"
        ? [`[${openSettingsText()}](command:${openSettingsCommand}?%22valar.baseUrl%22)`]
        : []),
    ];
    const tooltip = new vscode.MarkdownString(lines.join("\n\n"));
    tooltip.isTrusted = { enabledCommands: [openSettingsCommand] };
    return tooltip;
  }
}

const icons: Readonly<Record<Shown, string>> = {
  badBaseUrl: "error",
  signedOut: "key",
  overBudget: "error",
  rateLimited: "watch",
  offline: "debug-disconnect",
  answering: "loading~spin",
  nearBudget: "warning",
  ready: "comment-discussion",
};

const backgrounds: Readonly<Partial<Record<Shown, string>>> = {
  overBudget: "statusBarItem.errorBackground",
  nearBudget: "statusBarItem.warningBackground",
};

function stateText(shown: Shown, budgets: readonly BudgetState[]): string {
  switch (shown) {
    case "badBaseUrl":
      return badBaseUrlText();
    case "signedOut":
      return vscode.l10n.t("No API token is set.");
    case "overBudget":
      return budgetText(budgets, "exceeded", usedUpText);
    case "rateLimited":
      return vscode.l10n.t("Waiting for the rate limit.");
    case "offline":
      return vscode.l10n.t("Valar cannot be reached.");
    case "answering":
      return vscode.l10n.t("Answering…");
    case "nearBudget":
      return budgetText(budgets, "warning", nearText);
    case "ready":
      return vscode.l10n.t("Ready.");
    default:
      return assertNever(shown);
  }
}

function budgetText(
  budgets: readonly BudgetState[],
  status: BudgetState["status"],
  text: (budget: BudgetState) => string,
): string {
  return budgets.flatMap((budget) => (budget.status === status ? [text(budget)] : [])).join(" ");
}

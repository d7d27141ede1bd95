import * as vscode from "vscode";
import { costUsd } from "../core/api/cost.ts";
import { defaultWindow, modelInfo } from "../core/api/models.ts";
import { DisposableStore } from "../core/util/disposable.ts";
import type { ErrorView } from "../protocol/chat.ts";
import type { Account } from "./account.ts";
import { errorAction } from "./errorView.ts";
import type { Clock } from "../core/util/clock.ts";
import type { HistoryFiles } from "./historyFiles.ts";
import type { Log } from "./log.ts";
import { windowName } from "./models/modelView.ts";
import { Budgets, type MoneyMemory } from "./money/budgets.ts";
import { nearText, spentText } from "./money/moneyText.ts";
import { RateNotice } from "./money/rateNotice.ts";
import { Spending } from "./money/spending.ts";
import { StatusItem } from "./money/statusItem.ts";
import { dayOf, UsageLedger } from "./money/usageLedger.ts";
import { UsageView } from "./money/usageView.ts";
import type { Settings } from "./settings.ts";

export interface MoneyParts {
  readonly files: HistoryFiles;
  readonly settings: Settings;
  readonly account: Account;
  readonly memory: MoneyMemory;
  readonly log: Log;
  readonly clock: Clock;
  /** Tells the person in the chat that is in use. */
  readonly notice: (notice: ErrorView) => Promise<void>;
}

/** What requests cost: counted, shown, and held to the budgets. */
export class MoneyServices implements vscode.Disposable {
  readonly #store = new DisposableStore();
  readonly spending: Spending;
  readonly usage: UsageView;
  readonly rate: RateNotice;

  constructor({ files, settings, account, memory, log, clock, notice }: MoneyParts) {
    const now = (): number => Date.now();
    this.spending = this.#store.add(
      new Spending({
        ledger: new UsageLedger(files, log, now),
        budgets: new Budgets(
          () => settings.budgets,
          memory,
          () => dayOf(now()),
        ),
        windowOf: (model) => defaultWindow(modelInfo(model, settings.models)),
        costOf: (usage, model, window) => costUsd(usage, model, window, settings.prices),
        log,
        now,
      }),
    );
    this.rate = this.#store.add(new RateNotice(clock));
    this.#store.add(account.onDidChange(() => this.rate.forget()));
    // Made once there is something true to show: that also keeps the start of the extension short.
    void account.begun.then(() => this.#store.add(new StatusItem(this.spending, this.rate, account)));
    this.usage = this.#store.add(
      new UsageView({
        spending: this.spending,
        memory,
        modelName: (id) => modelInfo(id, settings.models).name,
        windowName,
        now,
      }),
    );
    this.#store.add(this.spending.onDidNear((budget) => void notice(nearNotice(nearText(budget)))));
    this.#store.add(
      settings.onDidChange((event) => {
        if (event.affectsConfiguration("valar.budget")) {
          void this.spending.refresh();
        }
      }),
    );
    if (settings.budgets.day !== null) {
      void this.spending.refresh();
    }
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** Resolves once what was spent is on disk. */
  close(): Promise<void> {
    return this.spending.close();
  }

  /** What this window and this day cost, in a few words. */
  async spentText(): Promise<string> {
    await this.spending.refresh();
    const { session, today } = this.spending;
    return vscode.l10n.t("this window {0}, today {1}", spentText(session), spentText(today));
  }

  get isOverBudget(): boolean {
    return this.spending.budgets.some(({ status }) => status === "exceeded");
  }
}

function nearNotice(message: string): ErrorView {
  return {
    message,
    hint: vscode.l10n.t("When it is used up, Valar asks before it sends anything more."),
    requestId: undefined,
    actions: [errorAction("changeBudget")],
    isWarning: true,
  };
}

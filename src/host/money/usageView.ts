import * as vscode from "vscode";
import { setContextKey } from "../contextKeys.ts";
import { viewIds } from "../contributions.ts";
import type { MoneyMemory } from "./budgets.ts";
import { spentText } from "./moneyText.ts";
import type { Spending } from "./spending.ts";
import { UsageTree, type UsageTreeDeps } from "./usageTree.ts";

export interface UsageViewDeps extends Omit<UsageTreeDeps, "history"> {
  readonly spending: Spending;
  readonly memory: MoneyMemory;
}

const memoryKey = "valar.usageShown";

/** The view “Usage”: beside the chat from when it is first asked for, through reloads, until it is hidden again. */
export class UsageView implements vscode.Disposable {
  readonly #deps: UsageViewDeps;
  #parts: vscode.Disposable | undefined;

  constructor(deps: UsageViewDeps) {
    this.#deps = deps;
    if (deps.memory.get(memoryKey) === true) this.#open();
  }

  dispose(): void {
    this.#parts?.dispose();
  }

  async show(): Promise<void> {
    this.#open();
    await this.#deps.memory.update(memoryKey, true);
    await vscode.commands.executeCommand(`${viewIds.usage}.focus`);
  }

  async hide(): Promise<void> {
    await this.#deps.memory.update(memoryKey, undefined);
    setContextKey("valar.usageShown", false);
  }

  /** Asks first: what was counted is gone then. */
  async clear(): Promise<void> {
    const clear = vscode.l10n.t("Clear Usage");
    const message = vscode.l10n.t("Clear what is known of your usage, of all windows and days?");
    const detail = vscode.l10n.t(
      "Today’s budget then counts from zero. What you were charged stays as it is.",
    );
    if ((await vscode.window.showWarningMessage(message, { modal: true, detail }, clear)) === clear) {
      await this.#deps.spending.clear();
    }
  }

  #open(): void {
    this.#parts ??= this.#make();
    setContextKey("valar.usageShown", true);
  }

  #make(): vscode.Disposable {
    const { spending } = this.#deps;
    const tree = new UsageTree({ ...this.#deps, history: () => spending.history() });
    const view = vscode.window.createTreeView(viewIds.usage, { treeDataProvider: tree });
    const changed = (): void => {
      view.description = vscode.l10n.t("this window: {0}", spentText(spending.session));
      tree.refresh();
    };
    changed();
    return vscode.Disposable.from(tree, view, spending.onDidChange(changed));
  }
}

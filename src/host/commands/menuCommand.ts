import * as vscode from "vscode";
import type { CompletionWindow } from "../../core/api/types.ts";
import type { CommandId } from "../contributions.ts";
import { priceText } from "../models/priceText.ts";
import type { ModelView } from "../../protocol/chat.ts";

export interface MenuCommandParts {
  /** What is chosen to answer. */
  readonly current: () => { readonly model: ModelView; readonly window: CompletionWindow };
  /** What this window and this day cost, in a few words. */
  readonly spent: () => Promise<string>;
  readonly isOverBudget: () => boolean;
  /** Goes on beyond the budget. */
  readonly lift: () => Promise<void>;
  readonly changeBudget: () => Promise<void>;
}

interface MenuItem extends vscode.QuickPickItem {
  readonly run?: () => unknown;
}

/** “Show Menu…”: everything there is, in one pick. */
export class MenuCommand {
  readonly #parts: MenuCommandParts;

  constructor(parts: MenuCommandParts) {
    this.#parts = parts;
  }

  async run(): Promise<void> {
    const chosen = await vscode.window.showQuickPick(this.#items(), {
      title: vscode.l10n.t("Valar"),
      placeHolder: vscode.l10n.t("What do you want to do?"),
      matchOnDescription: true,
    });
    await chosen?.run?.();
  }

  async #items(): Promise<MenuItem[]> {
    const { t } = vscode.l10n;
    const { current, spent, isOverBudget, lift, changeBudget } = this.#parts;
    const { model, window } = current();
    const offered = model.windows.find(({ id }) => id === window);
    const windowText = offered ? `${offered.name} · ${priceText(offered)}` : window;
    const overBudget: readonly MenuItem[] = [
      { label: `$(unlock) ${t("Go On over Budget")}`, description: t("the budget counts anew"), run: lift },
    ];
    return [
      ...(isOverBudget() ? overBudget : []),
      separator(t("Chat")),
      command("comment-discussion", t("Open Chat"), "valar.focusChat"),
      command("add", t("New Chat"), "valar.newChat"),
      command("history", t("Show Chat History"), "valar.history"),
      separator(t("Code")),
      command("sparkle", t("Edit Selection…"), "valar.edit"),
      command("comment", t("Explain Selection"), "valar.explain"),
      command("git-commit", t("Generate Commit Message"), "valar.generateCommitMessage"),
      separator(t("Answers")),
      command("server", t("Select Model…"), "valar.selectModel", model.name),
      command("watch", t("Select Completion Window…"), "valar.selectWindow", windowText),
      separator(t("Money")),
      command("graph", t("Show Usage"), "valar.showUsage", await spent()),
      { label: `$(credit-card) ${t("Change Budget…")}`, run: changeBudget },
      separator(t("Setup")),
      command("key", t("Set API Token"), "valar.setToken"),
      { label: `$(gear) ${t("Open Settings")}`, run: openSettings },
      command("output", t("Show Log"), "valar.showLog"),
    ];
  }
}

function separator(label: string): MenuItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function command(icon: string, label: string, id: CommandId, description = ""): MenuItem {
  return { label: `$(${icon}) ${label}`, description, run: () => vscode.commands.executeCommand(id) };
}

function openSettings(): Thenable<unknown> {
  return vscode.commands.executeCommand("workbench.action.openSettings", "valar.");
}

import * as vscode from "vscode";
import type { CompletionWindow } from "../../core/api/types.ts";
import type { CommandId } from "../contributions.ts";
import { priceText } from "../models/modelView.ts";
import { openSettings, openSettingsText } from "../openSettings.ts";
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
    const { current, spent, isOverBudget, lift, changeBudget } = this.#parts;
    // What all windows spent is read by it, and decides whether the budget is used up.
    const spentText = await spent();
    const { model, window } = current();
    const offered = model.windows.find(({ id }) => id === window);
    const windowText = offered ? `${offered.name} · ${priceText(offered)}` : window;
    const overBudget: readonly MenuItem[] = [
      {
        label: `$(unlock) ${vscode.l10n.t("Go On over Budget")}`,
        description: vscode.l10n.t("the budget counts anew"),
        run: lift,
      },
    ];
    return [
      ...(isOverBudget() ? overBudget : []),
      separator(vscode.l10n.t("Chat")),
      command("comment-discussion", vscode.l10n.t("Open Chat"), "valar.focusChat"),
      command("add", vscode.l10n.t("New Chat"), "valar.newChat"),
      command("history", vscode.l10n.t("Show Chat History"), "valar.history"),
      separator(vscode.l10n.t("Code")),
      command("sparkle", vscode.l10n.t("Edit Selection…"), "valar.edit"),
      command("comment", vscode.l10n.t("Explain Selection"), "valar.explain"),
      command("git-commit", vscode.l10n.t("Generate Commit Message"), "valar.generateCommitMessage"),
      separator(vscode.l10n.t("Answers")),
      command("server", vscode.l10n.t("Select Model…"), "valar.selectModel", model.name),
      command("watch", vscode.l10n.t("Select Completion Window…"), "valar.selectWindow", windowText),
      separator(vscode.l10n.t("Money")),
      command("graph", vscode.l10n.t("Show Usage"), "valar.showUsage", spentText),
      { label: `$(credit-card) ${vscode.l10n.t("Change Budget…")}`, run: changeBudget },
      separator(vscode.l10n.t("Setup")),
      command("key", vscode.l10n.t("Set API Token"), "valar.setToken"),
      { label: `$(gear) ${openSettingsText()}`, run: () => openSettings("valar.") },
      command("output", vscode.l10n.t("Show Log"), "valar.showLog"),
    ];
  }
}

function separator(label: string): MenuItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function command(icon: string, label: string, id: CommandId, description = ""): MenuItem {
  return { label: `$(${icon}) ${label}`, description, run: () => vscode.commands.executeCommand(id) };
}

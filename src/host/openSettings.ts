import * as vscode from "vscode";
import type { NotifyAction } from "./notify.ts";

export const openSettingsCommand = "workbench.action.openSettings";

/** VS Code's settings, those that `query` finds. */
export function openSettings(query: string): Thenable<unknown> {
  return vscode.commands.executeCommand(openSettingsCommand, query);
}

export function openSettingsText(): string {
  return vscode.l10n.t("Open Settings");
}

export function openSettingsButton(query: string): NotifyAction {
  return { label: openSettingsText(), run: () => openSettings(query) };
}

import * as vscode from "vscode";
import type { SettingId } from "../contributions.ts";
import { UserError } from "../userError.ts";

/** Writes where the value now comes from, so that it takes effect. Throws `UserError`. */
export async function writeSetting(id: SettingId, value: unknown): Promise<void> {
  const configuration = vscode.workspace.getConfiguration();
  const isWorkspaceValue = configuration.inspect(id)?.workspaceValue !== undefined;
  const target = isWorkspaceValue ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  try {
    await configuration.update(id, value, target);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(
      vscode.l10n.t("The setting {0} could not be written.", id),
      vscode.l10n.t("VS Code says: {0}", reason),
    );
  }
}

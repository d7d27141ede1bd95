import * as vscode from "vscode";
import { visibleText } from "../core/markdown/invisible.ts";

/** A button of a message: what it says and what it does. */
export interface NotifyAction {
  readonly label: string;
  readonly run: () => unknown;
}

/**
 * Shows a message with buttons and runs the one that is pressed. Resolves when it is answered or dismissed. What
 * others wrote may be part of it: it stays text, where VS Code would make links of it that run commands.
 */
export async function notify(
  severity: "info" | "warning" | "error",
  message: string,
  actions: readonly NotifyAction[] = [],
): Promise<void> {
  const labels = actions.map((action) => action.label);
  const show = {
    info: vscode.window.showInformationMessage,
    warning: vscode.window.showWarningMessage,
    error: vscode.window.showErrorMessage,
  }[severity];
  const chosen = await show(plainMessage(message), ...labels);
  await actions.find((action) => action.label === chosen)?.run();
}

/** Without the links that VS Code reads in `[label](command:…)`. */
function plainMessage(message: string): string {
  return visibleText(message).replaceAll("](", "] (");
}

import * as vscode from "vscode";
import type { ErrorActionId, ErrorView } from "../../../protocol/chat.ts";

/** An error's buttons as commands that VS Code's chat can show; it offers to send the same again by itself. */
export function errorButtons({ actions }: ErrorView, dashboardUrl: string): readonly vscode.Command[] {
  return actions.flatMap(({ id, label: title }) => {
    const command = commandOf(id, vscode.Uri.parse(dashboardUrl));
    return command === undefined ? [] : [{ ...command, title }];
  });
}

function commandOf(id: ErrorActionId, dashboard: vscode.Uri): Omit<vscode.Command, "title"> | undefined {
  const commands: Readonly<Record<ErrorActionId, Omit<vscode.Command, "title"> | undefined>> = {
    setToken: { command: "valar.setToken" },
    getKey: { command: "vscode.open", arguments: [dashboard] },
    openBilling: { command: "vscode.open", arguments: [dashboard] },
    openSettings: { command: "workbench.action.openSettings", arguments: ["valar."] },
    changeBudget: { command: "workbench.action.openSettings", arguments: ["valar.budget"] },
    showLog: { command: "valar.showLog" },
    // The menu lifts the budget.
    sendAnyway: { command: "valar.menu" },
    useAsap: { command: "valar.selectWindow" },
    useStandard: { command: "valar.selectWindow" },
    retry: undefined,
    recover: undefined,
    showOther: undefined,
  };
  return commands[id];
}

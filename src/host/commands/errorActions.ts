import * as vscode from "vscode";
import type { ErrorActionId } from "../../protocol/chat.ts";
import type { Log } from "../log.ts";
import { dashboardUrl, type TokenCommands } from "./tokenCommands.ts";

/** The buttons of an error that go beyond its conversation. */
export type OuterErrorAction = Exclude<ErrorActionId, "retry" | "recover">;

/** Carries out an error's button. */
export async function performErrorAction(
  action: OuterErrorAction,
  token: TokenCommands,
  log: Log,
): Promise<void> {
  const actions: Readonly<Record<OuterErrorAction, () => unknown>> = {
    setToken: () => token.setToken(),
    getKey: () => token.getKey(),
    openBilling: () => vscode.env.openExternal(vscode.Uri.parse(dashboardUrl)),
    openSettings: () => vscode.commands.executeCommand("workbench.action.openSettings", "valar."),
    showLog: () => log.show(),
  };
  await actions[action]();
}

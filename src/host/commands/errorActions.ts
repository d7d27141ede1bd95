import * as vscode from "vscode";
import type { ErrorActionId, ErrorView } from "../../protocol/chat.ts";
import type { Log } from "../log.ts";
import { notify } from "../notify.ts";
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

/** Shows an error as a message, with the buttons that make sense there. */
export async function reportError(error: ErrorView, token: TokenCommands, log: Log): Promise<void> {
  const actions = error.actions.flatMap(({ id, label }) =>
    id === "retry" || id === "recover" ? [] : [{ label, run: () => performErrorAction(id, token, log) }],
  );
  await notify("error", `${error.message} ${error.hint}`, actions);
}

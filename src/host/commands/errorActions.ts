import * as vscode from "vscode";
import type { AnswerActionId, ErrorActionId, ErrorView } from "../../protocol/chat.ts";
import type { Log } from "../log.ts";
import { notify, type NotifyAction } from "../notify.ts";
import { errorView, toFailure } from "../errorView.ts";
import { dashboardUrl, type TokenCommands } from "./tokenCommands.ts";

/** The buttons of an error that go beyond its conversation. */
export type OuterErrorAction = Exclude<ErrorActionId, AnswerActionId>;

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
  await notify("error", `${error.message} ${error.hint}`, outerActions(error, token, log));
}

/** What a failed request says outside the chat, and the buttons that help there. */
export function describeError(
  error: unknown,
  token: TokenCommands,
  log: Log,
): { readonly message: string; readonly actions: readonly NotifyAction[] } {
  const view = errorView(toFailure(error));
  return { message: view.message, actions: outerActions(view, token, log) };
}

function outerActions(error: ErrorView, token: TokenCommands, log: Log): readonly NotifyAction[] {
  return error.actions.flatMap(({ id, label }) =>
    id === "retry" || id === "recover" || id === "showOther"
      ? []
      : [{ label, run: () => performErrorAction(id, token, log) }],
  );
}

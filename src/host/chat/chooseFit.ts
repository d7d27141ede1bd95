import * as vscode from "vscode";
import type { FitChoiceView, FitId } from "../../protocol/chat.ts";

/** Asks what to leave out of a request that is asked again and does not fit; undefined for nothing. */
export async function chooseFit(choices: readonly FitChoiceView[]): Promise<FitId | undefined> {
  const items = choices.map(({ id, label, detail }) => ({ id, label, detail }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("The request does not fit into what the model can take"),
    placeHolder: vscode.l10n.t("Choose what to leave out"),
  });
  return chosen?.id;
}

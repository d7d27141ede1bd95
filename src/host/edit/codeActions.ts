import * as vscode from "vscode";
import type { CommandId } from "../contributions.ts";
import { toProblemRef } from "./problems.ts";

/** The lightbulb: Fix and Explain on problems, Refactor on selections. */
export class EditCodeActions implements vscode.CodeActionProvider, vscode.Disposable {
  readonly #registration = vscode.languages.registerCodeActionsProvider("*", this, {
    providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, vscode.CodeActionKind.RefactorRewrite],
  });

  provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const fixes = diagnostics.flatMap((diagnostic) => {
      const about = toProblemRef(document, diagnostic);
      return [
        action(vscode.l10n.t("Fix with Valar"), "valar.fix", diagnostic, about),
        action(vscode.l10n.t("Explain with Valar"), "valar.explain", diagnostic, about),
      ];
    });
    // The command reads the selection when it runs: code may move between the lightbulb and the click.
    const refactor = action(vscode.l10n.t("Refactor with Valar"), "valar.refactor");
    return range.isEmpty ? fixes : [...fixes, refactor];
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

function action(
  title: string,
  command: CommandId,
  diagnostic?: vscode.Diagnostic,
  argument?: unknown,
): vscode.CodeAction {
  const kind = diagnostic ? vscode.CodeActionKind.QuickFix : vscode.CodeActionKind.RefactorRewrite;
  const result = new vscode.CodeAction(title, kind);
  if (diagnostic) result.diagnostics = [diagnostic];
  result.command = { title, command, ...(argument !== undefined && { arguments: [argument] }) };
  return result;
}

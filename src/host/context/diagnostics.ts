import * as vscode from "vscode";
import { isReadable } from "./places.ts";

/** A problem with the file it is in. */
export interface Problem {
  readonly uri: vscode.Uri;
  readonly diagnostic: vscode.Diagnostic;
}

/** What the Problems view lists: errors, warnings and information, worst first; hints are left out. */
export function workspaceProblems(): readonly Problem[] {
  return vscode.languages
    .getDiagnostics()
    .filter(([uri]) => isReadable(uri))
    .flatMap(([uri, diagnostics]) => diagnostics.map((diagnostic) => ({ uri, diagnostic })))
    .filter(({ diagnostic }) => diagnostic.severity !== vscode.DiagnosticSeverity.Hint)
    .sort((a, b) => a.diagnostic.severity - b.diagnostic.severity);
}

/** E.g. “3 errors, 1 warning”. */
export function countText(problems: readonly Problem[]): string {
  const count = (severity: vscode.DiagnosticSeverity): number =>
    problems.filter(({ diagnostic }) => diagnostic.severity === severity).length;
  const errors = count(vscode.DiagnosticSeverity.Error);
  const warnings = count(vscode.DiagnosticSeverity.Warning);
  const others = problems.length - errors - warnings;
  return [
    ...(errors === 1 ? [vscode.l10n.t("1 error")] : []),
    ...(errors > 1 ? [vscode.l10n.t("{0} errors", errors)] : []),
    ...(warnings === 1 ? [vscode.l10n.t("1 warning")] : []),
    ...(warnings > 1 ? [vscode.l10n.t("{0} warnings", warnings)] : []),
    ...(others > 0 ? [vscode.l10n.t("{0} of information", others)] : []),
  ].join(", ");
}

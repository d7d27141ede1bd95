import * as vscode from "vscode";
import type { TextContext } from "../../core/chat/conversation.ts";
import { UserError } from "../userError.ts";
import { limited } from "./cutNote.ts";
import { type Problem, workspaceProblems } from "./diagnostics.ts";

/** The list alone rarely needs more: the worst come first. */
const maxListBytes = 64 * 1024;

/** Every problem with its place, severity, code and message, worst first. Throws `UserError` when there is none. */
export function problemsContext(maxBytes: number): TextContext {
  const problems = workspaceProblems();
  if (problems.length === 0) throw new UserError(vscode.l10n.t("VS Code shows no problems."));
  const text = problems.map(problemLine).join("");
  return {
    kind: "problems",
    id: crypto.randomUUID(),
    path: vscode.l10n.t("Problems"),
    languageId: "",
    ...limited(text, Math.min(maxBytes, maxListBytes)),
  };
}

const severities: Readonly<Record<vscode.DiagnosticSeverity, string>> = {
  [vscode.DiagnosticSeverity.Error]: "error",
  [vscode.DiagnosticSeverity.Warning]: "warning",
  [vscode.DiagnosticSeverity.Information]: "information",
  [vscode.DiagnosticSeverity.Hint]: "hint",
};

/** In the form of compilers: `src/a.ts:12:5: error ts 2322: …`. */
function problemLine({ uri, diagnostic }: Problem): string {
  const { range, severity, message, source, code } = diagnostic;
  const place = `${String(range.start.line + 1)}:${String(range.start.character + 1)}`;
  const number = typeof code === "object" ? code.value : code;
  const kind = [severities[severity], source, number].filter((part) => part !== undefined).join(" ");
  const words = message.replaceAll(/\r?\n/g, "\n    ");
  return `${vscode.workspace.asRelativePath(uri)}:${place}: ${kind}: ${words}\n`;
}

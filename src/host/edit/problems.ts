import * as vscode from "vscode";
import type { Problem } from "../../core/edit/instructions.ts";
import type { LineRange } from "../../core/edit/target.ts";

const severities: Readonly<Record<vscode.DiagnosticSeverity, Problem["severity"]>> = {
  [vscode.DiagnosticSeverity.Error]: "error",
  [vscode.DiagnosticSeverity.Warning]: "warning",
  [vscode.DiagnosticSeverity.Information]: "information",
  [vscode.DiagnosticSeverity.Hint]: "hint",
};

/** The problems VS Code knows in these lines, worst first. */
export function problemsIn(document: vscode.TextDocument, { first, last }: LineRange): Problem[] {
  return vscode.languages
    .getDiagnostics(document.uri)
    .filter(({ range }) => range.start.line <= last && range.end.line >= first)
    .sort((a, b) => a.severity - b.severity || a.range.start.compareTo(b.range.start))
    .map((diagnostic) => ({
      line: document.lineAt(Math.min(diagnostic.range.start.line, document.lineCount - 1)).text,
      severity: severities[diagnostic.severity],
      message: diagnostic.message,
      source: sourceOf(diagnostic),
    }));
}

/** Names one problem without saying where it is: that is looked up when it is used, since code moves meanwhile. */
interface ProblemRef {
  readonly uri: string;
  readonly message: string;
  readonly source: string;
  /** Where it was, to choose among problems with the same words. */
  readonly line: number;
}

export function toProblemRef(document: vscode.TextDocument, diagnostic: vscode.Diagnostic): ProblemRef {
  const { message, range } = diagnostic;
  return { uri: document.uri.toString(), message, source: sourceOf(diagnostic), line: range.start.line };
}

/** Where a problem is now. */
export interface ProblemPlace {
  readonly document: vscode.TextDocument;
  readonly range: vscode.Range;
  readonly message: string;
}

/** Looks up what the lightbulb handed in; undefined when it handed in nothing. */
export async function findProblem(argument: unknown): Promise<ProblemPlace | "gone" | undefined> {
  const ref = asProblemRef(argument);
  if (ref === undefined) return undefined;
  const distance = ({ range }: vscode.Diagnostic): number => Math.abs(range.start.line - ref.line);
  const uri = vscode.Uri.parse(ref.uri);
  const [found] = vscode.languages
    .getDiagnostics(uri)
    .filter((diagnostic) => diagnostic.message === ref.message && sourceOf(diagnostic) === ref.source)
    .sort((a, b) => distance(a) - distance(b));
  if (found === undefined) return "gone";
  const document = await vscode.workspace.openTextDocument(uri);
  return { document, range: document.validateRange(found.range), message: found.message };
}

function asProblemRef(argument: unknown): ProblemRef | undefined {
  if (typeof argument !== "object" || argument === null) return undefined;
  if (!("uri" in argument && "message" in argument && "source" in argument && "line" in argument)) {
    return undefined;
  }
  const { uri, message, source, line } = argument;
  const isRef =
    typeof uri === "string" &&
    typeof message === "string" &&
    typeof source === "string" &&
    typeof line === "number";
  return isRef ? { uri, message, source, line } : undefined;
}

function sourceOf({ source, code }: vscode.Diagnostic): string {
  const number = typeof code === "object" ? code.value : code;
  return [source, number].filter((part) => part !== undefined).join(" ");
}

import * as vscode from "vscode";
import { abortable } from "../../core/util/abort.ts";
import type { Clock } from "../../core/util/clock.ts";

/** Language servers may take long; the list does not wait for them. */
const waitMs = 700;

/** The workspace's symbols that fit a query, as far as the languages give them in time. */
export async function workspaceSymbols(
  query: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<readonly vscode.SymbolInformation[]> {
  const found = Promise.resolve(
    vscode.commands.executeCommand<readonly vscode.SymbolInformation[] | undefined>(
      "vscode.executeWorkspaceSymbolProvider",
      query,
    ),
  );
  return abortable(
    new Promise((resolve, reject) => {
      const timer = clock.setTimeout(() => resolve([]), waitMs);
      found.then((symbols) => resolve(symbols ?? []), reject).finally(() => timer.dispose());
    }),
    signal,
  );
}

/** Where a symbol is now: the nearest of its name, whole with its body; undefined when it is gone. */
export async function symbolRange(
  document: vscode.TextDocument,
  name: string,
  line: number,
): Promise<vscode.Range | undefined> {
  const symbols = await vscode.commands.executeCommand<
    readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[] | undefined
  >("vscode.executeDocumentSymbolProvider", document.uri);
  const [nearest] = flatten(symbols ?? [])
    .filter((symbol) => plainName(symbol.name) === plainName(name))
    .map(rangeOf)
    .sort((a, b) => distance(a, line) - distance(b, line));
  return nearest;
}

function flatten(
  symbols: readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[],
): readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[] {
  return symbols.flatMap((symbol) =>
    "children" in symbol ? [symbol, ...flatten(symbol.children)] : [symbol],
  );
}

function rangeOf(symbol: vscode.DocumentSymbol | vscode.SymbolInformation): vscode.Range {
  return "range" in symbol ? symbol.range : symbol.location.range;
}

function distance(range: vscode.Range, line: number): number {
  if (line < range.start.line) return range.start.line - line;
  return Math.max(0, line - range.end.line);
}

/** Some languages name a function `total()` in one list and `total` in the other. */
function plainName(name: string): string {
  return name.replace(/\(.*$/s, "").trim();
}

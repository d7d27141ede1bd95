import * as vscode from "vscode";

const blockKinds = new Set([
  vscode.SymbolKind.Function,
  vscode.SymbolKind.Method,
  vscode.SymbolKind.Constructor,
  vscode.SymbolKind.Class,
  vscode.SymbolKind.Interface,
  vscode.SymbolKind.Enum,
  vscode.SymbolKind.Struct,
  vscode.SymbolKind.Property,
]);

/** The innermost function, method or type around a position, by the language's own symbols. */
export async function enclosingSymbol(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<vscode.Range | undefined> {
  const symbols = await vscode.commands.executeCommand<
    readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[] | undefined
  >("vscode.executeDocumentSymbolProvider", document.uri);
  return innermost(symbols ?? [], position);
}

function innermost(
  symbols: readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[],
  position: vscode.Position,
): vscode.Range | undefined {
  for (const symbol of symbols) {
    const range = "range" in symbol ? symbol.range : symbol.location.range;
    if (!range.contains(position)) {
      continue;
    }
    const inner = "children" in symbol ? innermost(symbol.children, position) : undefined;
    if (inner ?? blockKinds.has(symbol.kind)) {
      return inner ?? range;
    }
  }
  return undefined;
}

import * as vscode from "vscode";
import { holdsFunction } from "../core/edit/functionText.ts";
import { valueKinds } from "./valueKinds.ts";

type AnySymbol = vscode.DocumentSymbol | vscode.SymbolInformation;

const { SymbolKind } = vscode;
const blockKinds: ReadonlySet<vscode.SymbolKind> = new Set([
  ...[SymbolKind.Function, SymbolKind.Method, SymbolKind.Constructor],
  ...[SymbolKind.Class, SymbolKind.Interface, SymbolKind.Enum, SymbolKind.Struct],
  ...[SymbolKind.Namespace, SymbolKind.Module, SymbolKind.Object],
]);

/** The innermost function, method or type around a position, by the language's own symbols. */
export async function enclosingSymbol(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<vscode.Range | undefined> {
  const symbols = await vscode.commands.executeCommand<readonly AnySymbol[] | undefined>(
    "vscode.executeDocumentSymbolProvider",
    document.uri,
  );
  return innermost(symbols ?? [], position, document);
}

function innermost(
  symbols: readonly AnySymbol[],
  position: vscode.Position,
  document: vscode.TextDocument,
): vscode.Range | undefined {
  // A declaration's range may leave out the `const` before it and the semicolon after it.
  const holding = symbols.filter((symbol) => rangeOf(symbol).contains(position));
  const beside = symbols.filter((each) => !holding.includes(each) && isOnLinesOf(rangeOf(each), position));
  for (const symbol of [...holding, ...beside]) {
    const inner = "children" in symbol ? innermost(symbol.children, position, document) : undefined;
    if (inner ?? isBlock(symbol, document)) return inner ?? rangeOf(symbol);
  }
  return undefined;
}

function rangeOf(symbol: AnySymbol): vscode.Range {
  return "range" in symbol ? symbol.range : symbol.location.range;
}

function isOnLinesOf({ start, end }: vscode.Range, { line }: vscode.Position): boolean {
  return line >= start.line && (line < end.line || (line === end.line && end.character > 0));
}

function isBlock(symbol: AnySymbol, document: vscode.TextDocument): boolean {
  if (blockKinds.has(symbol.kind)) return true;
  if (!valueKinds.has(symbol.kind)) return false;
  const range = rangeOf(symbol);
  const text = document.getText(range);
  // C# and its like call `Name { get; set; }` a property, on one line or more.
  if (symbol.kind === SymbolKind.Property && text.includes("{")) return true;
  return !range.isSingleLine && holdsFunction(text);
}

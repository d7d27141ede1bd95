import { SymbolKind } from "vscode";

/** What is a block only where it holds one: languages name `const f = () => {…}` after the `const`. */
export const valueKinds: ReadonlySet<SymbolKind> = new Set([
  SymbolKind.Variable,
  SymbolKind.Constant,
  SymbolKind.Field,
  SymbolKind.Property,
]);

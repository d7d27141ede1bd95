import * as vscode from "vscode";
import { isFunctionValue } from "../../core/edit/functionText.ts";
import { DisposableStore } from "../../core/util/disposable.ts";
import type { CommandId } from "../contributions.ts";
import { valueKinds } from "../valueKinds.ts";
import type { Notify } from "./editReports.ts";

/** Names a function without saying where it is: that is looked up at the click, since code moves meanwhile. */
interface SymbolRef {
  readonly uri: string;
  readonly symbol: string;
  /** Where it was, to choose among symbols of one name. */
  readonly line: number;
}

const functionKinds: ReadonlySet<vscode.SymbolKind> = new Set([
  vscode.SymbolKind.Function,
  vscode.SymbolKind.Method,
  vscode.SymbolKind.Constructor,
]);

/** Explain, Refactor and Write Tests above each function, where the person switched that on. */
export class FunctionLens implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  readonly onDidChangeCodeLenses = this.#changed.event;
  readonly #isOn: () => boolean;
  readonly #notify: Notify;
  /** VS Code asks again whenever any lens of the document changes. */
  readonly #known = new WeakMap<vscode.TextDocument, { version: number; symbols: vscode.DocumentSymbol[] }>();

  constructor(isOn: () => boolean, notify: Notify) {
    this.#isOn = isOn;
    this.#notify = notify;
    this.#store.add(vscode.languages.registerCodeLensProvider("*", this));
    this.#store.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("valar.codeLens")) this.#changed.fire();
      }),
    );
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    if (!this.#isOn()) return [];
    return (await this.#functionsOf(document)).flatMap((symbol) => {
      const line = symbol.selectionRange.start.line;
      const about: SymbolRef = { uri: document.uri.toString(), symbol: symbol.name, line };
      const lens = (title: string, command: CommandId): vscode.CodeLens =>
        new vscode.CodeLens(new vscode.Range(line, 0, line, 0), { title, command, arguments: [about] });
      return [
        lens(vscode.l10n.t("Explain"), "valar.explain"),
        lens(vscode.l10n.t("Refactor"), "valar.refactor"),
        lens(vscode.l10n.t("Write Tests"), "valar.tests"),
      ];
    });
  }

  /**
   * Selects the function that a lens is about, as it is now. True when the command can go on: also when the argument
   * is none of a lens's.
   */
  async select(argument: unknown): Promise<boolean> {
    const ref = asSymbolRef(argument);
    if (ref === undefined) return true;
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(ref.uri));
    const distance = ({ range }: vscode.DocumentSymbol): number => Math.abs(range.start.line - ref.line);
    const [found] = (await this.#functionsOf(document))
      .filter(({ name }) => name === ref.symbol)
      .sort((a, b) => distance(a) - distance(b));
    if (found === undefined) {
      await this.#notify("info", vscode.l10n.t("{0} is not there any more.", ref.symbol));
      return false;
    }
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(found.range.end, found.range.start);
    return true;
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #functionsOf(document: vscode.TextDocument): Promise<vscode.DocumentSymbol[]> {
    const { version } = document;
    const known = this.#known.get(document);
    if (known?.version === version) return known.symbols;
    const symbols = await readFunctions(document);
    // None may only mean that the language is not ready yet.
    if (symbols.length > 0 && document.version === version) this.#known.set(document, { version, symbols });
    return symbols;
  }
}

/** The functions and methods of a document, but not those inside others. */
async function readFunctions(document: vscode.TextDocument): Promise<vscode.DocumentSymbol[]> {
  const symbols = await vscode.commands.executeCommand<
    readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[] | undefined
  >("vscode.executeDocumentSymbolProvider", document.uri);
  return (symbols ?? []).flatMap((symbol) => ("children" in symbol ? outerFunctions(symbol, document) : []));
}

function outerFunctions(
  symbol: vscode.DocumentSymbol,
  document: vscode.TextDocument,
): vscode.DocumentSymbol[] {
  return isFunction(symbol, document)
    ? [symbol]
    : symbol.children.flatMap((child) => outerFunctions(child, document));
}

function isFunction({ kind, range }: vscode.DocumentSymbol, document: vscode.TextDocument): boolean {
  if (functionKinds.has(kind)) return true;
  return valueKinds.has(kind) && !range.isSingleLine && isFunctionValue(document.getText(range));
}

function asSymbolRef(argument: unknown): SymbolRef | undefined {
  if (typeof argument !== "object" || argument === null) return undefined;
  if (!("uri" in argument && "symbol" in argument && "line" in argument)) return undefined;
  const { uri, symbol, line } = argument;
  const isRef = typeof uri === "string" && typeof symbol === "string" && typeof line === "number";
  return isRef ? { uri, symbol, line } : undefined;
}

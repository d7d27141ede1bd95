import * as vscode from "vscode";
import { isReadable } from "./places.ts";

/** The editor a person last worked in: while the chat has the focus in a tab of its own, none is active. */
export class ActiveEditor implements vscode.Disposable {
  readonly #listener: vscode.Disposable;
  #last: vscode.TextEditor | undefined;

  constructor() {
    this.#keep(vscode.window.activeTextEditor);
    this.#listener = vscode.window.onDidChangeActiveTextEditor((editor) => this.#keep(editor));
  }

  get current(): vscode.TextEditor | undefined {
    this.#keep(vscode.window.activeTextEditor);
    const editor = this.#last;
    return editor !== undefined && vscode.window.visibleTextEditors.includes(editor) ? editor : undefined;
  }

  /** In view or not, while its document is open; else any editor in view. */
  get last(): vscode.TextEditor | undefined {
    const known = this.current ?? this.#last;
    return known !== undefined && !known.document.isClosed
      ? known
      : vscode.window.visibleTextEditors.find(({ document }) => isReadable(document.uri));
  }

  /** The output, for one, is an editor too, but none that a person works in. */
  #keep(editor: vscode.TextEditor | undefined): void {
    if (editor !== undefined && isReadable(editor.document.uri)) this.#last = editor;
  }

  dispose(): void {
    this.#listener.dispose();
  }
}

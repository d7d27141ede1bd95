import * as vscode from "vscode";
import { isReadable } from "./places.ts";

/** The editor a person last worked in: while the chat has the focus in a tab of its own, none is active. */
export class ActiveEditor implements vscode.Disposable {
  readonly #listener: vscode.Disposable;
  #last: vscode.TextEditor | undefined;

  constructor() {
    this.#last = vscode.window.activeTextEditor;
    this.#listener = vscode.window.onDidChangeActiveTextEditor((editor) => {
      if (editor !== undefined) this.#last = editor;
    });
  }

  get current(): vscode.TextEditor | undefined {
    const editor = vscode.window.activeTextEditor ?? this.#last;
    if (editor === undefined || !isReadable(editor.document.uri)) return undefined;
    return vscode.window.visibleTextEditors.includes(editor) ? editor : undefined;
  }

  dispose(): void {
    this.#listener.dispose();
  }
}

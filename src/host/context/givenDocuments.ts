import * as vscode from "vscode";
import type { TextContext } from "../../core/chat/conversation.ts";

export const givenScheme = "valar-context";

/** The texts of context as they were given, as read-only documents. */
export class GivenDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #registration: vscode.Disposable;
  /** Kept while their editor is open, by the item's id. */
  readonly #texts = new Map<string, string>();

  constructor() {
    this.#registration = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(givenScheme, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme === givenScheme) this.#texts.delete(uri.query);
      }),
    );
  }

  provideTextDocumentContent(uri: vscode.Uri): string | undefined {
    return this.#texts.get(uri.query);
  }

  async show({ id, path, languageId, text }: TextContext): Promise<void> {
    this.#texts.set(id, text);
    const name = vscode.l10n.t("As given: {0}", path.replace(/\/$/, "").replace(/^.*\//, ""));
    // The end of the name tells VS Code the language of a file.
    const uri = vscode.Uri.from({ scheme: givenScheme, path: `/${name}`, query: id });
    const document = await vscode.workspace.openTextDocument(uri);
    const isUnknown = document.languageId === "plaintext";
    const languages = isUnknown ? await vscode.languages.getLanguages() : [];
    const shown = languages.includes(languageId)
      ? await vscode.languages.setTextDocumentLanguage(document, languageId)
      : document;
    await vscode.window.showTextDocument(shown, { preview: true });
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

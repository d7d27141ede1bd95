import * as vscode from "vscode";
import type { Answer, Conversation } from "../../core/chat/conversation.ts";
import { describeRequest } from "../../core/chat/describeRequest.ts";
import { unfoldBody } from "../../core/chat/sentRequest.ts";
import { UserError } from "../userError.ts";

export const requestScheme = "valar-request";

/** “Show Request”: what was sent for an answer, as a read-only document. */
export class RequestDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #registration: vscode.Disposable;
  /** Kept while their editor is open, by the answer's id. */
  readonly #texts = new Map<string, string>();
  readonly #closed: vscode.Disposable;

  constructor() {
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(requestScheme, this);
    this.#closed = vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme === requestScheme) {
        this.#texts.delete(uri.query);
      }
    });
  }

  provideTextDocumentContent(uri: vscode.Uri): string | undefined {
    return this.#texts.get(uri.query);
  }

  /** Opens it as a preview, beside nothing and in place of nothing that was pinned. Throws `UserError`. */
  async show(conversation: Conversation, answer: Answer): Promise<void> {
    const { sent } = answer;
    const body = sent && unfoldBody(sent, conversation.sentMessages);
    if (sent === undefined || body === undefined) {
      throw new UserError(vscode.l10n.t("What was sent for this answer was not kept."));
    }
    this.#texts.set(answer.id, await describeRequest(sent, body, answer.requestId));
    const name = vscode.l10n.t("Request {0}", sent.key.slice(0, 8));
    const uri = vscode.Uri.from({ scheme: requestScheme, path: `/${name}.json`, query: answer.id });
    // Its editor may still be open, from before the answer was tried again.
    this.#changed.fire(uri);
    await vscode.window.showTextDocument(uri, { preview: true });
  }

  dispose(): void {
    this.#closed.dispose();
    this.#registration.dispose();
    this.#changed.dispose();
  }
}

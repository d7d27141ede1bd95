import * as vscode from "vscode";
import type { CommandId } from "../contributions.ts";
import { activityText } from "./activityText.ts";
import type { EditSession } from "./editSession.ts";

/** What can be done with an edit, above its first line. */
export class EditCodeLens implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;
  readonly #sessions: () => readonly EditSession[];
  readonly #registration: vscode.Disposable;

  constructor(sessions: () => readonly EditSession[]) {
    this.#sessions = sessions;
    this.#registration = vscode.languages.registerCodeLensProvider("*", this);
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    return this.#sessions()
      .filter((session) => session.document === document)
      .flatMap((session) => {
        const line = session.range.start.line;
        return actionsOf(session).map(
          (command) => new vscode.CodeLens(new vscode.Range(line, 0, line, 0), command),
        );
      });
  }

  refresh(): void {
    this.#changed.fire();
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}

function actionsOf(session: EditSession): readonly vscode.Command[] {
  const action = (title: string, command: CommandId): vscode.Command => ({
    title,
    command,
    arguments: [session.id],
  });
  const { t } = vscode.l10n;
  const retry = action(`$(refresh) ${t("Edit & Retry…")}`, "valar.retryEdit");
  const reject = action(`$(close) ${t("Reject")}`, "valar.rejectEdit");
  switch (session.state.type) {
    case "queued":
    case "streaming":
      return [
        { title: `$(loading~spin) ${activityText(session.activity)}`, command: "" },
        action(`$(debug-stop) ${t("Stop")}`, "valar.rejectEdit"),
      ];
    case "reviewing":
      return [
        action(`$(check) ${t("Accept")}`, "valar.acceptEdit"),
        reject,
        action(`$(diff) ${t("Show Diff")}`, "valar.showEditDiff"),
        retry,
      ];
    case "stale":
      return [
        { title: `$(warning) ${t("You changed this code: the edit no longer fits")}`, command: "" },
        retry,
        reject,
      ];
    default:
      return [];
  }
}

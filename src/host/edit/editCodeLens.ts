import * as vscode from "vscode";
import type { Change } from "../../core/edit/review.ts";
import type { CommandId } from "../contributions.ts";
import { activityText } from "./activityText.ts";
import type { ChangeRef } from "./changeRef.ts";
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
        const whole = actionsOf(session).map((command) => lensAt(line, command));
        const parts = partsOf(session).flatMap((change) =>
          changeActions(session, change).map((command) => lensAt(lineOf(session, change), command)),
        );
        return [...whole, ...parts];
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

function lensAt(line: number, command: vscode.Command): vscode.CodeLens {
  return new vscode.CodeLens(new vscode.Range(line, 0, line, 0), command);
}

/** The changes to be decided one by one; a single one is the whole edit. */
function partsOf(session: EditSession): readonly Change[] {
  return session.state.type === "reviewing" && session.changes.length > 1 ? session.changes : [];
}

/** Above the first line it replaces, or the line it goes before. */
function lineOf({ range, document }: EditSession, { oldStart }: Change): number {
  return Math.min(range.start.line + oldStart, document.lineCount - 1);
}

function changeActions(session: EditSession, { index, decision }: Change): readonly vscode.Command[] {
  const about: ChangeRef = { edit: session.id, change: index };
  const accept = vscode.l10n.t("Accept Change {0}", index + 1);
  const reject = vscode.l10n.t("Reject Change {0}", index + 1);
  return [
    ...(decision === "accepted"
      ? [{ title: `$(pass-filled) ${vscode.l10n.t("Change {0} accepted", index + 1)}`, command: "" }]
      : [
          {
            title: `$(check) ${accept}`,
            command: "valar.acceptChange" satisfies CommandId,
            arguments: [about],
          },
        ]),
    ...(decision === "rejected"
      ? [{ title: `$(circle-slash) ${vscode.l10n.t("Change {0} rejected", index + 1)}`, command: "" }]
      : [
          {
            title: `$(close) ${reject}`,
            command: "valar.rejectChange" satisfies CommandId,
            arguments: [about],
          },
        ]),
  ];
}

function actionsOf(session: EditSession): readonly vscode.Command[] {
  const about: ChangeRef = { edit: session.id };
  const action = (title: string, command: CommandId): vscode.Command => ({
    title,
    command,
    arguments: [about],
  });
  const retry = action(`$(refresh) ${vscode.l10n.t("Edit & Retry…")}`, "valar.retryEdit");
  const reject = action(`$(close) ${vscode.l10n.t("Reject")}`, "valar.rejectEdit");
  switch (session.state.type) {
    case "queued":
    case "streaming":
      return [
        { title: `$(loading~spin) ${activityText(session.activity)}`, command: "" },
        action(`$(debug-stop) ${vscode.l10n.t("Stop")}`, "valar.rejectEdit"),
      ];
    case "reviewing":
      return [
        ...wholeActions(session.changes).map(({ title, command }) => action(title, command)),
        action(`$(diff) ${vscode.l10n.t("Show Diff")}`, "valar.showEditDiff"),
        retry,
      ];
    case "stale":
      return [
        {
          title: `$(warning) ${vscode.l10n.t("You changed this code: the edit no longer fits")}`,
          command: "",
        },
        retry,
        reject,
      ];
    default:
      return [];
  }
}

/** Accept and Reject of the whole, in words that say what is left to decide. */
function wholeActions(
  changes: readonly Change[],
): readonly { readonly title: string; readonly command: CommandId }[] {
  const waiting = changes.filter(({ decision }) => decision === undefined).length;
  const accepted = changes.filter(({ decision }) => decision === "accepted").length;
  if (changes.length === 1) {
    return [
      { title: `$(check) ${vscode.l10n.t("Accept")}`, command: "valar.acceptEdit" },
      { title: `$(close) ${vscode.l10n.t("Reject")}`, command: "valar.rejectEdit" },
    ];
  }
  const isWhole = waiting === changes.length;
  return [
    {
      title: `$(check-all) ${isWhole ? vscode.l10n.t("Accept All") : vscode.l10n.t("Accept the Rest ({0})", waiting)}`,
      command: "valar.acceptEdit",
    },
    ...(accepted > 0
      ? [
          {
            title: `$(check) ${vscode.l10n.t("Only the Accepted ({0})", accepted)}`,
            command: "valar.rejectRemaining",
          } as const,
        ]
      : []),
    { title: `$(close) ${vscode.l10n.t("Reject All")}`, command: "valar.rejectEdit" },
  ];
}

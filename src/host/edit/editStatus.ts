import * as vscode from "vscode";
import type { CommandId } from "../contributions.ts";
import { setContextKey } from "../contextKeys.ts";
import { activityText } from "./activityText.ts";
import { editScheme } from "./virtualDocuments.ts";
import type { EditSession } from "./editSession.ts";

/** Status bar and context keys: what is going on, here and in other files. */
export class EditStatus implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem("valar.edits", vscode.StatusBarAlignment.Left, 10);
  #shown = { parts: false, pending: false, streaming: false };

  constructor() {
    this.#item.name = vscode.l10n.t("Valar Edits");
    this.#item.command = "valar.nextChange";
  }

  render(sessions: readonly EditSession[]): void {
    const waiting = sessions.filter(
      ({ state }) => state.type === "reviewing" || state.type === "stale",
    ).length;
    const working = sessions.find(({ state }) => state.type === "queued" || state.type === "streaming");
    const undecided = changesLeft(sessions);
    const parts = [
      ...(working ? [`$(loading~spin) ${activityText(working.activity)}`] : []),
      ...(waiting === 1 ? [`$(diff) ${vscode.l10n.t("1 edit to review")}`] : []),
      ...(waiting > 1 ? [`$(diff) ${vscode.l10n.t("{0} edits to review", waiting)}`] : []),
      ...(undecided > waiting ? [vscode.l10n.t("{0} changes left", undecided)] : []),
    ];
    this.#item.text = parts.join("  ");
    this.#item.tooltip = menu(sessions);
    if (parts.length > 0) this.#item.show();
    else this.#item.hide();
    this.#setKeys(sessions);
  }

  /** The keys are about the editor with the focus, so that its shortcuts mean nothing elsewhere. */
  #setKeys(sessions: readonly EditSession[]): void {
    const active = vscode.window.activeTextEditor?.document;
    const here = sessions.filter(
      (session) =>
        session.document === active || (active?.uri.scheme === editScheme && active.uri.query === session.id),
    );
    const keys = {
      parts: here.some(({ state, changes }) => state.type === "reviewing" && changes.length > 1),
      pending: here.some(({ state }) => state.type === "reviewing" || state.type === "stale"),
      streaming: here.some(({ state }) => state.type === "queued" || state.type === "streaming"),
    };
    if (keys.parts !== this.#shown.parts) setContextKey("valar.editParts", keys.parts);
    if (keys.pending !== this.#shown.pending) setContextKey("valar.editPending", keys.pending);
    if (keys.streaming !== this.#shown.streaming) setContextKey("valar.editStreaming", keys.streaming);
    this.#shown = keys;
  }

  dispose(): void {
    this.#item.dispose();
    setContextKey("valar.editParts", false);
    setContextKey("valar.editPending", false);
    setContextKey("valar.editStreaming", false);
  }
}

/** Changes that wait for a decision. */
function changesLeft(sessions: readonly EditSession[]): number {
  return sessions
    .filter(({ state }) => state.type === "reviewing")
    .flatMap((session) => session.changes)
    .filter(({ decision }) => decision === undefined).length;
}

/** What can be done with the edit at the cursor, as links in the status bar's hover. */
function menu(sessions: readonly EditSession[]): vscode.MarkdownString {
  const { l10n } = vscode;
  const isAny = (...types: readonly EditSession["state"]["type"][]): boolean =>
    sessions.some(({ state }) => types.includes(state.type));
  const hasParts = sessions.some(({ state, changes }) => state.type === "reviewing" && changes.length > 1);
  const isWaiting = isAny("reviewing", "stale");
  const rows: readonly (readonly (readonly [string, CommandId])[])[] = [
    [
      [l10n.t("Next Change"), "valar.nextChange"],
      [l10n.t("Previous Change"), "valar.previousChange"],
    ],
    hasParts
      ? [
          [l10n.t("Accept Change"), "valar.acceptChange"],
          [l10n.t("Reject Change"), "valar.rejectChange"],
        ]
      : [],
    isWaiting
      ? [
          [l10n.t("Accept Edit"), "valar.acceptEdit"],
          [l10n.t("Reject Edit"), "valar.rejectEdit"],
          [l10n.t("Show Diff"), "valar.showEditDiff"],
          [l10n.t("Edit & Retry…"), "valar.retryEdit"],
        ]
      : [],
    !isWaiting && isAny("queued", "streaming") ? [[l10n.t("Stop"), "valar.rejectEdit"]] : [],
  ];
  const text = new vscode.MarkdownString(
    rows
      .filter((row) => row.length > 0)
      .map((row) => row.map(([title, command]) => `[${title}](command:${command})`).join(" · "))
      .join("\n\n"),
  );
  text.isTrusted = { enabledCommands: rows.flat().map(([, command]) => command) };
  return text;
}

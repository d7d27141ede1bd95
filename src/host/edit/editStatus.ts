import * as vscode from "vscode";
import { setContextKey } from "../contextKeys.ts";
import { activityText } from "./activityText.ts";
import { editScheme } from "./virtualDocuments.ts";
import type { EditSession } from "./editSession.ts";

/** Status bar and context keys: what is going on, here and in other files. */
export class EditStatus implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem("valar.edits", vscode.StatusBarAlignment.Left, 10);
  #shown = { pending: false, streaming: false };

  constructor() {
    this.#item.name = vscode.l10n.t("Valar Edits");
    this.#item.command = "valar.nextChange";
  }

  render(sessions: readonly EditSession[]): void {
    const waiting = sessions.filter(
      ({ state }) => state.type === "reviewing" || state.type === "stale",
    ).length;
    const working = sessions.find(({ state }) => state.type === "queued" || state.type === "streaming");
    const parts = [
      ...(working ? [`$(loading~spin) ${activityText(working.activity)}`] : []),
      ...(waiting === 1 ? [`$(diff) ${vscode.l10n.t("1 edit to review")}`] : []),
      ...(waiting > 1 ? [`$(diff) ${vscode.l10n.t("{0} edits to review", waiting)}`] : []),
    ];
    this.#item.text = parts.join("  ");
    this.#item.tooltip = vscode.l10n.t("Go to the next change");
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
      pending: here.some(({ state }) => state.type === "reviewing" || state.type === "stale"),
      streaming: here.some(({ state }) => state.type === "queued" || state.type === "streaming"),
    };
    if (keys.pending !== this.#shown.pending) setContextKey("valar.editPending", keys.pending);
    if (keys.streaming !== this.#shown.streaming) setContextKey("valar.editStreaming", keys.streaming);
    this.#shown = keys;
  }

  dispose(): void {
    this.#item.dispose();
    setContextKey("valar.editPending", false);
    setContextKey("valar.editStreaming", false);
  }
}

import * as vscode from "vscode";
import type { Clock } from "../../core/util/clock.ts";
import type { Disposable } from "../../core/util/disposable.ts";
import type { CommandId } from "../contributions.ts";
import { setContextKey } from "../contextKeys.ts";
import type { EditSession } from "./editSession.ts";

/** How long the status bar offers it, in ms; the command palette does so until another edit begins. */
const offerMs = 30_000;

interface Rejected {
  readonly session: EditSession;
  /** The new code, complete. */
  readonly lines: readonly string[];
}

/** The edit that was rejected last, or lost its file. Its answer is paid for, and a key is quickly pressed: it can be had again. */
export class RejectedEdit implements vscode.Disposable {
  readonly #clock: Clock;
  readonly #item = vscode.window.createStatusBarItem("valar.rejectedEdit", vscode.StatusBarAlignment.Left, 9);
  #kept: Rejected | undefined;
  #timer: Disposable | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#item.name = vscode.l10n.t("Valar: Bring Back Edit");
    this.#item.text = `$(discard) ${vscode.l10n.t("Bring Back Edit")}`;
    this.#item.tooltip = vscode.l10n.t("Shows the edit for review again, without a new request");
    this.#item.command = "valar.bringBackEdit" satisfies CommandId;
  }

  /** Undefined when there is none. Its place is followed while the document changes. */
  get kept(): Rejected | undefined {
    return this.#kept;
  }

  keep(session: EditSession, lines: readonly string[]): void {
    this.forget();
    this.#kept = { session, lines };
    this.#item.show();
    this.#timer = this.#clock.setTimeout(() => this.#item.hide(), offerMs);
    setContextKey("valar.editRejected", true);
  }

  forget(): void {
    if (this.#kept === undefined) return;
    this.#kept = undefined;
    this.#timer?.dispose();
    this.#item.hide();
    setContextKey("valar.editRejected", false);
  }

  dispose(): void {
    this.forget();
    this.#item.dispose();
  }
}

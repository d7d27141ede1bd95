import * as vscode from "vscode";
import type { SecretSign } from "../../core/context/secrets.ts";
import { visibleText } from "../../core/markdown/invisible.ts";
import { throwIfAborted } from "../../core/util/abort.ts";
import type { PlaceConcern } from "./places.ts";

/** Why something is not sent without being asked. */
export type Concern = PlaceConcern | "ignored" | "secretName" | SecretSign;

/** Shows a question that must be answered; true for `yes`. */
export type Ask = (question: {
  readonly message: string;
  readonly detail: string;
  readonly yes: string;
}) => Promise<boolean>;

/** Asks in the middle of the window. */
export const askModal: Ask = async ({ message, detail, yes }) =>
  (await vscode.window.showWarningMessage(message, { modal: true, detail }, yes)) === yes;

/** Asks before something is sent that may not be meant to be, once for each thing and reason. */
export class Consent {
  readonly #ask: Ask;
  readonly #given = new Set<string>();

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** `key` says what it is about, `name` how it is called. True at once when nothing speaks against it. */
  async allows(
    key: string,
    name: string,
    concerns: readonly Concern[],
    signal: AbortSignal,
  ): Promise<boolean> {
    const open = concerns.filter((concern) => !this.#given.has(`${concern} ${key}`));
    if (open.length === 0) return true;
    const isAllowed = await this.#ask({
      message: vscode.l10n.t("Attach {0} to the chat?", visibleText(name)),
      detail: [
        ...open.map(concernSentence),
        vscode.l10n.t("Its content would be sent to Valar, which stores what it is sent."),
      ].join("\n"),
      yes: vscode.l10n.t("Attach Anyway"),
    });
    throwIfAborted(signal);
    if (isAllowed) open.forEach((concern) => this.#given.add(`${concern} ${key}`));
    return isAllowed;
  }
}

function concernSentence(concern: Concern): string {
  const sentences: Readonly<Record<Concern, string>> = {
    outside: vscode.l10n.t("It is outside the workspace."),
    link: vscode.l10n.t("It is behind a link, which may lead out of the workspace."),
    ignored: vscode.l10n.t("Git ignores it."),
    secretName: vscode.l10n.t("Files of this name usually hold secrets."),
    privateKey: vscode.l10n.t("It holds a private key."),
    accessToken: vscode.l10n.t("It holds what looks like an access token or a password."),
  };
  return sentences[concern];
}

/** A reason in a few words, for a tooltip. */
export function concernText(concern: Concern): string {
  const texts: Readonly<Record<Concern, string>> = {
    outside: vscode.l10n.t("outside the workspace"),
    link: vscode.l10n.t("behind a link"),
    ignored: vscode.l10n.t("ignored by Git"),
    secretName: vscode.l10n.t("its name suggests secrets"),
    privateKey: vscode.l10n.t("holds a private key"),
    accessToken: vscode.l10n.t("may hold an access token or a password"),
  };
  return texts[concern];
}

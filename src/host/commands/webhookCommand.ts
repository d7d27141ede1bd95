import * as vscode from "vscode";
import { notify } from "../notify.ts";
import { openSettingsButton } from "../openSettings.ts";
import type { WebhookTokenStore } from "../secrets.ts";
import { tokenProblem } from "./tokenCommands.ts";

/** “Set Webhook Token”: for the webhook of the settings. An empty input clears the token. */
export class WebhookCommand {
  readonly #tokens: WebhookTokenStore;
  readonly #webhook: () => string | undefined;

  /** `webhook` gives the address that the settings name, if any. */
  constructor(tokens: WebhookTokenStore, webhook: () => string | undefined) {
    this.#tokens = tokens;
    this.#webhook = webhook;
  }

  async run(): Promise<void> {
    const webhook = this.#webhook();
    if (webhook === undefined) {
      const message = vscode.l10n.t(
        "Set {0} to your webhook’s address first: the token is for that address alone.",
        setting,
      );
      await notify("info", message, [openSettingsButton(setting)]);
      return;
    }
    const { origin } = new URL(webhook);
    const typed = await vscode.window.showInputBox({
      title: vscode.l10n.t("Set Webhook Token"),
      prompt: vscode.l10n.t(
        "Valar sends this token to {0} as a Bearer token. Leave it empty to send none. It is kept in VS Code’s secret storage.",
        origin,
      ),
      password: true,
      ignoreFocusOut: true,
      validateInput: (value) => (value.trim() === "" ? "" : tokenProblem(value.trim())),
    });
    if (typed !== undefined) {
      await this.#store(webhook, typed.trim());
    }
  }

  async #store(webhook: string, token: string): Promise<void> {
    try {
      await this.#tokens.set(webhook, token);
    } catch {
      const message = vscode.l10n.t(
        "VS Code’s secret storage is not available, so the token was not stored.",
      );
      await notify("error", message, [{ label: vscode.l10n.t("Try Again"), run: () => this.run() }]);
      return;
    }
    const done =
      token === ""
        ? vscode.l10n.t("The webhook token was removed.")
        : vscode.l10n.t("The webhook token is set.");
    void notify("info", done);
  }
}

const setting = "valar.completionWebhook";

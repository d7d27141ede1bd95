import * as vscode from "vscode";
import { ApiError } from "../../core/api/errors.ts";
import { parseBaseUrl } from "../../core/api/baseUrl.ts";
import type { Access } from "../../core/api/types.ts";
import { toAbortSignal } from "../cancellation.ts";
import { openSettingsButton } from "../openSettings.ts";
import { notify } from "../notify.ts";
import type { TokenStore } from "../secrets.ts";
import { errorText, translated } from "../translated.ts";

/** Where keys are made. Source: the vendor's documentation, “Surface”. */
export const dashboardUrl = "https://app.valarhq.ai";

export interface TokenCommandsDeps {
  readonly tokens: TokenStore;
  readonly baseUrl: () => string;
  /** Asks the API for its models with this token; throws `ApiError`. Resolves to their number. */
  readonly checkToken: (access: Access, signal: AbortSignal) => Promise<number>;
}

/** “Set API Token”, “Clear API Token” and “Get a Key”. */
export class TokenCommands {
  readonly #deps: TokenCommandsDeps;

  constructor(deps: TokenCommandsDeps) {
    this.#deps = deps;
  }

  async getKey(): Promise<void> {
    await vscode.env.openExternal(vscode.Uri.parse(dashboardUrl));
  }

  /** `before` is what was typed the last time and not stored. */
  async setToken(before = ""): Promise<void> {
    const baseUrl = parseBaseUrl(this.#deps.baseUrl());
    if (baseUrl.type === "error") {
      await notify("error", translated(baseUrl.said), [openSettingsButton("valar.baseUrl")]);
      return;
    }
    const typed = await vscode.window.showInputBox({
      title: vscode.l10n.t("Set API Token"),
      prompt: vscode.l10n.t(
        "Your Valar API token for {0}. It is kept in VS Code’s secret storage.",
        baseUrl.origin,
      ),
      placeHolder: "sk_…",
      value: before,
      password: true,
      ignoreFocusOut: true,
      validateInput: (value) => (value.trim() === "" ? "" : tokenProblem(value.trim())),
    });
    const token = typed?.trim() ?? "";
    if (token !== "") {
      await this.#checkAndStore({ baseUrl: baseUrl.url, token }, baseUrl.origin);
    }
  }

  async clearToken(): Promise<void> {
    const baseUrl = parseBaseUrl(this.#deps.baseUrl());
    if (baseUrl.type === "error") {
      await notify("error", translated(baseUrl.said), [openSettingsButton("valar.baseUrl")]);
      return;
    }
    await this.#deps.tokens.clear(baseUrl.origin);
    const left = await this.#deps.tokens.get();
    const message =
      left?.source === "environment"
        ? vscode.l10n.t("The API token was removed. The environment variable VALAR_API_KEY is used now.")
        : vscode.l10n.t("The API token was removed.");
    await notify("info", message);
  }

  async #checkAndStore(access: Access, origin: string): Promise<void> {
    const result = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t("Valar: checking the token…"),
        cancellable: true,
      },
      (_progress, cancellation) => this.#check(access, cancellation),
    );
    if (result === "cancelled") {
      return;
    }
    if (result.error === undefined) {
      await this.#store(origin, access.token);
      return;
    }
    const again = { label: vscode.l10n.t("Try Again"), run: () => this.setToken(access.token) };
    if (result.error.kind === "unauthorized") {
      const getKey = { label: vscode.l10n.t("Get a Key"), run: () => this.getKey() };
      const message = vscode.l10n.t("Valar does not know this token. Nothing was stored.");
      await notify("error", message, [again, getKey]);
      return;
    }
    const message = vscode.l10n.t(
      "The token could not be checked: {0} Nothing was stored.",
      errorText(result.error),
    );
    await notify("warning", message, [
      { label: vscode.l10n.t("Check Again"), run: () => this.#checkAndStore(access, origin) },
      { label: vscode.l10n.t("Store Unchecked"), run: () => this.#store(origin, access.token) },
      openSettingsButton("valar.baseUrl"),
    ]);
  }

  async #check(access: Access, cancellation: vscode.CancellationToken) {
    const signal = toAbortSignal(cancellation);
    try {
      await this.#deps.checkToken(access, signal);
      return { error: undefined };
    } catch (error) {
      if (signal.aborted) {
        return "cancelled" as const;
      }
      if (error instanceof ApiError) {
        return { error };
      }
      throw error;
    }
  }

  async #store(origin: string, token: string): Promise<void> {
    try {
      await this.#deps.tokens.set(origin, token);
    } catch {
      const message = vscode.l10n.t(
        "VS Code’s secret storage is not available, so the token was not stored.",
      );
      const again = { label: vscode.l10n.t("Try Again"), run: () => this.setToken(token) };
      await notify("error", message, [again]);
      return;
    }
    void notify("info", vscode.l10n.t("The API token is set."));
  }
}

/** A header can carry printable ASCII only; a pasted line break or a curly quote would break every request. */
export function tokenProblem(token: string): string {
  return /^[\x21-\x7e]+$/.test(token)
    ? ""
    : vscode.l10n.t("A token has no spaces and no special characters.");
}

import { l10n } from "vscode";
import { ApiError, ParameterError } from "../core/api/errors.ts";
import { offeredWindows } from "../core/api/offeredWindows.ts";
import type { CompletionWindow } from "../core/api/types.ts";
import type { Failure } from "../core/chat/conversation.ts";
import { visibleText } from "../core/markdown/invisible.ts";
import { openSettingsText } from "./openSettings.ts";
import { errorText } from "./translated.ts";
import { UserError } from "./userError.ts";
import type { ErrorAction, ErrorActionId, ErrorView } from "../protocol/chat.ts";

/** A failure as it is stored, from whatever was thrown. */
export function toFailure(error: unknown): Failure {
  if (error instanceof ApiError) {
    const { requestId } = error.details;
    return {
      kind: error.kind,
      message: errorText(error),
      requestId,
      ...offered(offeredWindows(error.message)),
    };
  }
  if (error instanceof ParameterError) {
    const message = errorText(error);
    return { kind: "parameter", message, requestId: undefined, ...offered(error.windows) };
  }
  return { kind: "internal", message: errorText(error), requestId: undefined };
}

function offered(windows: readonly CompletionWindow[]): Pick<Failure, "windows"> {
  return windows.length === 0 ? {} : { windows };
}

/** True when the request may have reached the server: sending it again must use the same key. */
export function isReplayable(failure: Failure): boolean {
  return replayable.has(failure.kind);
}

const replayable = new Set([
  "interrupted",
  "network",
  "timeout",
  "server",
  "conflict",
  "rateLimited",
  "protocol",
]);

/** Whatever was thrown, for the person: a `UserError` speaks for itself. */
export function thrownErrorView(error: unknown): ErrorView {
  return error instanceof UserError
    ? { message: visibleText(error.message), hint: error.hint, requestId: undefined, actions: [] }
    : errorView(toFailure(error));
}

/** A failure with its words and buttons. `hasReplay`: there is another answer that has not been shown. */
export function errorView(failure: Failure, hasReplay = false): ErrorView {
  const { hint, actions } = advice(failure, hasReplay);
  return {
    message: visibleText(headline(failure)),
    hint,
    requestId: failure.requestId === undefined ? undefined : visibleText(failure.requestId),
    actions: actions.map(errorAction),
    ...(failure.kind === "overBudget" ? { isWarning: true } : {}),
  };
}

function headline(failure: Failure): string {
  switch (failure.kind) {
    case "interrupted":
      return l10n.t("VS Code was closed or reloaded while Valar was answering.");
    case "noToken":
      return l10n.t("No API token is set.");
    case "internal":
      return l10n.t("Something went wrong in the extension: {0}", failure.message);
    default:
      return failure.message;
  }
}

interface Advice {
  readonly hint: string;
  readonly actions: readonly ErrorActionId[];
}

function advice(failure: Failure, hasReplay: boolean): Advice {
  switch (failure.kind) {
    case "interrupted":
      return {
        hint: l10n.t("What arrived is kept. Recover fetches the rest without a second charge."),
        actions: ["recover"],
      };
    case "noToken":
    case "unauthorized":
      return { hint: l10n.t("Your message is kept."), actions: ["setToken", "getKey", "retry"] };
    case "tokenChanged":
      return {
        hint: l10n.t("What arrived is kept. Try Again makes a new request with what is set now."),
        actions: ["retry"],
      };
    case "overBudget":
      return {
        hint: l10n.t(
          "Nothing was sent, and your message is kept. Send Anyway counts the budget anew from here.",
        ),
        actions: ["sendAnyway", "changeBudget"],
      };
    case "billing":
    case "quota":
      return { hint: l10n.t("Your message is kept."), actions: ["openBilling", "retry"] };
    case "network":
    case "timeout":
    case "server":
    case "conflict":
    case "protocol":
      return {
        hint: l10n.t("Your message and what arrived are kept. Trying again does not charge twice."),
        actions: ["retry", "showLog"],
      };
    case "rateLimited":
      return { hint: l10n.t("Your message is kept. Wait a moment, then try again."), actions: ["retry"] };
    case "tls":
      return {
        hint: l10n.t("Nothing was sent. Check the base URL and the certificates this machine trusts."),
        actions: ["openSettings", "showLog", "retry"],
      };
    case "proxy":
      return {
        hint: l10n.t("Nothing reached Valar. Check the setting http.proxy and its credentials."),
        actions: ["openSettings", "showLog", "retry"],
      };
    case "redirect":
    case "notFound":
    case "invalidRequest":
    case "parameter":
    case "forbidden":
    case "invalidBaseUrl":
      return {
        hint: l10n.t("Your message is kept."),
        actions: [...windowActions(failure), "openSettings", "retry"],
      };
    case "tooLarge":
      return {
        hint: l10n.t("Your message is kept. Try Again asks what to leave out."),
        actions: ["retry"],
      };
    case "diverged":
      return {
        hint: l10n.t("What you saw is kept as it was. Asking again may be charged again."),
        actions: hasReplay ? ["showOther", "retry", "showLog"] : ["retry", "showLog"],
      };
    default:
      return { hint: l10n.t("Your message and what arrived are kept."), actions: ["retry", "showLog"] };
  }
}

/** For a refused completion window, those that the model has. */
function windowActions({ windows = [] }: Failure): readonly ErrorActionId[] {
  const actions = { asap: "useAsap", standard: "useStandard" } as const;
  return windows.map((window) => actions[window]);
}

/** A button of an error. */
export function errorAction(id: ErrorActionId): ErrorAction {
  const labels: Readonly<Record<ErrorActionId, string>> = {
    retry: l10n.t("Try Again"),
    recover: l10n.t("Recover"),
    showOther: l10n.t("Show the Other Answer"),
    sendAnyway: l10n.t("Send Anyway"),
    useAsap: l10n.t("Use Now"),
    useStandard: l10n.t("Use Standard"),
    changeBudget: l10n.t("Change Budget…"),
    setToken: l10n.t("Set API Token"),
    getKey: l10n.t("Get a Key"),
    openSettings: openSettingsText(),
    openBilling: l10n.t("Open Billing"),
    showLog: l10n.t("Show Log"),
  };
  return { id, label: labels[id] };
}

import { l10n } from "vscode";
import type { Activity } from "../../core/edit/answerCollector.ts";
import { assertNever } from "../../core/util/assertNever.ts";

/** What is going on while an edit is on its way. */
export function activityText(activity: Activity): string {
  switch (activity) {
    case "sending":
      return l10n.t("Waiting for Valar…");
    case "thinking":
      return l10n.t("Valar is thinking…");
    case "writing":
      return l10n.t("Valar is writing…");
    case "reconnecting":
      return l10n.t("Reconnecting…");
    case "rateLimited":
      return l10n.t("Waiting for the rate limit…");
    default:
      return assertNever(activity);
  }
}

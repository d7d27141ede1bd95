import { l10n } from "vscode";
import type { Log } from "./log.ts";
import { notify } from "./notify.ts";

/** Logs a failure of Valar itself, and tells the person. */
export async function notifyFailure(what: string, error: unknown, log: Log): Promise<void> {
  log.error(what, error);
  const message = error instanceof Error ? error.message : String(error);
  await notify("error", l10n.t("Valar: {0}", message), [
    { label: l10n.t("Show Log"), run: () => log.show() },
  ]);
}

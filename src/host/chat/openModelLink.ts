import * as vscode from "vscode";
import { notify } from "../notify.ts";

/**
 * Opens a link that a model wrote, on the person's click. Only `https:` without user info; anything else is
 * refused with a message. VS Code itself shows the whole address and asks, unless the person trusts the domain.
 */
export async function openModelLink(href: string): Promise<void> {
  const url = URL.canParse(href) ? new URL(href) : undefined;
  if (url?.protocol !== "https:" || url.username !== "" || url.password !== "") {
    await notify(
      "warning",
      vscode.l10n.t("Only https links are opened. This one was not: {0}", href.slice(0, 200)),
    );
    return;
  }
  await vscode.env.openExternal(vscode.Uri.parse(url.href, true));
}

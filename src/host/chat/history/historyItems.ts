import * as vscode from "vscode";
import { visibleText } from "../../../core/markdown/invisible.ts";
import type { ConversationSummary } from "../ports.ts";
import { historyGroup, type HistoryGroup } from "./historyGroups.ts";

/** More rows than this are not shown: a search narrows them down. */
const maxRows = 200;

export type HistoryAction = "rename" | "pin" | "export" | "delete";

export interface HistoryButton extends vscode.QuickInputButton {
  readonly action: HistoryAction;
}

export interface HistoryItem extends vscode.QuickPickItem {
  /** Undefined for the heading of a group. */
  readonly conversation?: ConversationSummary;
  readonly buttons?: readonly HistoryButton[];
}

/** The rows of the history: the groups in order, each under its heading. */
export function historyItems(
  conversations: readonly ConversationSummary[],
  currentId: string,
  now: number,
): readonly HistoryItem[] {
  const items: HistoryItem[] = [];
  let last: HistoryGroup | undefined;
  for (const conversation of conversations.slice(0, maxRows)) {
    const group = historyGroup(conversation, now);
    if (group !== last) {
      items.push({ label: groupName(group), kind: vscode.QuickPickItemKind.Separator });
      last = group;
    }
    items.push(historyItem(conversation, currentId, now));
  }
  return items;
}

function historyItem(conversation: ConversationSummary, currentId: string, now: number): HistoryItem {
  const { id, title, changedAt, lastWords } = conversation;
  const isToday = new Date(changedAt).toDateString() === new Date(now).toDateString();
  const time = isToday
    ? new Date(changedAt).toLocaleTimeString(vscode.env.language, { timeStyle: "short" })
    : new Date(changedAt).toLocaleDateString(vscode.env.language, { dateStyle: "medium" });
  return {
    label: plainText(title === "" ? vscode.l10n.t("Untitled Chat") : title),
    // Chats of the same title are told apart by how their last answers begin.
    description: [id === currentId ? vscode.l10n.t("{0}, open", time) : time, plainText(lastWords)]
      .filter((part) => part !== "")
      .join(" · "),
    conversation,
    // The search has been done, in what was said too.
    alwaysShow: true,
    buttons: buttons(conversation),
  };
}

/** An icon's code in it is text like any other. */
function plainText(text: string): string {
  return visibleText(text).replaceAll("$(", "$\u200b(");
}

function buttons({ pinned }: ConversationSummary): readonly HistoryButton[] {
  const { l10n } = vscode;
  const button = (action: HistoryAction, icon: string, tooltip: string): HistoryButton => ({
    action,
    tooltip,
    iconPath: new vscode.ThemeIcon(icon),
  });
  return [
    button("rename", "edit", l10n.t("Rename…")),
    pinned ? button("pin", "pinned", l10n.t("Unpin")) : button("pin", "pin", l10n.t("Pin")),
    button("export", "export", l10n.t("Export…")),
    button("delete", "trash", l10n.t("Delete")),
  ];
}

function groupName(group: HistoryGroup): string {
  const { l10n } = vscode;
  return {
    pinned: l10n.t("Pinned"),
    today: l10n.t("Today"),
    yesterday: l10n.t("Yesterday"),
    week: l10n.t("Last 7 Days"),
    older: l10n.t("Older"),
  }[group];
}

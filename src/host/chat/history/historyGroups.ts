import type { ConversationSummary } from "../ports.ts";

export type HistoryGroup = "pinned" | "today" | "yesterday" | "week" | "older";

/** The group a conversation is listed in; `now` is a Unix time in ms, days are those of this machine's time zone. */
export function historyGroup({ pinned, changedAt }: ConversationSummary, now: number): HistoryGroup {
  if (pinned) {
    return "pinned";
  }
  if (changedAt >= startOfDay(now, 0)) {
    return "today";
  }
  if (changedAt >= startOfDay(now, 1)) {
    return "yesterday";
  }
  return changedAt >= startOfDay(now, 7) ? "week" : "older";
}

function startOfDay(now: number, daysAgo: number): number {
  const day = new Date(now);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() - daysAgo).getTime();
}

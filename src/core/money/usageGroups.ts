import { type Spent, sumOf } from "./spent.ts";
import type { UsageRecord } from "./usageRecord.ts";

/** Usage of one day, of one model in it, or of one of its completion windows. */
export interface UsageGroup {
  readonly level: "day" | "model" | "window";
  /** Of a day, its date, e.g. `2026-06-30`; of a window that was left to the server, empty. */
  readonly name: string;
  readonly spent: Spent;
  readonly groups: readonly UsageGroup[];
}

/** By day, model and window; the latest day first, within it the dearest first. `records` hold each request once. */
export function usageGroups(
  records: readonly UsageRecord[],
  dayOf: (at: number) => string,
): readonly UsageGroup[] {
  const days = group(
    records,
    "day",
    ({ at }) => dayOf(at),
    (ofDay) =>
      group(
        ofDay,
        "model",
        ({ model }) => model,
        (ofModel) =>
          group(
            ofModel,
            "window",
            ({ window }) => window ?? "",
            () => [],
          ),
      ),
  );
  return [...days].sort((a, b) => (a.name < b.name ? 1 : -1));
}

function group(
  records: readonly UsageRecord[],
  level: UsageGroup["level"],
  nameOf: (record: UsageRecord) => string,
  within: (records: readonly UsageRecord[]) => readonly UsageGroup[],
): readonly UsageGroup[] {
  const named = new Map<string, UsageRecord[]>();
  for (const record of records) {
    const name = nameOf(record);
    const members = named.get(name);
    if (members === undefined) named.set(name, [record]);
    else members.push(record);
  }
  return [...named]
    .map(([name, members]) => ({ level, name, spent: sumOf(members), groups: within(members) }))
    .sort((a, b) => b.spent.usd - a.spent.usd || b.spent.requests - a.spent.requests);
}

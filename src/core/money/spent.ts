import { mergeUsage, type UsageRecord } from "./usageRecord.ts";

/** What requests took together. */
export interface Spent {
  readonly usd: number;
  /** Requests whose cost is unknown, and counted for what it is at least: so is the sum. */
  readonly unpriced: number;
  readonly requests: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
}

export const nothingSpent: Spent = {
  usd: 0,
  unpriced: 0,
  requests: 0,
  promptTokens: 0,
  completionTokens: 0,
};

/** Each request once. */
export function sumOf(records: Iterable<UsageRecord>): Spent {
  return mergeUsage(records).reduce(
    (sum, { costUsd, leastUsd = 0, promptTokens = 0, completionTokens = 0 }) => ({
      usd: sum.usd + (costUsd ?? leastUsd),
      unpriced: sum.unpriced + (costUsd === undefined ? 1 : 0),
      requests: sum.requests + 1,
      promptTokens: sum.promptTokens + promptTokens,
      completionTokens: sum.completionTokens + completionTokens,
    }),
    nothingSpent,
  );
}

import { mergeUsage, type UsageRecord } from "./usageRecord.ts";

/** What requests took together. */
export interface Spent {
  readonly usd: number;
  /** Requests whose cost is unknown: the sum is then at least this. */
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
    (sum, { costUsd, promptTokens = 0, completionTokens = 0 }) => ({
      usd: sum.usd + (costUsd ?? 0),
      unpriced: sum.unpriced + (costUsd === undefined ? 1 : 0),
      requests: sum.requests + 1,
      promptTokens: sum.promptTokens + promptTokens,
      completionTokens: sum.completionTokens + completionTokens,
    }),
    nothingSpent,
  );
}

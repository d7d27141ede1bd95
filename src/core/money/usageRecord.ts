import { isRecord, parseJson } from "../util/record.ts";

/** What one answer cost: a line of the day's append-only usage file. */
export interface UsageRecord {
  /** The request's idempotency key: the same request again is one charge. */
  readonly key: string;
  /** Unix time, ms. */
  readonly at: number;
  readonly conversationId: string;
  readonly model: string;
  readonly window: string | undefined;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Undefined when the price was not known. */
  readonly costUsd: number | undefined;
}

export function encodeUsage(record: UsageRecord): string {
  return `${JSON.stringify(record)}\n`;
}

/** The records of a file; a torn or foreign line is left out, and of a request seen twice the last line counts. */
export function decodeUsage(text: string): readonly UsageRecord[] {
  const records = new Map<string, UsageRecord>();
  for (const line of text.split("\n")) {
    const record = readRecord(parseJson(line));
    if (record) records.set(record.key, record);
  }
  return [...records.values()];
}

function readRecord(value: unknown): UsageRecord | undefined {
  if (!isRecord(value)) return undefined;
  const { key, at, conversationId, model, window, promptTokens, completionTokens, costUsd } = value;
  const isValid =
    typeof key === "string" &&
    typeof conversationId === "string" &&
    typeof model === "string" &&
    isAmount(at) &&
    isAmount(promptTokens) &&
    isAmount(completionTokens);
  if (!isValid) return undefined;
  return {
    ...{ key, at, conversationId, model, promptTokens, completionTokens },
    window: typeof window === "string" ? window : undefined,
    costUsd: isAmount(costUsd) ? costUsd : undefined,
  };
}

function isAmount(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}

import { isRecord, parseJson } from "../util/record.ts";

/** What one request cost: a line of a day's append-only usage file. */
export interface UsageRecord {
  /** The request's idempotency key: the same request again is one charge. */
  readonly key: string;
  /** Unix time, ms. */
  readonly at: number;
  readonly model: string;
  readonly window: string | undefined;
  /** Undefined when the server did not say, as for an answer that was stopped. */
  readonly promptTokens: number | undefined;
  readonly completionTokens: number | undefined;
  /** USD; undefined when tokens or price were not known. */
  readonly costUsd: number | undefined;
  /** USD that it cost at least, by an estimate; left out when the cost is known. */
  readonly leastUsd?: number | undefined;
}

/** Begins a line of its own, so that the torn end of a write before it costs that one alone. */
export function encodeUsage(record: UsageRecord): string {
  return `\n${JSON.stringify(record)}\n`;
}

/** The records of a file, each request once; a torn or foreign line is left out. */
export function decodeUsage(text: string): readonly UsageRecord[] {
  return mergeUsage(text.split("\n").flatMap((line) => readRecord(parseJson(line)) ?? []));
}

/** Each request once, when it was made, with what came to be known of it. */
export function mergeUsage(records: Iterable<UsageRecord>): readonly UsageRecord[] {
  const merged = new Map<string, UsageRecord>();
  for (const record of records) {
    const known = merged.get(record.key);
    merged.set(record.key, known === undefined ? record : mergeTwo(known, record));
  }
  return [...merged.values()];
}

function mergeTwo(a: UsageRecord, b: UsageRecord): UsageRecord {
  const at = Math.min(a.at, b.at);
  const isKnown = (record: UsageRecord): boolean => record.promptTokens !== undefined;
  if (isKnown(a) || isKnown(b)) return { ...(isKnown(b) ? b : a), at };
  return { ...((a.leastUsd ?? 0) > (b.leastUsd ?? 0) ? a : b), at };
}

function readRecord(value: unknown): UsageRecord | undefined {
  if (!isRecord(value)) return undefined;
  const { key, at, model, window, promptTokens, completionTokens, costUsd, leastUsd } = value;
  if (typeof key !== "string" || typeof model !== "string" || !isAmount(at)) return undefined;
  return {
    ...{ key, at, model },
    window: typeof window === "string" ? window : undefined,
    promptTokens: amountOrNone(promptTokens),
    completionTokens: amountOrNone(completionTokens),
    costUsd: amountOrNone(costUsd),
    ...(isAmount(leastUsd) ? { leastUsd } : {}),
  };
}

function amountOrNone(value: unknown): number | undefined {
  return isAmount(value) ? value : undefined;
}

function isAmount(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}

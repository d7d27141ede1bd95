import { defaultCatalog, type ModelInfo } from "./catalog.ts";
import { defaultDelivery, type Delivery } from "./delivery.ts";

/** What a key may do. `noCredit`: 402; `noQuota`: 429 insufficient_quota; `forbidden`: 403. */
export type KeyState = "ok" | "noCredit" | "noQuota" | "forbidden";

export interface KeyInfo {
  readonly organization: string;
  readonly state: KeyState;
}

/** Everything that can be set at the start and, over HTTP, while the simulator runs. */
export interface SimulatorConfig {
  /** Speed of the answer; 0 is as fast as possible. A token is about 4 characters. */
  tokensPerSecond: number;
  /** Wait before the first token, milliseconds. */
  firstTokenMs: number;
  /** What the completion window `standard` adds to `firstTokenMs`, milliseconds. */
  standardDelayMs: number;
  /** Characters (code points) of a delta. */
  charsPerChunk: number;
  /** A comment line after this long without data, milliseconds; 0 for none. */
  heartbeatMs: number;
  /** How answers travel; a fault may override it for one request. */
  delivery: Delivery;
  /** Whether code that was asked for alone comes in a fence. */
  editAnswer: "fenced" | "bare";
  /** What an answer that ran into max_completion_tokens says; Valar may say `stop`. */
  truncatedFinishReason: "stop" | "length";
  /** Whether `usage` carries cached and reasoning tokens, or empty details. */
  usageDetails: boolean;
  /** The rate limit for each organization; 0 enforces none. */
  requestsPerMinute: number;
  maxBodyBytes: number;
  /** A prompt above this many tokens is refused; 0 for no limit. */
  contextTokens: number;
  unknownModelStatus: 400 | 404;
  /** Whether a browser page of any origin may call. */
  cors: boolean;
  /** Whether completion webhooks on loopback addresses are called. */
  webhooks: boolean;
  keys: Readonly<Record<string, KeyInfo>>;
  models: readonly ModelInfo[];
}

export const testKey = "sk_test_valar_simulator";

export function defaultConfig(): SimulatorConfig {
  return {
    tokensPerSecond: 0,
    firstTokenMs: 0,
    standardDelayMs: 0,
    charsPerChunk: 4,
    heartbeatMs: 0,
    delivery: defaultDelivery(),
    editAnswer: "fenced",
    truncatedFinishReason: "stop",
    usageDetails: true,
    requestsPerMinute: 6000,
    maxBodyBytes: 256 * 1024 * 1024,
    contextTokens: 0,
    unknownModelStatus: 400,
    cors: true,
    webhooks: true,
    keys: {
      [testKey]: { organization: "org_simulator", state: "ok" },
      sk_second: { organization: "org_simulator", state: "ok" },
      sk_no_credit: { organization: "org_no_credit", state: "noCredit" },
      sk_no_quota: { organization: "org_no_quota", state: "noQuota" },
      sk_forbidden: { organization: "org_forbidden", state: "forbidden" },
    },
    models: defaultCatalog(),
  };
}

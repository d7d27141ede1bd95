import type { CompletionWindow } from "./types.ts";

/** USD for 1,000,000 tokens. */
export interface Price {
  readonly input: number;
  readonly cachedInput: number;
  readonly output: number;
}

/** Prices of one model by completion window. A window that is missing is not offered, or its price unknown. */
export type ModelPrices = Readonly<Partial<Record<CompletionWindow, Price>>>;
export type PriceTable = Readonly<Record<string, ModelPrices>>;

/** Month of the table below. */
export const pricesDate = "2026-06";

const price = (input: number, cachedInput: number, output: number): Price => ({ input, cachedInput, output });

/** Source: the vendor's price list of `pricesDate`. */
export const knownPrices: PriceTable = {
  "zai-org/GLM-5.1-FP8": { asap: price(1.3, 0.26, 4.4), standard: price(0.73, 0.15, 2.51) },
  "moonshotai/Kimi-K2.6": { asap: price(0.9, 0.2, 3.6), standard: price(0.45, 0.2, 1.8) },
  "deepseek-ai/DeepSeek-V4-Pro": { asap: price(1.6, 0.15, 4.1), standard: price(0.9, 0.15, 2.3) },
  "deepseek-ai/DeepSeek-V4-Flash": { asap: price(0.09, 0.03, 0.19), standard: price(0.05, 0.015, 0.1) },
  "openai/gpt-oss-120b": { asap: price(0.06, 0.03, 0.4), standard: price(0.04, 0.02, 0.3) },
  "Qwen/Qwen3.5-397B-A17B": { asap: price(0.45, 0.09, 1.35), standard: price(0.25, 0.05, 0.75) },
  "google/gemma-4-31B-it": { asap: price(0.36, 0.2, 0.6), standard: price(0.18, 0.1, 0.3) },
  "MiniMaxAI/MiniMax-M2.7": { asap: price(0.27, 0.054, 1.08), standard: price(0.15, 0.03, 0.6) },
};

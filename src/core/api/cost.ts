import { knownPrices, type PriceTable } from "./prices.ts";
import type { CompletionWindow, Usage } from "./types.ts";

/**
 * USD that `usage` costs, or undefined when the model or window has no price. Cached tokens are part of the
 * prompt tokens and counted once, at their own price; reasoning tokens are part of the completion tokens.
 */
export function costUsd(
  usage: Usage,
  model: string,
  window: CompletionWindow | undefined,
  prices: PriceTable = knownPrices,
): number | undefined {
  const price = window === undefined ? undefined : prices[model]?.[window];
  if (price === undefined) return undefined;
  const cached = Math.min(usage.cachedTokens ?? 0, usage.promptTokens);
  const perMillion =
    (usage.promptTokens - cached) * price.input +
    cached * price.cachedInput +
    usage.completionTokens * price.output;
  return perMillion / 1_000_000;
}

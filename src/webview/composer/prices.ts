import { dollars } from "../../core/money/dollars.ts";
import type { ModelView, WindowView } from "../../protocol/chat.ts";
import type { ComposerStrings } from "../../protocol/composerStrings.ts";
import { fill } from "../dom.ts";

/** What a window costs for 1,000,000 tokens. */
export function priceText(
  { inputUsd, outputUsd }: WindowView,
  strings: ComposerStrings,
  locale: string,
): string {
  if (inputUsd === undefined || outputUsd === undefined) return strings.priceUnknown;
  return fill(strings.price, dollars(inputUsd, locale), dollars(outputUsd, locale));
}

/** The same for each window of a model, a line each. */
export function modelPrices({ windows }: ModelView, strings: ComposerStrings, locale: string): string {
  return windows
    .map((window) => fill(strings.windowPrice, window.name, priceText(window, strings, locale)))
    .join("\n");
}

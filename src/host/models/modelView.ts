import { env, l10n } from "vscode";
import { completionWindows } from "../../core/api/parameterValues.ts";
import { type ModelInfo, modelInfo } from "../../core/api/models.ts";
import type { PriceTable } from "../../core/api/prices.ts";
import { dollars } from "../../core/money/dollars.ts";
import { visibleText } from "../../core/markdown/invisible.ts";
import type { CompletionWindow } from "../../core/api/types.ts";
import type { ModelView, WindowView } from "../../protocol/chat.ts";

/** A model as it is shown; one that nothing is known of goes by its id. */
export function modelView(id: string, models: readonly ModelInfo[], prices: PriceTable): ModelView {
  const info = modelInfo(id, models);
  const isKnown = models.some((model) => model.id === id);
  return {
    id,
    name: visibleText(isKnown ? info.name : id),
    isKnown,
    imageInput: info.imageInput,
    reasoning: info.reasoning,
    windows: (info.windows ?? completionWindows).map((window) => ({
      id: window,
      name: windowName(window),
      inputUsd: prices[id]?.[window]?.input,
      outputUsd: prices[id]?.[window]?.output,
    })),
  };
}

/** A window as Valar calls it. */
export function windowName(window: CompletionWindow): string {
  return { asap: l10n.t("Now"), standard: l10n.t("Standard") }[window];
}

/** What a completion window costs. */
export function priceText({ inputUsd, outputUsd }: WindowView): string {
  if (inputUsd === undefined || outputUsd === undefined) {
    return l10n.t("price unknown");
  }
  const price = (usd: number): string => dollars(usd, env.language);
  return l10n.t("{0} in, {1} out per million tokens", price(inputUsd), price(outputUsd));
}

import { type ModelInfo, modelInfo } from "./models.ts";
import type { PriceTable } from "./prices.ts";
import type { CompletionWindow } from "./types.ts";

export interface PricedChoice {
  readonly model: string;
  readonly window: CompletionWindow;
}

/** A question has more tokens than a short answer, which here counts as much as a third of it. */
const answerPart = 1 / 3;

/** The model and window that cost least for a question; undefined when nothing has a price. */
export function cheapestModel(models: readonly ModelInfo[], prices: PriceTable): PricedChoice | undefined {
  const costs = models.flatMap(({ id, windows }) =>
    (windows ?? []).flatMap((window) => {
      const price = prices[id]?.[window];
      return price === undefined
        ? []
        : [{ choice: { model: id, window }, cost: price.input + price.output * answerPart }];
    }),
  );
  return costs.toSorted((a, b) => a.cost - b.cost)[0]?.choice;
}

/** The window of a model that costs least; `asap` when nothing is known of its prices. */
export function cheapestWindow(
  model: string,
  models: readonly ModelInfo[],
  prices: PriceTable,
): CompletionWindow {
  return cheapestModel([modelInfo(model, models)], prices)?.window ?? "asap";
}

import { env, l10n } from "vscode";
import { dollars } from "../../core/money/dollars.ts";
import type { WindowView } from "../../protocol/chat.ts";

/** What a completion window costs. */
export function priceText({ inputUsd, outputUsd }: WindowView): string {
  if (inputUsd === undefined || outputUsd === undefined) {
    return l10n.t("price unknown");
  }
  const price = (usd: number): string => dollars(usd, env.language);
  return l10n.t("{0} in, {1} out per million tokens", price(inputUsd), price(outputUsd));
}

import { env, l10n } from "vscode";
import { dollars } from "../../core/money/dollars.ts";
import type { WindowView } from "../../protocol/chat.ts";

/** What a completion window costs. */
export function priceText({ inputUsd, outputUsd }: WindowView): string {
  return inputUsd === undefined || outputUsd === undefined
    ? l10n.t("price unknown")
    : l10n.t(
        "{0} in, {1} out per million tokens",
        dollars(inputUsd, env.language),
        dollars(outputUsd, env.language),
      );
}

import { env, l10n } from "vscode";
import type { Answer } from "../../../core/chat/conversation.ts";
import { compactCount } from "../../../core/money/compactCount.ts";
import { dollars } from "../../../core/money/dollars.ts";
import { windowName } from "../../models/modelView.ts";

/** What an answer took, in one line. */
export function figuresText(
  { usage, completionWindow }: Answer,
  modelName: string,
  costUsd: number | undefined,
): string {
  const count = (tokens: number) => compactCount(tokens, env.language);
  const tokens =
    usage === undefined
      ? []
      : [
          usage.cachedTokens === undefined || usage.cachedTokens === 0
            ? l10n.t("{0} in", count(usage.promptTokens))
            : l10n.t("{0} in ({1} cached)", count(usage.promptTokens), count(usage.cachedTokens)),
          l10n.t("{0} out", count(usage.completionTokens)),
        ];
  return [
    modelName,
    ...(completionWindow === undefined ? [] : [windowName(completionWindow)]),
    ...tokens,
    costUsd === undefined ? l10n.t("cost unknown") : dollars(costUsd, env.language),
  ].join(" • ");
}

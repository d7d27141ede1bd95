import { env, l10n } from "vscode";
import { dollars } from "../../core/money/dollars.ts";
import type { Spent } from "../../core/money/spent.ts";
import type { BudgetState } from "./budgets.ts";

/** US dollars as the person writes numbers. */
export function money(usd: number): string {
  return dollars(usd, env.language);
}

/** A sum, which is the least it can be where the cost of a request is not known. */
export function spentText({ usd, unpriced }: Pick<Spent, "usd" | "unpriced">): string {
  return unpriced === 0 ? money(usd) : l10n.t("at least {0}", money(usd));
}

/** A budget that is used up, in one sentence. */
export function usedUpText({ id, spentUsd, limitUsd }: BudgetState): string {
  const [spent, limit] = [money(spentUsd), money(limitUsd)];
  return id === "session"
    ? l10n.t("This window’s budget is used up: {0} of {1}.", spent, limit)
    : l10n.t("Today’s budget is used up: {0} of {1}.", spent, limit);
}

/** A budget that is nearly used up, in one sentence. */
export function nearText({ id, spentUsd, limitUsd }: BudgetState): string {
  const [spent, limit] = [money(spentUsd), money(limitUsd)];
  return id === "session"
    ? l10n.t("This window has spent {0} of its budget of {1}.", spent, limit)
    : l10n.t("{0} of today’s budget of {1} are spent.", spent, limit);
}

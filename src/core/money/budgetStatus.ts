export type BudgetStatus = "none" | "within" | "warning" | "exceeded";

/** Part of a budget from which on the person is warned. */
const warningPart = 0.8;

/**
 * How `spentUsd` stands against a budget; `null` is none. `liftedUsd` is what had been spent when the person last
 * chose to go on: from there the same budget counts anew.
 */
export function budgetStatus(spentUsd: number, budgetUsd: number | null, liftedUsd = 0): BudgetStatus {
  if (budgetUsd === null) return "none";
  const since = spentUsd - liftedUsd;
  if (since >= budgetUsd) return "exceeded";
  return since >= budgetUsd * warningPart ? "warning" : "within";
}

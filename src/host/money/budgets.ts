import { type BudgetStatus, budgetStatus } from "../../core/money/budgetStatus.ts";
import type { Spent } from "../../core/money/spent.ts";
import type { Budgets as Limits } from "../settings.ts";

export type BudgetId = keyof Limits;

/** How one budget stands. */
export interface BudgetState {
  readonly id: BudgetId;
  readonly limitUsd: number;
  /** Since the budget was last lifted. */
  readonly spentUsd: number;
  readonly status: BudgetStatus;
}

/** What is kept from one session to the next; `globalState` is one. */
export interface MoneyMemory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const memoryKey = "valar.liftedDayBudget";

/** The budgets of the settings, and how far the person lifted them. */
export class Budgets {
  readonly #limits: () => Limits;
  readonly #memory: MoneyMemory;
  readonly #today: () => string;
  #liftedSession = 0;
  #isNextFree = false;

  /** `today` gives the date: what is lifted of a day's budget ends with it. */
  constructor(limits: () => Limits, memory: MoneyMemory, today: () => string) {
    this.#limits = limits;
    this.#memory = memory;
    this.#today = today;
  }

  get hasDay(): boolean {
    return this.#limits().day !== null;
  }

  /** Those that are set, the session's first. */
  states(session: Spent, day: Spent): readonly BudgetState[] {
    const limits = this.#limits();
    return [
      ...stateOf("session", limits.session, session.usd, this.#liftedSession),
      ...stateOf("day", limits.day, day.usd, this.#liftedDay),
    ];
  }

  /** The person goes on: what was spent no longer counts, and the next request is let through in any case. */
  async lift(session: Spent, day: Spent): Promise<void> {
    const exceeded = this.states(session, day).filter(({ status }) => status === "exceeded");
    this.#isNextFree = exceeded.length > 0;
    if (exceeded.some(({ id }) => id === "session")) {
      this.#liftedSession = session.usd;
    }
    if (exceeded.some(({ id }) => id === "day")) {
      await this.#memory.update(memoryKey, { day: this.#today(), usd: day.usd });
    }
  }

  /** True once after `lift`: a budget of 0 would stop even the request that the person wants. */
  takeFree(): boolean {
    const isFree = this.#isNextFree;
    this.#isNextFree = false;
    return isFree;
  }

  get #liftedDay(): number {
    const lifted = this.#memory.get(memoryKey);
    const isToday =
      typeof lifted === "object" && lifted !== null && "day" in lifted && lifted.day === this.#today();
    return isToday && "usd" in lifted && typeof lifted.usd === "number" ? lifted.usd : 0;
  }
}

function stateOf(
  id: BudgetId,
  limitUsd: number | null,
  usd: number,
  liftedUsd: number,
): readonly BudgetState[] {
  if (limitUsd === null) {
    return [];
  }
  const lifted = Math.min(liftedUsd, usd);
  return [{ id, limitUsd, spentUsd: usd - lifted, status: budgetStatus(usd, limitUsd, lifted) }];
}

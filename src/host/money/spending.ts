import { EventEmitter } from "vscode";
import { ApiError } from "../../core/api/errors.ts";
import type { RequestMeter, RequestWatch } from "../../core/api/meter.ts";
import { modelOf, promptTexts } from "../../core/api/requestBody.ts";
import type { CompletionWindow, PreparedRequest, Usage } from "../../core/api/types.ts";
import { estimateTokens } from "../../core/chat/tokenEstimate.ts";
import { ChargeWatch } from "../../core/money/chargeWatch.ts";
import { nothingSpent, type Spent, sumOf } from "../../core/money/spent.ts";
import type { UsageRecord } from "../../core/money/usageRecord.ts";
import type { Log } from "../log.ts";
import { Activity } from "./activity.ts";
import type { Budgets, BudgetState } from "./budgets.ts";
import { usedUpText } from "./moneyText.ts";
import { Reservations } from "./reservations.ts";
import type { UsageLedger } from "./usageLedger.ts";

export interface SpendingDeps {
  readonly ledger: UsageLedger;
  readonly budgets: Budgets;
  /** The window a model's request runs in when it names none, and what `usage` costs there; undefined is unknown. */
  readonly windowOf: (model: string) => CompletionWindow | undefined;
  readonly costOf: (usage: Usage, model: string, window: CompletionWindow | undefined) => number | undefined;
  readonly log: Pick<Log, "error">;
  /** Unix time, ms. */
  readonly now: () => number;
}

/** What a request's body says of its price. */
interface RequestFacts {
  readonly model: string;
  readonly window: CompletionWindow | undefined;
  /** By an estimate. */
  readonly promptTokens: number;
}

/** Counts what every request costs, and lets none be made once a budget is used up. */
export class Spending implements RequestMeter {
  readonly #deps: SpendingDeps;
  readonly #changed = new EventEmitter<void>();
  readonly #warned = new EventEmitter<BudgetState>();
  readonly #session: UsageRecord[] = [];
  /** Budgets that were warned of, as they stood. */
  readonly #told = new Set<string>();
  readonly #reservations: Reservations;
  readonly #facts = new WeakMap<PreparedRequest, RequestFacts>();
  #today = nothingSpent;

  readonly activity = new Activity();
  /** Sums or budgets are otherwise. */
  readonly onDidChange = this.#changed.event;
  /** A budget is nearly used up: told once. */
  readonly onDidNear = this.#warned.event;

  constructor(deps: SpendingDeps) {
    this.#deps = deps;
    this.#reservations = new Reservations(deps.now);
  }

  dispose(): void {
    this.#changed.dispose();
    this.#warned.dispose();
    this.activity.dispose();
  }

  /** Of this window, since it was opened. */
  get session(): Spent {
    return sumOf(this.#session);
  }

  /** Of all windows, as it was last read. */
  get today(): Spent {
    return this.#today;
  }

  /** As they were last read; those that are set, the session's first. */
  get budgets(): readonly BudgetState[] {
    return this.#deps.budgets.states(this.session, this.#today);
  }

  /** Reads what all windows spent today. When that fails, what is known already counts. */
  async refresh(): Promise<void> {
    try {
      this.#today = sumOf(await this.#deps.ledger.today());
    } catch (error) {
      this.#deps.log.error("What was spent today could not be read", error);
    }
    this.#changed.fire();
    this.#tell();
  }

  /** Throws `ApiError` of kind `overBudget`. */
  async admit(request: PreparedRequest): Promise<void> {
    const { budgets } = this.#deps;
    if (budgets.hasDay) {
      await this.refresh();
    }
    const isFree = budgets.takeFree();
    const states = budgets.states(this.#withReserved(this.session), this.#withReserved(this.#today));
    const exceeded = states.find(({ status }) => status === "exceeded");
    if (exceeded !== undefined && !isFree) {
      throw new ApiError("overBudget", usedUpText(exceeded));
    }
    this.#reservations.prepared(request.key, this.#leastUsd(request, 0));
  }

  /** The person goes on beyond the budgets that are used up: each counts anew. */
  async lift(): Promise<void> {
    await this.#deps.budgets.lift(this.#withReserved(this.session), this.#withReserved(this.#today));
    this.#changed.fire();
    this.#tell();
  }

  watch(request: PreparedRequest): RequestWatch {
    const activity = this.activity.watch();
    let answerTokens = 0;
    const charge = new ChargeWatch((usage) => void this.#charged(request, usage, answerTokens));
    this.#reservations.running(request.key, this.#leastUsd(request, 0));
    return {
      event: (event) => {
        activity.event(event);
        charge.event(event);
        if (event.type === "delta") {
          answerTokens += estimateTokens(event.text);
        }
      },
      ended: (error) => {
        charge.ended(error);
        this.#reservations.ended(request.key);
        activity.ended(error);
      },
    };
  }

  /** Everything that was ever written down. */
  history(): Promise<readonly UsageRecord[]> {
    return this.#deps.ledger.all();
  }

  async clear(): Promise<void> {
    await this.#deps.ledger.clear();
    await this.refresh();
  }

  /** What all windows spent is on disk by then, as far as the disk takes it. */
  close(): Promise<void> {
    return this.#deps.ledger.written();
  }

  async #charged(request: PreparedRequest, usage: Usage | undefined, answerTokens: number): Promise<void> {
    const { costOf, ledger, now } = this.#deps;
    const { key } = request;
    const { model, window } = this.#factsOf(request);
    const record: UsageRecord = {
      ...{ key, at: now(), model, window },
      promptTokens: usage?.promptTokens,
      completionTokens: usage?.completionTokens,
      costUsd: usage && costOf(usage, model, window),
      ...(usage === undefined ? { leastUsd: this.#leastUsd(request, answerTokens) } : {}),
    };
    this.#session.push(record);
    this.#changed.fire();
    await ledger.add(record);
    await this.refresh();
  }

  /** By an estimate of the prompt's text and of what arrived of the answer; undefined without a price. */
  #leastUsd(request: PreparedRequest, answerTokens: number): number | undefined {
    const { model, window, promptTokens } = this.#factsOf(request);
    const completionTokens = Math.floor(answerTokens);
    const totalTokens = promptTokens + completionTokens;
    return this.#deps.costOf({ promptTokens, completionTokens, totalTokens }, model, window);
  }

  /** Read once, since a body may be large. */
  #factsOf(request: PreparedRequest): RequestFacts {
    const known = this.#facts.get(request);
    if (known !== undefined) {
      return known;
    }
    const { model, completionWindow } = modelOf(request.body);
    const promptTokens = promptTexts(request.body).reduce((sum, text) => sum + estimateTokens(text), 0);
    const facts = {
      ...{ model, window: completionWindow ?? this.#deps.windowOf(model) },
      promptTokens: Math.floor(promptTokens),
    };
    this.#facts.set(request, facts);
    return facts;
  }

  #withReserved(spent: Spent): Spent {
    return { ...spent, usd: spent.usd + this.#reservations.usd };
  }

  #tell(): void {
    for (const state of this.budgets) {
      const key = JSON.stringify([state.id, state.limitUsd]);
      if (state.status === "within") {
        this.#told.delete(key);
      } else if (state.status === "warning" && !this.#told.has(key)) {
        this.#told.add(key);
        this.#warned.fire(state);
      }
    }
  }
}

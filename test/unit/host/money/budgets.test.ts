import assert from "node:assert/strict";
import { nothingSpent, type Spent } from "../../../../src/core/money/spent.ts";
import { Budgets, type MoneyMemory } from "../../../../src/host/money/budgets.ts";

const spent = (usd: number): Spent => ({ ...nothingSpent, usd });

class Memory implements MoneyMemory {
  readonly values = new Map<string, unknown>();
  get(key: string): unknown {
    return this.values.get(key);
  }
  update(key: string, value: unknown): Promise<void> {
    this.values.set(key, value);
    return Promise.resolve();
  }
}

describe("the budgets", () => {
  let limits: { session: number | null; day: number | null };
  let memory: Memory;
  let today: string;
  const open = (): Budgets =>
    new Budgets(
      () => limits,
      memory,
      () => today,
    );
  const statuses = (budgets: Budgets, session: number, day: number): readonly string[] =>
    budgets.states(spent(session), spent(day)).map(({ id, status }) => `${id} ${status}`);
  beforeEach(() => {
    [limits, memory, today] = [{ session: 1, day: 10 }, new Memory(), "2026-06-30"];
  });

  it("are those that are set, each against what was spent in its time", () => {
    assert.deepEqual(statuses(open(), 0.9, 2), ["session warning", "day within"]);
    limits = { session: null, day: 2 };
    assert.deepEqual(statuses(open(), 0.9, 2), ["day exceeded"]);
    limits = { session: null, day: null };
    assert.deepEqual(statuses(open(), 0.9, 2), []);
  });

  it("count anew from where the person lifted them, and only those that were used up", async () => {
    const budgets = open();
    await budgets.lift(spent(1.5), spent(9));
    assert.deepEqual(statuses(budgets, 1.5, 9), ["session within", "day warning"]);
    assert.deepEqual(statuses(budgets, 2.5, 10), ["session exceeded", "day exceeded"]);
    assert.deepEqual(
      budgets.states(spent(2), spent(0)).map(({ spentUsd }) => spentUsd),
      [0.5, 0],
    );
  });

  it("of a day stay lifted after a reload, and not on the next day", async () => {
    await open().lift(spent(0), spent(12));
    assert.deepEqual(statuses(open(), 0, 13), ["session within", "day within"]);
    today = "2026-07-01";
    assert.deepEqual(statuses(open(), 0, 13), ["session within", "day exceeded"]);
  });

  it("of nothing let one request through each time the person says so", async () => {
    limits = { session: 0, day: null };
    const budgets = open();
    assert.deepEqual(statuses(budgets, 0, 0), ["session exceeded"]);
    assert.equal(budgets.takeFree(), false);
    await budgets.lift(spent(0), spent(0));
    assert.deepEqual([budgets.takeFree(), budgets.takeFree()], [true, false]);
  });

  it("are lifted by nothing that was cleared or spent less since", async () => {
    const budgets = open();
    await budgets.lift(spent(0), spent(12));
    assert.deepEqual(statuses(budgets, 0, 0), ["session within", "day within"]);
    assert.deepEqual(
      budgets.states(spent(0), spent(3)).map(({ spentUsd }) => spentUsd),
      [0, 0],
    );
  });
});

import assert from "node:assert/strict";
import { budgetStatus } from "../../../../src/core/money/budgetStatus.ts";

describe("a budget", () => {
  it("warns at 80 %, stops at 100 %, and counts anew when lifted", () => {
    const spent = [0, 7.99, 8, 9.99, 10, 25];
    assert.deepEqual(
      spent.map((usd) => budgetStatus(usd, 10)),
      ["within", "within", "warning", "warning", "exceeded", "exceeded"],
    );
    assert.equal(budgetStatus(1e9, null), "none");
    assert.equal(budgetStatus(10.5, 10, 10.2), "within");
    assert.equal(budgetStatus(20.2, 10, 10.2), "exceeded");
    assert.equal(budgetStatus(0, 0), "exceeded");
  });
});

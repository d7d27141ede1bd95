import assert from "node:assert/strict";
import { ApiError, type ApiErrorKind } from "../../../src/core/api/errors.ts";
import { ErrorActions } from "../../../src/host/commands/errorActions.ts";

describe("the buttons of an error outside the chat", () => {
  const performed: string[] = [];
  const errors = new ErrorActions({
    token: { setToken: () => assert.fail(), getKey: () => assert.fail() },
    log: { show: () => assert.fail() },
    clearWay: (action) => Promise.resolve(void performed.push(action)),
  });
  const retry = { label: "Retry", run: () => performed.push("retry") };
  const buttons = (kind: ApiErrorKind) => errors.describe(new ApiError(kind, "It failed."), retry).actions;

  for (const [kind, labels] of [
    ["noToken", ["Set API Token", "Get a Key", "Retry"]],
    ["unauthorized", ["Set API Token", "Get a Key", "Retry"]],
    ["billing", ["Open Billing", "Retry"]],
    ["network", ["Retry", "Show Log"]],
    ["diverged", ["Retry", "Show Log"]],
  ] as const) {
    it(`${kind}: begin with what helps`, () => {
      assert.deepEqual(
        buttons(kind).map(({ label }) => label),
        labels,
      );
    });
  }

  it("retry in one way alone", async () => {
    const [first, ...others] = buttons("overBudget");
    assert.deepEqual([first?.label, ...others.map(({ label }) => label)], ["Send Anyway", "Change Budget…"]);
    await first?.run();
    assert.deepEqual(performed, ["sendAnyway", "retry"]);
  });
});

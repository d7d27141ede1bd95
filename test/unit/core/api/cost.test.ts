import assert from "node:assert/strict";
import { costUsd } from "../../../../src/core/api/cost.ts";
import { defaultWindow, knownModels, modelInfo } from "../../../../src/core/api/models.ts";
import { overrideModels, overridePrices } from "../../../../src/core/api/overrides.ts";
import { knownPrices, pricesDate } from "../../../../src/core/api/prices.ts";

const glm = "zai-org/GLM-5.1-FP8";
const usage = { promptTokens: 1_000_000, completionTokens: 500_000, totalTokens: 1_500_000 };
const near = (actual: number | undefined, expected: number): void =>
  assert.ok(Math.abs((actual ?? NaN) - expected) < 1e-9, `${actual} is not ${expected}`);

describe("costUsd", () => {
  it("counts prompt and completion at the window's price", () => {
    near(costUsd(usage, glm, "asap"), 1.3 + 2.2);
    near(costUsd(usage, glm, "standard"), 0.73 + 1.255);
  });

  it("counts cached tokens once, at their own price, and reasoning as completion", () => {
    near(
      costUsd({ ...usage, cachedTokens: 400_000, reasoningTokens: 300_000 }, glm, "asap"),
      0.6 * 1.3 + 0.4 * 0.26 + 2.2,
    );
    near(costUsd({ ...usage, cachedTokens: 1_000_000 }, glm, "asap"), 0.26 + 2.2);
    near(costUsd({ ...usage, cachedTokens: 9_000_000 }, glm, "asap"), 0.26 + 2.2);
  });

  it("does not know what has no price", () => {
    assert.equal(costUsd(usage, "who/knows", "asap"), undefined);
    assert.equal(costUsd(usage, glm, undefined), undefined);
    assert.equal(costUsd(usage, glm, "standard", { [glm]: {} }), undefined);
    assert.equal(costUsd(usage, "toString", "asap"), undefined);
    assert.equal(costUsd(usage, "__proto__", "asap"), undefined);
  });

  it("takes prices from the setting", () => {
    const { value, problems } = overridePrices({ [glm]: { asap: { input: 1, cachedInput: 0, output: 2 } } });
    assert.deepEqual(problems, []);
    near(costUsd(usage, glm, "asap", value), 2);
    near(costUsd(usage, glm, "standard", value), 0.73 + 1.255);
    assert.equal(costUsd(usage, glm, "asap", overridePrices({ [glm]: null }).value), undefined);
  });

  it("says what is wrong in the setting and keeps the rest", () => {
    const wrong = { [glm]: { asap: { input: -1, cachedInput: 0, output: 2 }, flex: {} }, other: 7 };
    const { value, problems } = overridePrices(wrong);
    assert.equal(problems.length, 3);
    assert.deepEqual(value[glm], knownPrices[glm]);
    assert.equal(overridePrices("no").problems.length, 1);
    assert.deepEqual(overridePrices(undefined), { value: knownPrices, problems: [] });
  });
});

describe("models", () => {
  it("have a name and prices each, and a date", () => {
    assert.match(pricesDate, /^\d{4}-\d{2}$/);
    assert.deepEqual(Object.keys(knownPrices).sort(), knownModels.map(({ id }) => id).sort());
    for (const prices of Object.values(knownPrices)) {
      for (const { input, cachedInput, output } of Object.values(prices)) {
        assert.ok(cachedInput <= input && input <= output);
      }
    }
  });

  it("know the default window, or that it is unknown", () => {
    assert.equal(defaultWindow(modelInfo(glm)), "standard");
    assert.equal(defaultWindow({ ...modelInfo(glm), windows: ["asap"] }), "asap");
    assert.equal(defaultWindow(modelInfo("who/knows-it")), undefined);
    assert.equal(modelInfo("who/knows-it").name, "knows-it");
  });

  it("take changes from the setting", () => {
    const { value, problems } = overrideModels({
      [glm]: { name: "Mine", contextTokens: 1000, windows: ["asap"] },
      "new/model": { imageInput: true },
    });
    assert.deepEqual(problems, []);
    const mine = modelInfo(glm, value);
    assert.deepEqual(
      [mine.name, mine.contextTokens, mine.windows, mine.imageInput],
      ["Mine", 1000, ["asap"], false],
    );
    assert.equal(modelInfo("new/model", value).imageInput, true);
    const bad = { [glm]: { name: "", imageInput: 1, windows: ["flex"], contextTokens: 0.5, price: 1 }, x: 1 };
    assert.equal(overrideModels(bad).problems.length, 6);
    assert.deepEqual(modelInfo(glm, overrideModels(bad).value), modelInfo(glm));
  });
});

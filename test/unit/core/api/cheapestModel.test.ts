import assert from "node:assert/strict";
import { cheapestModel, cheapestWindow } from "../../../../src/core/api/cheapestModel.ts";
import { knownModels } from "../../../../src/core/api/models.ts";
import { knownPrices } from "../../../../src/core/api/prices.ts";

const price = (input: number, output: number) => ({ input, cachedInput: 0, output });

describe("the cheapest model", () => {
  it("is the one that a question with a shorter answer costs least with", () => {
    const prices = {
      [knownModels[0]?.id ?? ""]: { asap: price(1, 3), standard: price(3, 0) },
      [knownModels[1]?.id ?? ""]: { asap: price(0.5, 6), standard: price(1.5, 1) },
    };
    assert.deepEqual(cheapestModel(knownModels, prices), { model: knownModels[1]?.id, window: "standard" });
  });

  it("is none where nothing has a price, and one that is offered in a window it has", () => {
    assert.equal(cheapestModel(knownModels, {}), undefined);
    const choice = cheapestModel(knownModels, knownPrices);
    assert.equal(choice?.window, "standard");
    assert.ok(choice.model in knownPrices);
  });

  it("takes the cheaper window of a model, or the one that all have", () => {
    assert.equal(cheapestWindow("zai-org/GLM-5.1-FP8", knownModels, knownPrices), "standard");
    assert.equal(cheapestWindow("a/unknown", knownModels, knownPrices), "asap");
  });
});

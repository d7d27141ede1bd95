import assert from "node:assert/strict";
import fc from "fast-check";
import { budgetStatus, sumOf } from "../../../../src/core/money/budgetStatus.ts";
import { decodeUsage, encodeUsage, type UsageRecord } from "../../../../src/core/money/usageRecord.ts";

const count = fc.nat();
const records: fc.Arbitrary<readonly UsageRecord[]> = fc.uniqueArray(
  fc.record(
    {
      key: fc.uuid(),
      at: count,
      conversationId: fc.string(),
      model: fc.string(),
      window: fc.option(fc.constantFrom("asap", "standard"), { nil: undefined }),
      promptTokens: count,
      completionTokens: count,
      costUsd: fc.option(fc.integer({ min: 0, max: 1000 }), { nil: undefined }),
    },
    { noNullPrototype: true },
  ),
  { selector: ({ key }) => key },
);

describe("the usage of a day", () => {
  it("comes back from its lines, and torn at its end loses its last line alone", () => {
    fc.assert(
      fc.property(records, fc.nat(200), (written, cut) => {
        const lines = written.map(encodeUsage);
        assert.deepEqual(decodeUsage(lines.join("")), written);
        const last = lines.at(-1) ?? "";
        const torn = lines.slice(0, -1).join("") + last.slice(0, Math.max(0, last.length - 2 - cut));
        assert.deepEqual(decodeUsage(torn), written.slice(0, -1));
      }),
    );
  });

  it("is summed with each request once, and says how many answers have no price", () => {
    fc.assert(
      fc.property(records, (all) => {
        const { usd, unpriced } = sumOf([...all, ...all]);
        assert.equal(
          usd,
          all.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0),
        );
        assert.equal(unpriced, all.filter(({ costUsd }) => costUsd === undefined).length);
      }),
    );
  });

  it("of any content is read without failing", () => {
    fc.assert(fc.property(fc.string(), (text) => assert.ok(Array.isArray(decodeUsage(text)))));
    assert.deepEqual(decodeUsage('{"key":1}\nnull\n[]\n'), []);
  });
});

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

import assert from "node:assert/strict";
import fc from "fast-check";
import { sumOf } from "../../../../src/core/money/spent.ts";
import { usageGroups } from "../../../../src/core/money/usageGroups.ts";
import {
  decodeUsage,
  encodeUsage,
  mergeUsage,
  type UsageRecord,
} from "../../../../src/core/money/usageRecord.ts";

const count = fc.nat();
const known = fc.record(
  {
    key: fc.uuid(),
    at: count,
    model: fc.constantFrom("a/one", "a/two"),
    window: fc.constantFrom("asap", "standard", undefined),
    promptTokens: count,
    completionTokens: count,
    costUsd: fc.option(fc.integer({ min: 0, max: 1000 }), { nil: undefined }),
  },
  { noNullPrototype: true },
);
const unknown = known.map((record) => ({ ...record, ...withoutUsage }));
const withoutUsage = { promptTokens: undefined, completionTokens: undefined, costUsd: undefined };
const records: fc.Arbitrary<readonly UsageRecord[]> = fc.uniqueArray(fc.oneof(known, unknown), {
  selector: ({ key }) => key,
});

describe("the usage of a day", () => {
  it("comes back from its lines, and a torn write costs its own line alone, wherever it was torn", () => {
    fc.assert(
      fc.property(records, fc.nat(), fc.nat(), (written, which, cut) => {
        const lines = written.map(encodeUsage);
        assert.deepEqual(decodeUsage(lines.join("")), written);
        const at = which % Math.max(written.length, 1);
        const torn = lines.map((line, index) =>
          index === at ? line.slice(0, cut % (line.length - 2)) : line,
        );
        assert.deepEqual(
          decodeUsage(torn.join("")),
          written.filter((_, index) => index !== at),
        );
      }),
    );
  });

  it("of any content is read without failing", () => {
    fc.assert(fc.property(fc.string(), (text) => assert.ok(Array.isArray(decodeUsage(text)))));
    assert.deepEqual(decodeUsage('{"key":1}\nnull\n[]\n'), []);
  });

  it("has each request once: when it was first made, with what is known of it, in whatever order it came", () => {
    fc.assert(
      fc.property(known, fc.nat(1000), fc.boolean(), (record, later, isReversed) => {
        const cancelled = { ...record, ...withoutUsage, at: record.at + later };
        const both = isReversed ? [cancelled, record] : [record, cancelled];
        assert.deepEqual(mergeUsage(both), [record]);
      }),
    );
  });

  it("counts a request of unknown cost for what it was at least, the most that was found, until its cost is known", () => {
    const least = (leastUsd: number): UsageRecord => ({
      ...{ key: "stopped", at: 1, model: "a/one", window: "asap", leastUsd },
      ...withoutUsage,
    });
    const written = decodeUsage([least(0.5), least(0.25)].map(encodeUsage).join(""));
    assert.deepEqual(written, [least(0.5)]);
    assert.deepEqual([sumOf(written).usd, sumOf(written).unpriced], [0.5, 1]);
    const recovered = { ...least(0.5), promptTokens: 1, completionTokens: 1, costUsd: 0.75 };
    assert.deepEqual([sumOf([recovered, least(0.5)]).usd, sumOf([recovered]).unpriced], [0.75, 0]);
  });

  it("is summed with each request once, and says how many have no known cost", () => {
    fc.assert(
      fc.property(records, (all) => {
        const { usd, unpriced, requests } = sumOf([...all, ...all]);
        assert.equal(
          usd,
          all.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0),
        );
        assert.equal(unpriced, all.filter(({ costUsd }) => costUsd === undefined).length);
        assert.equal(requests, all.length);
      }),
    );
  });
});

describe("usage in groups", () => {
  const dayOf = (at: number): string => `2026-06-${String((at % 28) + 1).padStart(2, "0")}`;

  it("adds up on every level to what was spent in all, the latest day first", () => {
    fc.assert(
      fc.property(records, (all) => {
        const days = usageGroups(all, dayOf);
        const models = days.flatMap(({ groups }) => groups);
        const windows = models.flatMap(({ groups }) => groups);
        for (const level of [days, models, windows]) {
          const sum = level.reduce((total, { spent }) => total + spent.usd, 0);
          assert.equal(sum, sumOf(all).usd);
          assert.equal(
            level.reduce((total, { spent }) => total + spent.requests, 0),
            all.length,
          );
        }
        const names = days.map(({ name }) => name);
        assert.deepEqual(names, [...new Set(names)].sort().reverse());
      }),
    );
  });
});

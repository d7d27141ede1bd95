import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import {
  type Calibrations,
  calibrate,
  calibrationRatio,
  readCalibrations,
} from "../../../../src/core/chat/tokenCalibration.ts";
import { estimateTokens } from "../../../../src/core/chat/tokenEstimate.ts";
import { countTokens } from "../../../support/simulator/tokens.ts";

const anyText = fc.oneof(fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" }));
const fileText = (path: string) => readFileSync(new URL(`../../../../${path}`, import.meta.url), "utf8");
const code = fileText("src/core/api/client.ts");
const prose = fileText("test/support/simulator/README.md");
const texts = [code, prose, fileText("test/support/sample/src/orders.ts"), fileText("LICENSE")];

describe("the token estimate", () => {
  it("is never negative, never less for more text, and the sum of its parts", () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        const [whole, first, second] = [estimateTokens(a + b), estimateTokens(a), estimateTokens(b)];
        assert.ok(first >= 0 && whole >= first && whole >= second);
        assert.ok(Math.abs(whole - first - second) < 1e-6);
      }),
    );
  });

  it("is 3 to 5 characters of code or English, and about a token for an ideograph", () => {
    for (const text of [code, prose]) {
      const characters = text.length / estimateTokens(text);
      assert.ok(characters > 3 && characters < 5, String(characters));
    }
    assert.equal(estimateTokens("日本語の文章"), 6 * 0.75);
    assert.equal(estimateTokens(""), 0);
  });

  it("comes within 15 % of the simulator's count once it has learnt from five requests", () => {
    let calibrations: Calibrations = {};
    for (const text of [...texts, code]) {
      calibrations = calibrate(calibrations, "m", estimateTokens(text), countTokens(text));
    }
    for (const text of texts) {
      const ratio = (estimateTokens(text) * calibrationRatio(calibrations, "m")) / countTokens(text);
      assert.ok(Math.abs(ratio - 1) < 0.15, `${ratio}`);
    }
  });
});

describe("the calibration of a model", () => {
  const count = fc.integer({ min: 1, max: 200_000 });

  it("comes near to a tokeniser that always differs by the same factor", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 500, max: 100_000 }), { minLength: 8, maxLength: 20 }),
        fc.double({ min: 0.5, max: 2.5, noNaN: true }),
        (sizes, factor) => {
          const learnt = sizes.reduce<Calibrations>((c, size) => calibrate(c, "m", size, size * factor), {});
          assert.ok(Math.abs(calibrationRatio(learnt, "m") / factor - 1) < 0.15);
          assert.equal(calibrationRatio(learnt, "other"), 1);
        },
      ),
    );
  });

  it("stays within its bounds whatever a server counts, and comes back from storage as it was", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom("a", "b"), count, count)), (seen) => {
        const learnt = seen.reduce<Calibrations>((c, [model, e, a]) => calibrate(c, model, e, a), {});
        const stored: unknown = JSON.parse(JSON.stringify(learnt));
        assert.deepEqual(readCalibrations(stored), learnt);
        for (const model of ["a", "b"]) {
          const ratio = calibrationRatio(learnt, model);
          assert.ok(ratio >= 0.4 && ratio <= 3);
        }
      }),
    );
  });

  it("lets one short request decide little", () => {
    const learnt = calibrate({}, "m", 10, 30);
    assert.ok(calibrationRatio(learnt, "m") < 1.15);
  });

  it("ignores counts that cannot be, and reads anything at all", () => {
    for (const bad of [0, -1, NaN, Infinity]) {
      assert.deepEqual(calibrate({}, "m", 100, bad), {});
      assert.deepEqual(calibrate({}, "m", bad, 100), {});
    }
    fc.assert(
      fc.property(fc.jsonValue(), (stored) => {
        for (const model of Object.keys(readCalibrations(stored))) {
          assert.ok(calibrationRatio(readCalibrations(stored), model) > 0);
        }
      }),
    );
  });

  it("keeps the 50 models used last", () => {
    const models = Array.from({ length: 60 }, (_, at) => `m${at}`);
    const learnt = models.reduce<Calibrations>((c, model) => calibrate(c, model, 100, 100), {});
    assert.deepEqual(Object.keys(learnt), models.slice(10));
  });
});

import assert from "node:assert/strict";
import { dollars } from "../../../../src/core/money/dollars.ts";

describe("dollars", () => {
  const cases: readonly (readonly [usd: number, english: string, german: string])[] = [
    [0, "$0.00", "0,00 $"],
    [0.00000001, "< $0.000001", "< 0,000001 $"],
    [0.00412, "$0.0041", "0,0041 $"],
    [0.01234, "$0.0123", "0,0123 $"],
    [1.3, "$1.30", "1,30 $"],
    [1234.5, "$1,234.50", "1.234,50 $"],
  ];
  for (const [usd, english, german] of cases) {
    it(`writes ${String(usd)} as people of each language do`, () => {
      assert.equal(dollars(usd, "en"), english);
      assert.equal(dollars(usd, "de").replace("\u00a0", " "), german);
    });
  }

  it("has no country's name before the sign", () => {
    assert.equal(dollars(2, "en-CA"), "$2.00");
  });
});

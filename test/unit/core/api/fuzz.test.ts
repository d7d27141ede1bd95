import { fuzz } from "./support/fuzz.ts";

describe("random streams", () => {
  // `npm run bench fuzz` runs 100,000.
  it("lose and double no character, end, and end in the right state: 10,000 seeds", function () {
    this.timeout(60_000);
    const first = Number(process.env["FUZZ_SEED"] ?? Date.now() % 1_000_000_000);
    fuzz(first, 10_000);
  });
});

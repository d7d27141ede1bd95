// Mocha's spec reporter, which also writes how many tests passed to the file that counts.ts reads.
import { writeFileSync } from "node:fs";
import Mocha from "mocha";

export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const file = process.env.VALAR_TEST_COUNTS;
    if (file === undefined) return;
    runner.once("end", () => {
      const { passes, failures, pending } = runner.stats;
      writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
    });
  }
}

// Mocha's spec reporter, which also writes how many tests passed, and which did not, to the file that counts.ts reads.
import { writeFileSync } from "node:fs";
import Mocha from "mocha";

export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const file = process.env.VALAR_TEST_COUNTS;
    if (file === undefined) return;
    const failures = [];
    runner.on("fail", (test, error) => failures.push(`${test.fullTitle()}\n${error.stack ?? error.message}`));
    runner.once("end", () => {
      const { passes, failures: failed, pending } = runner.stats;
      writeFileSync(file, JSON.stringify({ passed: passes, failed, skipped: pending, failures }));
    });
  }
}

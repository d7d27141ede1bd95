import assert from "node:assert/strict";
import { describeCounts, judge } from "../../support/realVscode/counts.ts";

describe("the total of npm test", () => {
  it("takes a suite that passed as it is", () => {
    assert.deepEqual(judge({ passed: 3, failed: 0, skipped: 1 }, 0), {
      counts: { passed: 3, failed: 0, skipped: 1 },
    });
  });

  it("counts a suite that ran nothing as a failure", () => {
    const { counts, reason } = judge({ passed: 0, failed: 0, skipped: 2 }, 0);
    assert.deepEqual(counts, { passed: 0, failed: 1, skipped: 2 });
    assert.equal(reason, "ran no tests");
  });

  it("counts a suite that broke off as a failure", () => {
    assert.equal(judge(undefined, 1).counts.failed, 1);
    assert.equal(judge(undefined, 0).counts.failed, 1);
  });

  it("counts a bad end after good tests as a failure", () => {
    assert.deepEqual(judge({ passed: 3, failed: 0, skipped: 0 }, 7).counts, {
      passed: 3,
      failed: 1,
      skipped: 0,
    });
  });

  it("does not count failed tests twice", () => {
    assert.deepEqual(judge({ passed: 1, failed: 2, skipped: 0 }, 2).counts, {
      passed: 1,
      failed: 2,
      skipped: 0,
    });
  });

  it("names skipped tests only if there are any", () => {
    assert.equal(describeCounts({ passed: 5, failed: 0, skipped: 0 }), "5 passed, 0 failed");
    assert.equal(describeCounts({ passed: 5, failed: 1, skipped: 2 }), "5 passed, 1 failed, 2 skipped");
  });
});

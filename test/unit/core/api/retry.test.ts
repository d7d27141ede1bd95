import assert from "node:assert/strict";
import { ApiError, type ApiErrorKind } from "../../../../src/core/api/errors.ts";
import { RetryBudget, retryAfterMs } from "../../../../src/core/api/retry.ts";

const failure = (kind: ApiErrorKind = "server", retryAfter?: number) => ({
  error: new ApiError(kind, "x", { retryAfterMs: retryAfter }),
  transient: true,
});

/** Delays of a request that always fails this way. */
function delays(random: () => number, retryAfter?: number): number[] {
  const budget = new RetryBudget(random);
  const found: number[] = [];
  for (;;) {
    budget.countAttempt();
    const wait = budget.next(failure("server", retryAfter));
    if (wait === undefined) return found;
    found.push(wait.delayMs);
  }
}

describe("RetryBudget", () => {
  it("waits full jitter under a doubling ceiling, three times", () => {
    assert.deepEqual(
      delays(() => 1),
      [500, 1000, 2000],
    );
    assert.deepEqual(
      delays(() => 0.5),
      [250, 500, 1000],
    );
    assert.deepEqual(
      delays(() => 0),
      [0, 0, 0],
    );
  });

  it("takes Retry-After as a floor", () => {
    assert.deepEqual(
      delays(() => 1, 700),
      [700, 1000, 2000],
    );
    assert.deepEqual(
      delays(() => 1, 30_000),
      [30_000, 30_000, 30_000],
    );
  });

  it("waits at most two minutes in all, countdowns not counted", () => {
    assert.deepEqual(
      delays(() => 1, 60_000),
      [60_000, 60_000],
    );
    assert.deepEqual(
      delays(() => 1, 61_000),
      [61_000, 61_000, 61_000],
    );
  });

  it("names the phase", () => {
    const phaseOf = (kind: ApiErrorKind, retryAfter?: number) => {
      const budget = new RetryBudget(() => 0);
      budget.countAttempt();
      return budget.next(failure(kind, retryAfter))?.phase;
    };
    assert.deepEqual(phaseOf("network"), { type: "reconnecting", attempt: 2, delayMs: 0 });
    assert.deepEqual(phaseOf("rateLimited", 5000), { type: "rateLimited", delayMs: 5000 });
    assert.deepEqual(phaseOf("server", 90_000), { type: "rateLimited", delayMs: 90_000 });
  });

  it("does not retry what is not transient", () => {
    const budget = new RetryBudget(() => 0);
    budget.countAttempt();
    assert.equal(budget.next({ ...failure(), transient: false }), undefined);
  });
});

describe("retryAfterMs", () => {
  const now = Date.UTC(2026, 5, 1, 12);
  const read = (value: string, date?: string): number | undefined =>
    retryAfterMs(new Headers({ "retry-after": value, ...(date === undefined ? {} : { date }) }), now);

  it("reads seconds", () => {
    assert.equal(read("5"), 5000);
    assert.equal(read(" 1.5 "), 1500);
    assert.equal(read("3600"), 3_600_000);
  });

  it("reads dates, against the server's own clock where it tells", () => {
    assert.equal(read("Mon, 01 Jun 2026 12:00:10 GMT"), 10_000);
    assert.equal(read("Mon, 01 Jun 2026 12:00:10 GMT", "Mon, 01 Jun 2026 12:00:08 GMT"), 2000);
    assert.equal(read("Mon, 01 Jun 2026 12:00:10 GMT", "nonsense"), 10_000);
  });

  for (const value of ["0", "-5", "soon", "", "5 apples", "Mon, 01 Jun 2026 11:59:00 GMT", "NaN", "1e9999"]) {
    it(`makes nothing of “${value}”`, () => assert.equal(read(value), undefined));
  }

  it("makes nothing of no header", () => assert.equal(retryAfterMs(new Headers(), now), undefined));
});

import assert from "node:assert/strict";
import { defaultTimeouts } from "../../../../src/core/api/timeouts.ts";
import { Watchdog, type Expiry } from "../../../../src/core/api/watchdog.ts";
import { ManualClock } from "../../../support/clock.ts";

/** When a watchdog with these limits expires, ms, and why; steps are waits for the server and its answers. */
function expiryAfter(
  limits: { headersMs: number; idleMs: number; totalMs: number },
  steps: readonly (readonly ["life" | "wait", at: number])[],
): { at: number; expiry: Expiry } | undefined {
  const clock = new ManualClock();
  let expired: { at: number; expiry: Expiry } | undefined;
  const watchdog = new Watchdog(clock, limits, (expiry) => (expired ??= { at: clock.now(), expiry }));
  for (const [step, at] of steps) {
    clock.advance(at - clock.now());
    watchdog[step]();
  }
  clock.advance(10 * defaultTimeouts.totalMs);
  assert.equal(clock.pending, 0);
  return expired;
}

describe("the time limits of an attempt", () => {
  for (const limits of [
    defaultTimeouts,
    { headersMs: 90_000, idleMs: 1000, totalMs: 600_000 },
    { headersMs: 1000, idleMs: 60_000, totalMs: 600_000 },
  ]) {
    const name = `${limits.headersMs / 1000} s to headers, ${limits.idleMs / 1000} s idle`;

    it(`end a wait for headers in time: ${name}`, () => {
      assert.deepEqual(expiryAfter(limits, []), { at: limits.headersMs, expiry: "headers" });
    });

    it(`end a silence in time, however early it begins: ${name}`, () => {
      const steps = [
        ["life", 10],
        ["wait", 20],
      ] as const;
      assert.deepEqual(expiryAfter(limits, steps), { at: 20 + limits.idleMs, expiry: "idle" });
    });

    it(`do not count the time in which nothing is awaited: ${name}`, () => {
      assert.equal(expiryAfter(limits, [["life", 10]]), undefined);
      const late = 300_000;
      const steps = [
        ["life", 10],
        ["wait", late],
      ] as const;
      assert.deepEqual(expiryAfter(limits, steps), { at: late + limits.idleMs, expiry: "idle" });
    });
  }

  it("end an answer that goes on for ever", () => {
    const steps = Array.from({ length: 100 }, (_, at) => [
      ["life", at * 20_000] as const,
      ["wait", at * 20_000] as const,
    ]).flat();
    const until = steps.filter(([, at]) => at < defaultTimeouts.totalMs);
    assert.deepEqual(expiryAfter(defaultTimeouts, until), { at: defaultTimeouts.totalMs, expiry: "total" });
  });
});

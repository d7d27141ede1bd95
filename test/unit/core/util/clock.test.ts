import assert from "node:assert/strict";
import { createSystemClock } from "../../../../src/core/util/clock.ts";

describe("createSystemClock", () => {
  it("calls back after the delay, and not once disposed", async () => {
    const clock = createSystemClock();
    const started = clock.now();
    let called = false;
    clock.setTimeout(() => (called = true), 1).dispose();
    await new Promise<void>((resolve) => clock.setTimeout(resolve, 5));
    assert.equal(called, false);
    assert.ok(clock.now() - started >= 4);
    assert.ok(Math.abs(clock.wallNow() - Date.now()) < 1000);
  });

  it("does not fire a delay longer than a platform timer holds", async () => {
    const clock = createSystemClock();
    let called = false;
    const long = clock.setTimeout(() => (called = true), 2 ** 31);
    await new Promise<void>((resolve) => clock.setTimeout(resolve, 5));
    long.dispose();
    assert.equal(called, false);
  });
});

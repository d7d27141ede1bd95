import assert from "node:assert/strict";
import { abortable, isAbortError, onAbort, sleep, throwIfAborted } from "../../../../src/core/util/abort.ts";
import { ManualClock } from "../../../support/clock.ts";

describe("abort", () => {
  it("sleeps by the clock", async () => {
    const clock = new ManualClock();
    let awake = false;
    const sleeping = sleep(clock, 100, new AbortController().signal).then(() => (awake = true));
    clock.advance(99);
    await Promise.resolve();
    assert.equal(awake, false);
    clock.advance(1);
    await sleeping;
    assert.equal(clock.pending, 0);
  });

  it("ends a sleep on abort and leaves no timer", async () => {
    const clock = new ManualClock();
    const controller = new AbortController();
    const sleeping = sleep(clock, 100, controller.signal);
    controller.abort();
    await assert.rejects(sleeping, isAbortError);
    assert.equal(clock.pending, 0);
    await assert.rejects(sleep(clock, 100, controller.signal), isAbortError);
    assert.equal(clock.pending, 0);
  });

  it("leaves a promise that hangs", async () => {
    const controller = new AbortController();
    const waiting = abortable(new Promise(() => undefined), controller.signal);
    controller.abort("why");
    await assert.rejects(waiting, isAbortError);
    assert.throws(() => throwIfAborted(controller.signal), isAbortError);
  });

  it("passes results and failures through", async () => {
    const { signal } = new AbortController();
    assert.equal(await abortable(Promise.resolve(7), signal), 7);
    await assert.rejects(abortable(Promise.reject(new Error("no")), signal), /no/);
  });

  it("calls back at once when already aborted", () => {
    let called = 0;
    onAbort(AbortSignal.abort(), () => (called += 1));
    const controller = new AbortController();
    const stop = onAbort(controller.signal, () => (called += 1));
    stop();
    controller.abort();
    assert.equal(called, 1);
  });
});

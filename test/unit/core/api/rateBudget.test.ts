import assert from "node:assert/strict";
import { setImmediate as nextTurn } from "node:timers/promises";
import { RateBudget, type RateLeft } from "../../../../src/core/api/rateBudget.ts";
import { isAbortError } from "../../../../src/core/util/abort.ts";
import { ManualClock } from "../../../support/clock.ts";
import { startSimulator } from "../../../support/simulator/server.ts";
import { failed, Scene } from "./support/scene.ts";

const never = new AbortController().signal;
const headers = (remaining: number, reset: number, limit = 60): Headers =>
  new Headers({
    "x-ratelimit-limit": String(limit),
    "x-ratelimit-remaining": String(remaining),
    "x-ratelimit-reset": String(reset),
  });

describe("RateBudget", function () {
  this.timeout(30_000);
  it("lets everything through until the server has said something", async () => {
    const budget = new RateBudget(new ManualClock());
    for (let n = 0; n < 100; n += 1) await budget.turn(never);
    assert.equal(budget.waitMs(), 0);
  });

  it("tells what each answer says is left, and for how long that is little", async () => {
    const heard: RateLeft[] = [];
    const budget = new RateBudget(new ManualClock(), (left) => heard.push(left));
    const [late, ...others] = [await budget.turn(never), await budget.turn(never), await budget.turn(never)];
    others[0].answered(headers(10, 50));
    others[1].answered(headers(7, 53));
    late.answered(headers(9, 51));
    (await budget.turn(never)).answered(new Headers());
    (await budget.turn(never)).answered(headers(0, 20));
    assert.deepEqual(heard, [
      { remaining: 10, limit: 60, lowForMs: 0 },
      { remaining: 7, limit: 60, lowForMs: 3000 },
      { remaining: 0, limit: 60, lowForMs: 29_000 },
    ]);
  });

  it("waits for the bucket's next place once the budget is spent", async () => {
    const clock = new ManualClock();
    const budget = new RateBudget(clock);
    (await budget.turn(never)).answered(headers(1, 59));
    assert.equal(budget.waitMs(), 0);
    await budget.turn(never);
    assert.equal(budget.waitMs(), 1000);
    const turns: number[] = [];
    for (const n of [1, 2, 3]) void budget.turn(never).then(() => turns.push(n));
    await nextTurn();
    assert.deepEqual(turns, []);
    for (const expected of [[1], [1, 2], [1, 2, 3]]) {
      clock.advance(1000);
      await nextTurn();
      assert.deepEqual(turns, expected);
    }
    assert.equal(clock.pending, 0);
  });

  it("believes a reset that does not fit a leaky bucket", async () => {
    const clock = new ManualClock();
    const budget = new RateBudget(clock);
    (await budget.turn(never)).answered(headers(0, 20));
    assert.equal(budget.waitMs(), 20_000);
    clock.advance(20_000);
    assert.equal(budget.waitMs(), 0);
  });

  it("lets waiters go as soon as an answer tells of room", async () => {
    const clock = new ManualClock();
    const budget = new RateBudget(clock);
    const [first, second] = [await budget.turn(never), await budget.turn(never)];
    first.answered(headers(0, 60));
    let went = false;
    const waiting = budget.turn(never).then(() => (went = true));
    await nextTurn();
    assert.equal(went, false);
    second.answered(headers(10, 50));
    await waiting;
    assert.equal(clock.pending, 0);
  });

  it("ignores a report that was overtaken, and nonsense", async () => {
    const budget = new RateBudget(new ManualClock());
    const [first, second] = [await budget.turn(never), await budget.turn(never)];
    second.answered(headers(5, 55));
    first.answered(headers(0, 60));
    assert.equal(budget.waitMs(), 0);
    (await budget.turn(never)).answered(new Headers({ "x-ratelimit-remaining": "none" }));
    (await budget.turn(never)).answered(headers(0, 1_780_000_000));
    (await budget.turn(never)).answered(headers(0, 0, 0));
    assert.equal(budget.waitMs(), 0);
  });

  it("holds everybody for what a 429 asked", async () => {
    const clock = new ManualClock();
    const budget = new RateBudget(clock);
    (await budget.turn(never)).answered(new Headers(), 7000);
    assert.equal(budget.waitMs(), 7000);
    clock.advance(7000);
    assert.equal(budget.waitMs(), 0);
  });

  it("can be left while waiting, without letting others pass", async () => {
    const clock = new ManualClock();
    const budget = new RateBudget(clock);
    (await budget.turn(never)).answered(headers(0, 60));
    const controller = new AbortController();
    const [gone, behind] = [budget.turn(controller.signal), budget.turn(controller.signal)];
    let went = false;
    const last = budget.turn(never).then(() => (went = true));
    controller.abort();
    await assert.rejects(gone, isAbortError);
    await assert.rejects(behind, isAbortError);
    await nextTurn();
    assert.equal(went, false);
    clock.advance(1000);
    await last;
    assert.equal(clock.pending, 0);
  });

  it("keeps the client from ever provoking a 429", async () => {
    const simulator = await startSimulator({ requestsPerMinute: 6 });
    try {
      const at = new Scene({ baseUrl: simulator.baseUrl });
      // The simulator's bucket leaks in real time, so nothing leaks while this runs.
      for (let n = 0; n < 6; n += 1) await at.run(await fresh(at));
      const controller = new AbortController();
      const waiting = at.run(await fresh(at), { passWaits: false, signal: controller.signal });
      await at.advanceUntil(0, () => at.waits.length > 0);
      assert.ok((at.waits[0] ?? 0) > 5000, `${at.waits[0]} ms`);
      await nextTurn();
      controller.abort();
      assert.equal((await waiting).error, undefined);
      assert.deepEqual(
        simulator.requests.map(({ status }) => status),
        [200, 200, 200, 200, 200, 200],
      );
      assert.equal(at.clock.pending, 0);
    } finally {
      await simulator.close();
    }
  });

  it("still survives a 429 that came nevertheless", async () => {
    const simulator = await startSimulator({ requestsPerMinute: 60 });
    try {
      simulator.faults.add({ times: -1, action: { type: "status", status: 429 } });
      const at = new Scene({ baseUrl: simulator.baseUrl });
      failed(await at.run(await at.prepare()), "rateLimited");
      assert.equal(at.sent.length, 4);
    } finally {
      await simulator.close();
    }
  });
});

/** Another logical request of the same scene, whose record starts anew. */
async function fresh(at: Scene): ReturnType<Scene["prepare"]> {
  at.sent.length = 0;
  return at.prepare();
}

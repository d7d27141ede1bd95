import assert from "node:assert/strict";
import { ManualClock } from "../../support/clock.ts";
import { RateLimiter } from "../../support/simulator/rateLimiter.ts";
import { post, question, withSimulator } from "./talk.ts";

describe("the simulator's rate limit", function () {
  this.timeout(20_000);

  it("lets a minute's requests in at once, then one for each place that leaks", () => {
    const clock = new ManualClock();
    const limiter = new RateLimiter(clock);
    for (let left = 59; left >= 0; left--) {
      const state = limiter.take("org", 60);
      assert.deepEqual([state.allowed, state.remaining], [true, left]);
    }
    const refused = limiter.take("org", 60);
    assert.deepEqual(
      [refused.allowed, refused.remaining, refused.retryAfterSeconds, refused.resetSeconds],
      [false, 0, 1, 60],
    );
    clock.advance(999);
    assert.equal(limiter.take("org", 60).allowed, false);
    clock.advance(1);
    assert.equal(limiter.take("org", 60).allowed, true);
    assert.equal(limiter.take("org", 60).allowed, false);
    assert.equal(limiter.take("other", 60).allowed, true);
    clock.advance(60_000);
    assert.equal(limiter.take("org", 60).remaining, 59);
  });

  it("shows the budget on every response and refuses with Retry-After", async () => {
    const clock = new ManualClock();
    await withSimulator({ clock, requestsPerMinute: 2 }, async (simulator) => {
      const shown = async (body: object, key?: string) => {
        const response = await post(simulator, body, key === undefined ? {} : { key });
        const names = ["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset", "retry-after"];
        return [response.status, ...names.map((name) => response.headers.get(name))];
      };
      assert.deepEqual(await shown(question("say one")), [200, "2", "1", "30", null]);
      assert.deepEqual(await shown({}), [400, "2", "0", "60", null]);
      assert.deepEqual(await shown(question("say three")), [429, "2", "0", "60", "30"]);
      assert.deepEqual(await shown(question("say three"), "sk_second"), [429, "2", "0", "60", "30"]);
      assert.deepEqual(await shown({}, "sk_wrong"), [401, "2", "2", "0", null]);
      clock.advance(30_000);
      assert.deepEqual(await shown(question("say four")), [200, "2", "0", "60", null]);
      assert.equal(simulator.inferences, 2);
    });
  });
});

import assert from "node:assert/strict";
import { RateNotice } from "../../../src/host/money/rateNotice.ts";
import { ManualClock } from "../../support/clock.ts";

describe("what is said of the rate limit", () => {
  it("is how many requests are left while they are few, until there is enough again", () => {
    const clock = new ManualClock();
    const notice = new RateNotice(clock);
    const texts: (string | undefined)[] = [];
    const listener = notice.onDidChange(() => texts.push(notice.text));
    notice.heard({ remaining: 20, limit: 60, lowForMs: 0 });
    notice.heard({ remaining: 9, limit: 60, lowForMs: 1000 });
    clock.advance(999);
    assert.equal(notice.text, "9 of 60 requests left this minute.");
    notice.heard({ remaining: 8, limit: 60, lowForMs: 2000 });
    clock.advance(1999);
    assert.equal(notice.text, "8 of 60 requests left this minute.");
    clock.advance(1);
    assert.deepEqual(texts.at(-1), undefined);
    notice.heard({ remaining: 1, limit: 60, lowForMs: 9000 });
    notice.forget();
    assert.equal(notice.text, undefined);
    assert.equal(clock.pending, 0);
    listener.dispose();
    notice.dispose();
  });
});

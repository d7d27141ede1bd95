import assert from "node:assert/strict";
import { historyGroup } from "../../../../src/host/chat/history/historyGroups.ts";

describe("the groups of the history", () => {
  it("go by the days of this place, not by 24 hours", () => {
    const now = new Date(2026, 2, 30, 0, 30).getTime();
    const at = (...[month, day, hour]: [number, number, number]) => {
      const changedAt = new Date(2026, month, day, hour).getTime();
      return historyGroup({ id: "c", title: "", pinned: false, changedAt, lastWords: "" }, now);
    };
    assert.equal(at(2, 30, 0), "today");
    assert.equal(at(2, 29, 23), "yesterday");
    assert.equal(at(2, 29, 0), "yesterday");
    assert.equal(at(2, 28, 23), "week");
    assert.equal(at(2, 23, 0), "week");
    assert.equal(at(2, 22, 23), "older");
    assert.equal(
      historyGroup({ id: "c", title: "", pinned: true, changedAt: now, lastWords: "" }, now),
      "pinned",
    );
  });
});

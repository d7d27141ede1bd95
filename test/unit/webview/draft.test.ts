import assert from "node:assert/strict";
import { mock } from "node:test";
import { Draft } from "../../../src/webview/composer/draft.ts";

describe("the draft", () => {
  beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
  afterEach(() => mock.timers.reset());

  it("goes to the host while typing goes on without a pause", () => {
    const saved: string[] = [];
    const draft = new Draft(
      () => undefined,
      (text) => saved.push(text),
    );
    for (let typed = 1; typed <= 20; typed++) {
      draft.edited("x".repeat(typed));
      mock.timers.tick(100);
    }
    assert.ok(saved.length >= 5, `${String(saved.length)} times in two seconds`);
    assert.ok(saved.every((text, at) => text.length === (at + 1) * 3));
  });

  it("goes to the host at once when the page goes away, and only once", () => {
    const saved: string[] = [];
    const draft = new Draft(
      () => undefined,
      (text) => saved.push(text),
    );
    draft.edited("half a thought");
    draft.flush();
    mock.timers.tick(1000);
    assert.deepEqual(saved, ["half a thought"]);
  });
});

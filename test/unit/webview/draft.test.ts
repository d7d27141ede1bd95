import assert from "node:assert/strict";
import { mock } from "node:test";
import type { Unsent } from "../../../src/protocol/chat.ts";
import { Draft } from "../../../src/webview/composer/draft.ts";

describe("the draft", () => {
  beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
  afterEach(() => mock.timers.reset());

  it("goes to the host while typing goes on without a pause", () => {
    const saved: string[] = [];
    const draft = new Draft(keepIn(saved));
    draft.begin();
    for (let typed = 1; typed <= 20; typed++) {
      draft.edited(unsent("x".repeat(typed)));
      mock.timers.tick(100);
    }
    assert.ok(saved.length >= 5, `${String(saved.length)} times in two seconds`);
    assert.ok(saved.every((text, at) => text.length === (at + 1) * 3));
  });

  it("goes to the host at once when the page goes away, and only once", () => {
    const saved: string[] = [];
    const draft = new Draft(keepIn(saved));
    draft.begin();
    draft.edited(unsent("half a thought"));
    draft.flush();
    mock.timers.tick(1000);
    assert.deepEqual(saved, ["half a thought"]);
  });

  it("is told again when another text than that was kept, and not twice", () => {
    const saved: string[] = [];
    const draft = new Draft(keepIn(saved));
    draft.begin();
    draft.edited(unsent("to be sent"));
    draft.flush();
    draft.edited(unsent("to be sent"));
    draft.flush();
    draft.edited(unsent(""));
    mock.timers.tick(1000);
    assert.deepEqual(saved, ["to be sent", ""]);
    draft.settled("put here by a command");
    draft.edited(unsent(""));
    mock.timers.tick(1000);
    assert.deepEqual(saved, ["to be sent", "", ""]);
  });

  it("waits for what the host had", () => {
    const saved: string[] = [];
    const draft = new Draft(keepIn(saved));
    draft.edited(unsent("typed early"));
    draft.flush();
    mock.timers.tick(1000);
    assert.deepEqual(saved, []);
    draft.begin();
    mock.timers.tick(1000);
    assert.deepEqual(saved, ["typed early"]);
  });

  it("is the person's own until the host has it", async () => {
    let keep: (() => void) | undefined;
    const draft = new Draft(() => new Promise((resolve) => (keep = resolve)));
    draft.begin();
    assert.equal(draft.isEdited, false);
    draft.edited(unsent("a"));
    draft.flush();
    assert.equal(draft.isEdited, true);
    keep?.();
    await Promise.resolve();
    await Promise.resolve();
    assert.equal(draft.isEdited, false);
  });
});

function keepIn(saved: string[]): (unsent: Unsent) => Promise<void> {
  return ({ text }) => {
    saved.push(text);
    return Promise.resolve();
  };
}

let count = 0;

function unsent(text: string): Unsent {
  return { text, version: { page: "p", count: ++count }, sending: [] };
}

import assert from "node:assert/strict";
import { DeltaBuffer, type TextDelta } from "../../../../src/host/chat/deltaBuffer.ts";
import { ManualClock } from "../../../support/clock.ts";

describe("the delta buffer", () => {
  function buffer() {
    const clock = new ManualClock();
    const seen: TextDelta[] = [];
    return { clock, seen, buffer: new DeltaBuffer((delta) => seen.push(delta), clock) };
  }

  it("hands over the first text at once", () => {
    const { seen, buffer: deltas } = buffer();
    deltas.add("content", "a");
    assert.deepEqual(seen, [{ content: "a", reasoning: "", refusal: "" }]);
  });

  it("joins what comes within a frame into one flush, each channel by itself", () => {
    const { clock, seen, buffer: deltas } = buffer();
    deltas.add("content", "a");
    deltas.add("reasoning", "r");
    deltas.add("content", "b");
    deltas.add("content", "c");
    assert.equal(seen.length, 1);
    clock.advance(16);
    assert.deepEqual(seen[1], { content: "bc", reasoning: "r", refusal: "" });
  });

  it("loses nothing on an early flush and leaves no timer behind", () => {
    const { clock, seen, buffer: deltas } = buffer();
    deltas.add("content", "a");
    deltas.add("content", "b");
    deltas.flush();
    deltas.flush();
    assert.equal(clock.pending, 0);
    assert.equal(seen.map((delta) => delta.content).join(""), "ab");
    clock.advance(100);
    assert.equal(seen.length, 2);
  });

  /** How many flushes a second of text takes that comes every 4 ms, `size` characters at a time. */
  function flushesInASecond(size: number): number {
    const { clock, seen, buffer: deltas } = buffer();
    for (let at = 0; at < 250; at++) {
      deltas.add("content", "x".repeat(size));
      clock.advance(4);
    }
    deltas.flush();
    assert.equal(seen.map((delta) => delta.content).join("").length, 250 * size, "nothing is lost");
    return seen.length;
  }

  it("hands over a flood 16 times a second, and what a person can follow each frame", () => {
    const flood = flushesInASecond(16);
    assert.ok(flood >= 15 && flood <= 20, String(flood));
    const slow = flushesInASecond(1);
    assert.ok(slow >= 60 && slow <= 64, String(slow));
  });

  it("is back to each frame when a flood is over", () => {
    const { clock, seen, buffer: deltas } = buffer();
    for (let at = 0; at < 50; at++) {
      deltas.add("content", "x".repeat(64));
      clock.advance(16);
    }
    deltas.add("content", "y");
    clock.advance(64);
    const before = seen.length;
    for (let at = 0; at < 10; at++) {
      deltas.add("content", "y");
      clock.advance(16);
    }
    assert.equal(seen.length - before, 10);
  });
});

import assert from "node:assert/strict";
import {
  forgetInstruction,
  readInstructions,
  rememberInstruction,
} from "../../../../src/core/edit/pastInstructions.ts";

describe("past instructions", () => {
  it("are kept once each, newest first", () => {
    const past = ["a", "b", "a", "c"].reduce<readonly string[]>(rememberInstruction, []);
    assert.deepEqual(past, ["c", "a", "b"]);
  });

  it("are twenty at most", () => {
    const past = Array.from({ length: 30 }, (_, i) => `do ${i}`).reduce<readonly string[]>(
      rememberInstruction,
      [],
    );
    assert.equal(past.length, 20);
    assert.equal(past[0], "do 29");
    assert.equal(past.at(-1), "do 10");
  });

  it("can be forgotten", () => assert.deepEqual(forgetInstruction(["a", "b"], "a"), ["b"]));

  it("survive whatever storage holds", () => {
    assert.deepEqual(readInstructions(undefined), []);
    assert.deepEqual(readInstructions("text"), []);
    assert.deepEqual(readInstructions(["a", 1, null, "b"]), ["a", "b"]);
  });
});

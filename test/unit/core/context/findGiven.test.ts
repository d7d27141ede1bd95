import assert from "node:assert/strict";
import { findGiven } from "../../../../src/core/context/findGiven.ts";

describe("finding what was given in its file", () => {
  const lines = (file: string, text: string, startLine: number, cut?: string) =>
    findGiven(file, { text, startLine, ...(cut === undefined ? {} : { cut }) })?.lines;

  it("knows a whole file by its text, however lines end", () => {
    assert.deepEqual(findGiven("\uFEFFa\r\nb\r\n", { text: "a\nb\n" }), { lines: undefined });
    assert.equal(findGiven("a\nb\nc\n", { text: "a\nb\n" }), undefined);
    assert.deepEqual(findGiven("a\nb\nc\n", { text: "a\nb\n", cut: "first 2 of 3 lines" }), {
      lines: undefined,
    });
    assert.equal(findGiven("b\na\n", { text: "a\n", cut: "first 1 of 2 lines" }), undefined);
  });

  it("finds lines where they were, and elsewhere when they have moved", () => {
    assert.deepEqual(lines("x\nx\nx\n", "x", 2), [2, 2]);
    assert.deepEqual(lines("new\r\na\r\nb\r\nc", "a\nb", 1), [2, 3]);
    assert.deepEqual(lines("a\n\nb", "a\n", 1), [1, 2]);
    assert.deepEqual(lines("b", "b", 9), [1, 1]);
  });

  it("takes no part of a line for the line, save where a line was cut", () => {
    assert.equal(lines("abc\n", "ab", 1), undefined);
    assert.equal(lines("abc\n", "bc", 1), undefined);
    assert.deepEqual(lines("abc\n", "ab", 1, "first 1 KB of a very long line"), [1, 1]);
    assert.deepEqual(lines("a\nb\nc", "a\nb\n", 1, "first 2 of 3 lines"), [1, 2]);
  });

  it("does not take another blank line for the one that was given", () => {
    assert.deepEqual(lines("a\n\nb", "", 2), [2, 2]);
    assert.equal(lines("a\n\nb", "", 1), undefined);
  });
});

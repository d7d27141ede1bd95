import assert from "node:assert/strict";
import { wholeLines } from "../../../../src/core/edit/target.ts";

describe("whole lines of a selection", () => {
  const lines = ["", "a", "b", "", "c", ""];
  const of = (startLine: number, endLine: number, endCharacter = 1): unknown =>
    wholeLines({ startLine, startCharacter: 0, endLine, endCharacter }, (line) => lines[line]!);

  it("are the lines touched", () => assert.deepEqual(of(1, 2), { first: 1, last: 2 }));
  it("leave out a last line with nothing selected", () =>
    assert.deepEqual(of(1, 2, 0), { first: 1, last: 1 }));
  it("leave out blank lines at the ends", () => assert.deepEqual(of(0, 5), { first: 1, last: 4 }));
  it("keep the first of blank lines only", () => assert.deepEqual(of(3, 3), { first: 3, last: 3 }));
  it("keep a cursor's line", () => assert.deepEqual(of(4, 4, 0), { first: 4, last: 4 }));
});

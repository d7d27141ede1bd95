import assert from "node:assert/strict";
import fc from "fast-check";
import { LineReader, splitLines } from "../../../../src/core/edit/lineReader.ts";

describe("line reader", () => {
  it("holds a CR back until its partner may have come", () => {
    const reader = new LineReader();
    assert.deepEqual(reader.push("a\r"), []);
    assert.deepEqual(reader.push("\nb\r"), ["a"]);
    assert.deepEqual(reader.push("c"), ["b"]);
    assert.deepEqual(reader.end(), ["c"]);
  });

  it("gives the same lines however the text is cut", () =>
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("a", "b", "\r", "\n", "\r\n", "😀", ""), { maxLength: 20 }),
        (pieces) => {
          const reader = new LineReader();
          const lines = [...pieces.flatMap((piece) => reader.push(piece)), ...reader.end()];
          const whole = splitLines(pieces.join(""));
          assert.deepEqual(lines, whole.at(-1) === "" ? whole.slice(0, -1) : whole);
        },
      ),
    ));
});

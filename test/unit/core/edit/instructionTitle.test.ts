import assert from "node:assert/strict";
import { instructionTitle } from "../../../../src/core/edit/instructionTitle.ts";

describe("the title of an edit with an instruction of one's own", () => {
  it("is the instruction, on one line", () =>
    assert.equal(instructionTitle(" rename sum\n  to total "), "rename sum to total"));

  it("is its beginning when it is long, and cuts no character in two", () => {
    const title = instructionTitle("🙂".repeat(60));
    assert.equal(title, `${"🙂".repeat(49)}…`);
    assert.equal(instructionTitle(`${"a".repeat(48)} and more`), `${"a".repeat(48)}…`);
  });
});

import assert from "node:assert/strict";
import type { TextContext } from "../../../../src/core/chat/conversation.ts";
import { linesText } from "../../../../src/core/chat/linesText.ts";

describe("the lines behind a path", () => {
  const item: TextContext = { kind: "selection", id: "c", path: "a.ts", languageId: "typescript", text: "a" };

  it("are a range, one line, or none for the whole file", () => {
    assert.equal(linesText({ ...item, startLine: 3, endLine: 9 }), ":3-9");
    assert.equal(linesText({ ...item, startLine: 3, endLine: 3 }), ":3");
    assert.equal(linesText({ ...item, startLine: 3 }), ":3");
    assert.equal(linesText(item), "");
  });
});

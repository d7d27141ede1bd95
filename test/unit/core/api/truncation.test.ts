import assert from "node:assert/strict";
import { endsInsideFence, isTruncated } from "../../../../src/core/api/truncation.ts";

describe("truncation", () => {
  const usage = { promptTokens: 1, completionTokens: 100, totalTokens: 101 };
  const answer = { reason: "stop", usage, tokenLimit: undefined, content: "fine" } as const;

  it("is seen by the reason, the count, or an open fence", () => {
    assert.equal(isTruncated(answer), false);
    assert.equal(isTruncated({ ...answer, reason: "length" }), true);
    assert.equal(isTruncated({ ...answer, tokenLimit: 101 }), false);
    assert.equal(isTruncated({ ...answer, tokenLimit: 100 }), true);
    assert.equal(isTruncated({ ...answer, tokenLimit: 99 }), true);
    assert.equal(isTruncated({ ...answer, tokenLimit: 100, usage: undefined }), false);
    assert.equal(isTruncated({ ...answer, content: "```js\nlet a" }), true);
  });

  const open = [
    "```",
    "text\n```js\ncode",
    "````md\n```js\n```\nmore",
    "~~~\n```\n",
    "```\n~~~",
    "- item\n  ```js\n  code",
    "- ```js\n  code",
    "1. ```\ncode",
    "> ```js\n> code",
    "```js\ncode\n``` not a close",
    "```js\ncode\n``",
    "```a\n```\n```b\n",
    "```js\r\ncode\r\n",
  ];
  for (const text of open) {
    it(`sees the open fence of ${JSON.stringify(text)}`, () => assert.equal(endsInsideFence(text), true));
  }

  const closed = [
    "",
    "no code",
    "```js\ncode\n```",
    "```js\ncode\n```  \n",
    "```js\ncode\n`````",
    "````md\n```js\n```\n````",
    "~~~\n```\n~~~",
    "inline ```code``` here",
    "``` not `a fence` here",
    "- item\n  ```js\n  code\n  ```",
    "> ```js\n> code\n> ```",
    "```js\r\ncode\r\n```\r\n",
    "``\ntwo",
  ];
  for (const text of closed) {
    it(`sees no open fence in ${JSON.stringify(text)}`, () => assert.equal(endsInsideFence(text), false));
  }
});

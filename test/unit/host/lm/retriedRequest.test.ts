import assert from "node:assert/strict";
import type { PreparedRequest } from "../../../../src/core/api/types.ts";
import { RetriedRequest } from "../../../../src/host/lm/retriedRequest.ts";

const prepared = (fields: Partial<PreparedRequest>): PreparedRequest => ({
  ...{ key: crypto.randomUUID(), body: "{}", bodyHash: "1", baseUrl: "https://a", tokenFingerprint: "t" },
  stream: true,
  ...fields,
});

describe("a request that is sent again by the person", () => {
  let retried: RetriedRequest;

  beforeEach(() => (retried = new RetriedRequest()));

  it("goes with the key it had, once", () => {
    const [first, again, third] = [prepared({}), prepared({}), prepared({})];
    retried.failed(first);
    assert.equal(retried.firstOf(again), first);
    assert.equal(retried.firstOf(third), third);
  });

  for (const [what, fields] of Object.entries({
    "another body": { body: "{ }", bodyHash: "2" },
    "another server": { baseUrl: "https://b" },
    "another token": { tokenFingerprint: "u" },
  })) {
    it(`is a new one with ${what}`, () => {
      retried.failed(prepared({}));
      const other = prepared(fields);
      assert.equal(retried.firstOf(other), other);
    });
  }
});

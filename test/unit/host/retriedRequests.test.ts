import assert from "node:assert/strict";
import type { PreparedRequest } from "../../../src/core/api/types.ts";
import { RetriedRequests } from "../../../src/host/retriedRequests.ts";

const prepared = (fields: Partial<PreparedRequest>): PreparedRequest => ({
  ...{ key: crypto.randomUUID(), body: "{}", bodyHash: "1", baseUrl: "https://a", tokenFingerprint: "t" },
  stream: true,
  ...fields,
});
const numbered = (n: number) => prepared({ body: `{"n":${String(n)}}`, bodyHash: String(n) });

describe("a request that is sent again", () => {
  let retried: RetriedRequests;

  beforeEach(() => (retried = new RetriedRequests()));

  it("goes with the key it had, once", () => {
    const [first, again, third] = [prepared({}), prepared({}), prepared({})];
    retried.failed(first);
    assert.equal(retried.firstOf(again), first);
    assert.equal(retried.firstOf(third), third);
  });

  it("is found among several that failed, of which the oldest are forgotten", () => {
    const failed = Array.from({ length: 9 }, (_, n) => numbered(n));
    for (const request of failed) retried.failed(request);
    const other = numbered(10);
    assert.equal(retried.firstOf(other), other);
    for (const [n, request] of failed.entries()) {
      const again = numbered(n);
      assert.equal(retried.firstOf(again), n === 0 ? again : request);
    }
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

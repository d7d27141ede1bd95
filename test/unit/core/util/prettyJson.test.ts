import assert from "node:assert/strict";
import fc from "fast-check";
import { prettyJson } from "../../../../src/core/util/prettyJson.ts";

describe("pretty JSON", () => {
  it("is what JSON.stringify indents, of any value, however it was spaced", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(undefined, 1, "\t", 8), (value, space) => {
        assert.equal(prettyJson(JSON.stringify(value, null, space)), JSON.stringify(value, null, 2));
      }),
    );
  });

  it("keeps what parsing would lose", () => {
    const text = '{"id":12345678901234567890,"n":1.0,"e":1e400,"a":1,"a":2,"2":0,"1":0,"u":"\\u0041"}';
    assert.equal(prettyJson(text)?.replaceAll(/\n\s*/g, "").replaceAll(": ", ":"), text);
  });

  it("is none for what is no JSON, or not only JSON", () => {
    for (const text of ["", "{", "{'a': 1}", '```json\n{"a":1}\n```', '{"a":1} and so on', "Sure!"]) {
      assert.equal(prettyJson(text), undefined, text);
    }
  });
});

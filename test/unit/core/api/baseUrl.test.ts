import assert from "node:assert/strict";
import { parseBaseUrl } from "../../../../src/core/api/baseUrl.ts";
import { inEnglish } from "../../../../src/core/util/phrase.ts";

describe("parseBaseUrl", () => {
  const good: readonly (readonly [text: string, url: string])[] = [
    ["https://api.valarhq.ai/v1", "https://api.valarhq.ai/v1"],
    [" https://api.valarhq.ai/v1// ", "https://api.valarhq.ai/v1"],
    ["HTTPS://API.valarhq.ai", "https://api.valarhq.ai"],
    ["https://proxy.example:8443/valar/v1/", "https://proxy.example:8443/valar/v1"],
    ["http://localhost:1234/v1", "http://localhost:1234/v1"],
    ["http://127.0.0.1/v1", "http://127.0.0.1/v1"],
    ["http://127.8.9.10:80/v1", "http://127.8.9.10/v1"],
    ["http://[::1]:8080/v1", "http://[::1]:8080/v1"],
    ["http://2130706433/v1", "http://127.0.0.1/v1"],
  ];
  for (const [text, url] of good) {
    it(`takes ${text}`, () => {
      const result = parseBaseUrl(text);
      assert.deepEqual(result, { type: "ok", url, origin: new URL(url).origin });
    });
  }

  const bad: readonly (readonly [text: string, message: RegExp])[] = [
    ["", /empty/],
    ["api.valarhq.ai/v1", /not a web address|must not start with/],
    ["http://api.valarhq.ai/v1", /must use https.*api\.valarhq\.ai.*localhost/],
    ["http://127.0.0.1.example.com/v1", /must use https/],
    ["http://localhost.example.com/v1", /must use https/],
    ["http://0.0.0.0/v1", /must use https/],
    ["http://[::2]/v1", /must use https/],
    ["http://192.168.0.1/v1", /must use https/],
    ["ftp://api.valarhq.ai", /must not start with “ftp:”/],
    ["file:///etc/passwd", /must not start with “file:”/],
    ["javascript:alert(1)", /must not start with/],
    ["https://me:secret@api.valarhq.ai/v1", /user name or password/],
    ["https://api.valarhq.ai/v1?x=1", /query/],
    ["https://api.valarhq.ai/v1?", /query/],
    ["https://api.valarhq.ai/v1#x", /fragment/],
    ["https://", /not a web address/],
  ];
  for (const [text, message] of bad) {
    it(`refuses “${text}”`, () => {
      const result = parseBaseUrl(text);
      assert.equal(result.type, "error");
      const said = inEnglish(result.said);
      assert.match(said, message);
      assert.match(said, /https/, "says what is allowed");
      assert.ok(!said.includes("secret"));
    });
  }
});

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { requestBody } from "../../../../src/core/api/requestBody.ts";
import { describeRequest } from "../../../../src/core/chat/describeRequest.ts";
import { foldRequest, type SentRequest } from "../../../../src/core/chat/sentRequest.ts";

const url = `data:image/png;base64,${"A".repeat(5000)}`;
const body = requestBody({
  model: "m",
  messages: [
    {
      role: "user",
      content: [
        { type: "text", text: "what is this?" },
        { type: "image", url },
      ],
    },
  ],
  stream: true,
});
const sentFor = (text: string): SentRequest =>
  foldRequest({
    ...{ key: "k-1", body: text, bodyHash: "abc", baseUrl: "https://api.example/v1" },
    ...{ tokenFingerprint: "0123456789abcdef", stream: true },
  }).sent;

describe("a request, as Show Request tells it", () => {
  it("names where it went, its headers, its body, hash and id, and no token", async () => {
    const json: unknown = JSON.parse(await describeRequest(sentFor(body), body, "req-7"));
    const shortened = `data:image/png;base64,… (${url.length} characters in all, SHA-256 ${createHash("sha256").update(url).digest("hex")})`;
    assert.deepEqual(json, {
      method: "POST",
      url: "https://api.example/v1/chat/completions",
      headers: {
        Authorization: "Bearer …",
        "Content-Type": "application/json",
        Accept: "text/event-stream, application/json",
        "Idempotency-Key": "k-1",
      },
      body: JSON.parse(body.replace(url, shortened)) as unknown,
      bodySha256: "abc",
      requestId: "req-7",
    });
  });

  it("shows a body that is no JSON as it is", async () => {
    const json: unknown = JSON.parse(await describeRequest(sentFor("{torn"), "{torn", undefined));
    assert.equal((json as { body: unknown }).body, "{torn");
  });
});

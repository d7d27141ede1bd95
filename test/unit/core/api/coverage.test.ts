/**
 * What must be covered, and by which test: every row of the page “Create a chat completion” (and what the vendor's
 * other pages add), and every row of the fault matrix up to 51.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

const sourceOf = (file: string): string => readFileSync(new URL(file, import.meta.url), "utf8");

/** Row of the page, the file of its test, and words of that test. */
const rows: readonly (readonly [row: string, file: string, test: string])[] = [
  ["Authorization", "client.test.ts", 'headers.get("authorization"), `Bearer ${token}`'],
  ["Idempotency-Key", "client.test.ts", 'headers.get("idempotency-key"), request.key'],
  ["Idempotency-Key ≤ 255", "client.test.ts", "one.key.length <= 255"],
  ["Content-Type: application/json", "client.test.ts", 'headers.get("content-type"), "application/json"'],
  ["model", "parameters.test.ts", '["model", { model: "" }'],
  ["messages: every role, text and image parts", "parameters.test.ts", '"messages",\n    {\n      model:'],
  ["messages: the deprecated function role", "parameters.test.ts", '"messages (function)"'],
  ["messages: at least 1", "parameters.test.ts", '["messages", { messages: [] }'],
  ["images: at most 20, 20 MB, four formats", "parameters.test.ts", "const images"],
  ["temperature", "parameters.test.ts", '["temperature", { temperature: 2.1 }'],
  ["top_p", "parameters.test.ts", '["top_p", { topP: 1.01 }'],
  ["max_completion_tokens", "parameters.test.ts", '["max_completion_tokens", { maxCompletionTokens: 0 }'],
  ["response_format", "parameters.test.ts", '["response_format.type"'],
  ["reasoning_effort", "parameters.test.ts", '["reasoning_effort", { reasoningEffort: "max" }'],
  ["n", "parameters.test.ts", '["n", { n: 2 }'],
  ["modalities", "parameters.test.ts", '["modalities", { modalities: ["audio"] }'],
  ["stream", "parameters.test.ts", '["stream", { stream: 1 }'],
  ["stream_options", "parameters.test.ts", '["stream_options", { includeUsage: true }'],
  ["store", "parameters.test.ts", '["store", { store: false }'],
  ["user", "parameters.test.ts", '["user", { user: "u".repeat(257) }'],
  ["metadata", "parameters.test.ts", '["metadata.a", { metadata: { a: 1 } }'],
  ["metadata.completion_window", "parameters.test.ts", '["completion_window", { completionWindow: "flex" }'],
  [
    "metadata.completion_webhook",
    "parameters.test.ts",
    '["completion_webhook", { completionWebhook: "ftp://x" }',
  ],
  ["metadata.webhook_token", "parameters.test.ts", '["webhook_token"'],
  ["tools", "parameters.test.ts", '["tools[0].name"'],
  ["tool_choice", "parameters.test.ts", '["tool_choice", { toolChoice: "some" }'],
  ["parallel_tool_calls", "parameters.test.ts", '["parallel_tool_calls", { parallelToolCalls: "yes" }'],
  ["response: id, model", "client.test.ts", "finish.responseId"],
  [
    "response: message.content, reasoning_content",
    "client.test.ts",
    "tells reasoning, content, usage and the end",
  ],
  ["response: message.refusal", "client.test.ts", "tells a refusal on its own channel"],
  ["response: tool calls", "client.test.ts", "puts tool calls together"],
  ["response: all five finish reasons", "client.test.ts", "knows what to make of finish_reason"],
  ["response: usage with its details", "openaiParity.test.ts", "reasoning_tokens"],
  ["response: usage without details", "client.test.ts", "leaves out token details"],
  ["response: one JSON object", "client.test.ts", "gives the whole answer"],
  ["response: a stream closed by [DONE]", "sse.test.ts", "[DONE]"],
];

describe("coverage", () => {
  for (const [row, file, words] of rows) {
    it(`${row} is tested in ${file}`, () => {
      assert.ok(sourceOf(file).includes(words), `“${words}” is no longer there`);
    });
  }

  it("every field of the request body has its row", () => {
    const body = sourceOf("../../../../src/core/api/requestBody.ts");
    const made = body.slice(body.indexOf("return JSON.stringify({"), body.indexOf("  });"));
    const fields = [...made.matchAll(/^ {4}(\w+):/gm)].map(([, field]) => field);
    assert.ok(fields.length >= 16);
    for (const field of fields) {
      assert.ok(
        rows.some(([row]) => row.split(/[ .:]/)[0] === field),
        `${String(field)} has no row`,
      );
    }
  });

  it("rows 1 to 51 of the fault matrix have a test each", () => {
    const tests = sourceOf("faultMatrix.test.ts") + sourceOf("replay.test.ts");
    for (let row = 1; row <= 51; row += 1) {
      assert.match(tests, new RegExp(`it\\("row ${row}: `), `row ${row}`);
    }
  });
});

import assert from "node:assert/strict";
import { checkParameters } from "../../../../src/core/api/checkParameters.ts";
import { ParameterError } from "../../../../src/core/api/errors.ts";
import type { PhraseValue } from "../../../../src/core/util/phrase.ts";
import { modelInfo } from "../../../../src/core/api/models.ts";
import { requestBody } from "../../../../src/core/api/requestBody.ts";
import type { ChatParameters } from "../../../../src/core/api/types.ts";
import { startSimulator, type Simulator } from "../../../support/simulator/server.ts";
import { model, Scene, userSays } from "./support/scene.ts";

const base: ChatParameters = { model, messages: userSays("hello") };
const bodyOf = (more: Partial<ChatParameters>): Record<string, unknown> =>
  JSON.parse(requestBody({ ...base, ...more })) as Record<string, unknown>;

const schema = { type: "object", properties: { a: { type: "string" } }, required: ["a"] };
const png = "data:image/png;base64,iVBORw0KGgo=";

/** Parameters, and what they become in the body. */
const accepted: readonly (readonly [name: string, given: Partial<ChatParameters>, body: object])[] = [
  ["temperature", { temperature: 0 }, { temperature: 0 }],
  ["temperature", { temperature: 2 }, { temperature: 2 }],
  ["top_p", { topP: 1 }, { top_p: 1 }],
  ["max_completion_tokens", { maxCompletionTokens: 1 }, { max_completion_tokens: 1 }],
  ["reasoning_effort", { reasoningEffort: "xhigh" }, { reasoning_effort: "xhigh" }],
  ["response_format", { responseFormat: { type: "text" } }, { response_format: { type: "text" } }],
  [
    "response_format",
    { responseFormat: { type: "json_object" } },
    { response_format: { type: "json_object" } },
  ],
  [
    "response_format",
    { responseFormat: { type: "json_schema", name: "thing", schema, strict: true } },
    { response_format: { type: "json_schema", json_schema: { name: "thing", schema, strict: true } } },
  ],
  ["n", { n: 1 }, { n: 1 }],
  ["modalities", { modalities: ["text"] }, { modalities: ["text"] }],
  ["stream", { stream: false }, { stream: false }],
  [
    "stream_options",
    { stream: true, includeUsage: true },
    { stream: true, stream_options: { include_usage: true } },
  ],
  ["store", { store: true }, { store: true }],
  ["user", { user: "u".repeat(256) }, { user: "u".repeat(256) }],
  ["metadata", { metadata: { project: "x" } }, { metadata: { project: "x" } }],
  [
    "metadata.completion_window",
    { metadata: { project: "x" }, completionWindow: "standard" },
    { metadata: { project: "x", completion_window: "standard" } },
  ],
  [
    "metadata.completion_webhook",
    { completionWebhook: "https://example.com/hook", webhookToken: "hook" },
    { metadata: { completion_webhook: "https://example.com/hook", webhook_token: "hook" } },
  ],
  [
    "tools",
    { tools: [{ name: "f", description: "d", parameters: schema, strict: true }], toolChoice: { name: "f" } },
    {
      tools: [
        { type: "function", function: { name: "f", description: "d", parameters: schema, strict: true } },
      ],
      tool_choice: { type: "function", function: { name: "f" } },
    },
  ],
  [
    "tools (custom)",
    { tools: [{ type: "custom", name: "sh" }], toolChoice: { name: "sh" } },
    {
      tools: [{ type: "custom", custom: { name: "sh" } }],
      tool_choice: { type: "custom", custom: { name: "sh" } },
    },
  ],
  [
    "parallel_tool_calls",
    { tools: [{ name: "f" }], toolChoice: "required", parallelToolCalls: false },
    {
      tools: [{ type: "function", function: { name: "f" } }],
      tool_choice: "required",
      parallel_tool_calls: false,
    },
  ],
  [
    "messages",
    {
      model: "moonshotai/Kimi-K2.6",
      messages: [
        { role: "system", content: "s" },
        { role: "developer", content: "d" },
        {
          role: "user",
          content: [
            { type: "text", text: "look" },
            { type: "image", url: png, detail: "low" },
            { type: "image", url: "https://example.com/a.png" },
          ],
        },
        { role: "assistant", content: null, toolCalls: [{ id: "c1", name: "f", arguments: "{}" }] },
        { role: "tool", toolCallId: "c1", content: "done" },
        { role: "user", content: "go on", name: "ann" },
      ],
      tools: [{ name: "f" }],
    },
    {
      messages: [
        { role: "system", content: "s" },
        { role: "developer", content: "d" },
        {
          role: "user",
          content: [
            { type: "text", text: "look" },
            { type: "image_url", image_url: { url: png, detail: "low" } },
            { type: "image_url", image_url: { url: "https://example.com/a.png" } },
          ],
        },
        {
          role: "assistant",
          content: null,
          tool_calls: [{ id: "c1", type: "function", function: { name: "f", arguments: "{}" } }],
        },
        { role: "tool", tool_call_id: "c1", content: "done" },
        { role: "user", content: "go on", name: "ann" },
      ],
    },
  ],
  [
    "messages (function)",
    { messages: [...base.messages, { role: "function", name: "f", content: "42" }] },
    {
      messages: [
        { role: "user", content: "hello" },
        { role: "function", name: "f", content: "42" },
      ],
    },
  ],
];

/** Wrong values: the field named, and what the message must hold of value and range. */
const refused: readonly (readonly [field: string, given: object, message: RegExp])[] = [
  ["model", { model: "" }, /is “”.*not empty/],
  ["messages", { messages: [] }, /list of 0.*at least 1/],
  ["messages[0].role", { messages: [{ role: "robot", content: "x" }] }, /“robot”.*one of system/],
  ["messages[0].content", { messages: [{ role: "system", content: 7 }] }, /is 7.*text/],
  ["messages[0].tool_call_id", { messages: [{ role: "tool", toolCallId: "", content: "" }] }, /not empty/],
  ["messages[0].content", { messages: [{ role: "user", content: [] }] }, /list of 0/],
  ["temperature", { temperature: 2.1 }, /is 2\.1.*from 0 to 2/],
  ["temperature", { temperature: -0.1 }, /is -0\.1/],
  ["temperature", { temperature: NaN }, /NaN/],
  ["temperature", { temperature: "1" }, /“1”/],
  ["top_p", { topP: 1.01 }, /is 1\.01.*from 0 to 1/],
  ["max_completion_tokens", { maxCompletionTokens: 0 }, /is 0.*at least 1/],
  ["max_completion_tokens", { maxCompletionTokens: 1.5 }, /is 1\.5.*whole number/],
  ["reasoning_effort", { reasoningEffort: "max" }, /“max”.*none, minimal, low, medium, high, xhigh/],
  ["response_format.type", { responseFormat: { type: "xml" } }, /“xml”.*json_schema/],
  [
    "response_format.json_schema.name",
    { responseFormat: { type: "json_schema", name: "a b", schema } },
    /“a b”/,
  ],
  [
    "response_format.json_schema.schema",
    { responseFormat: { type: "json_schema", name: "a", schema: [] } },
    /object/,
  ],
  ["n", { n: 2 }, /is 2.*must be 1/],
  ["modalities", { modalities: ["audio"] }, /“audio”.*text/],
  ["modalities", { modalities: ["text", "text"] }, /list of 2/],
  ["stream", { stream: 1 }, /is 1.*true or false/],
  ["stream_options", { includeUsage: true }, /unless stream is true/],
  ["store", { store: false }, /is false.*true/],
  ["user", { user: "u".repeat(257) }, /257 characters.*at most 256/],
  ["metadata", { metadata: [] }, /object/],
  ["metadata.a", { metadata: { a: 1 } }, /is 1.*text/],
  ["metadata.completion_window", { metadata: { completion_window: "asap" } }, /own parameter/],
  ["completion_window", { completionWindow: "flex" }, /“flex”.*asap, standard/],
  ["completion_webhook", { completionWebhook: "ftp://x" }, /“ftp:\/\/x”.*http or https/],
  ["completion_webhook", { webhookToken: "hook-secret" }, /missing/],
  ["webhook_token", { webhookToken: "", completionWebhook: "https://x.example" }, /not empty/],
  ["tools", { tools: [] }, /list of 0/],
  ["tools[0].name", { tools: [{ name: "a b" }] }, /“a b”.*letters/],
  ["tool_choice", { toolChoice: "some" }, /“some”.*none, auto, required/],
  ["tool_choice", { toolChoice: { name: "g" }, tools: [{ name: "f" }] }, /“g”.*one of the tools/],
  ["parallel_tool_calls", { parallelToolCalls: "yes" }, /“yes”/],
];

const image = (url: string, count = 1): object => ({
  model: "moonshotai/Kimi-K2.6",
  messages: [{ role: "user", content: Array.from({ length: count }, () => ({ type: "image", url })) }],
});
const images: typeof refused = [
  ["messages[0].content[0].image_url.url", image("data:image/bmp;base64,AA=="), /data:image\/bmp.*JPEG, PNG/],
  ["messages[0].content[0].image_url.url", image("file:///x.png"), /file:/],
  ["messages[0].content[0].image_url.url", image("data:image/png;base64,###"), /base64/],
  [
    "messages[0].content[0].image_url.url",
    image(`data:image/png;base64,${"A".repeat(28_000_000)}`),
    /MB.*20 MB/,
  ],
  ["messages", image(png, 21), /21 images.*at most 20/],
  ["messages[0].content[0]", { ...image(png), model }, /GLM-5\.1 takes no images/],
];

describe("parameters", function () {
  this.timeout(30_000);
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator();
  });
  after(() => simulator.close());

  for (const [name, given, body] of accepted) {
    it(`${name}: ${JSON.stringify(given).slice(0, 60)} is sent as the API wants it`, async () => {
      checkParameters({ ...base, ...given }, modelInfo(given.model ?? model));
      const made = bodyOf(given);
      for (const [field, value] of Object.entries(body)) assert.deepEqual(made[field], value);
      const at = new Scene({ baseUrl: simulator.baseUrl });
      const prepared = await at.client.prepareChat({ ...base, ...given });
      const outcome = await at.run(prepared);
      assert.equal(outcome.error, undefined, outcome.error?.message);
      assert.deepEqual(simulator.requests.at(-1)?.unknownFields, []);
    });
  }

  it("leaves unset fields out", () => {
    assert.deepEqual(Object.keys(bodyOf({})), ["model", "messages"]);
  });

  for (const [field, given, message] of [...refused, ...images]) {
    it(`refuses ${field}: ${JSON.stringify(given).slice(0, 60)}`, async () => {
      const parameters: ChatParameters = { ...base, ...given };
      const at = new Scene();
      await assert.rejects(at.client.prepareChat(parameters), (error) => {
        assert.ok(error instanceof ParameterError);
        assert.equal(error.field, field);
        assert.match(error.message, message);
        assert.ok(error.message.startsWith(field));
        assert.ok(isTranslatable(error.phrase), "each of its parts can be translated");
        assert.ok(error.message.length < 300 && !error.message.includes("hook-secret"));
        return true;
      });
      assert.equal(at.sent.length, 0);
    });
  }
});

function isTranslatable(said: PhraseValue): boolean {
  return typeof said === "object" && said.message === "{0} is {1}, but must be {2}.";
}

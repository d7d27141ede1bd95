import assert from "node:assert/strict";
import { startSimulator, type Simulator } from "../../support/simulator/server.ts";
import { at, json, model, post, question, refusal } from "./talk.ts";

const png = "data:image/png;base64,iVBORw0KGgo=";
const image = (url: string) => ({ type: "image_url", image_url: { url } });
const seeing = (parts: object[], more = {}) => ({
  model: "moonshotai/Kimi-K2.6",
  messages: [{ role: "user", content: parts }],
  ...more,
});
const messages = (...list: object[]) => ({ model, messages: list });
const hi = (more: object) => question("hi", more);
const tool = { type: "function", function: { name: "look" } };
const many = (n: number) => Array.from({ length: n }, () => image(png));

/** Body and the `param` that the refusal names. */
const refused: readonly (readonly [body: object, param: string])[] = [
  [{ messages: [{ role: "user", content: "hi" }] }, "model"],
  [{ model: 7, messages: [] }, "model"],
  [hi({ model: "nobody/nothing" }), "model"],
  [{ model }, "messages"],
  [messages(), "messages"],
  [{ model, messages: "hi" }, "messages"],
  [messages({ content: "hi" }), "messages[0].role"],
  [messages({ role: "robot", content: "hi" }), "messages[0].role"],
  [messages({ role: "user", content: 5 }), "messages[0].content"],
  [messages({ role: "user", content: "hi", mood: "good" }), "messages[0].mood"],
  [messages({ role: "user", content: "hi", name: 3 }), "messages[0].name"],
  [messages({ role: "user", content: [{ type: "audio" }] }), "messages[0].content[0].type"],
  [messages({ role: "user", content: [{ type: "text" }] }), "messages[0].content[0].text"],
  [messages({ role: "user", content: [{ type: "text", text: "a", b: 1 }] }), "messages[0].content[0].b"],
  [messages({ role: "user", content: [image(png)] }), "messages"],
  [seeing(many(21)), "messages"],
  [seeing([image("ftp://example.com/a.png")]), "messages[0].content[0].image_url.url"],
  [seeing([image("data:image/svg+xml;base64,AAAA")]), "messages[0].content[0].image_url.url"],
  [seeing([image("data:image/png;base64,???")]), "messages[0].content[0].image_url.url"],
  [seeing([image("data:image/png,abc")]), "messages[0].content[0].image_url.url"],
  [
    seeing([{ type: "image_url", image_url: { url: png, detail: "huge" } }]),
    "messages[0].content[0].image_url.detail",
  ],
  [messages({ role: "tool", content: "x" }), "messages[0].tool_call_id"],
  [messages({ role: "tool", content: "x", tool_call_id: "call_1" }), "messages[0].tool_call_id"],
  [messages({ role: "user", content: "x", tool_calls: [] }), "messages[0].tool_calls"],
  [hi({ temperature: -0.1 }), "temperature"],
  [hi({ temperature: 2.01 }), "temperature"],
  [hi({ temperature: "1" }), "temperature"],
  [hi({ top_p: 1.1 }), "top_p"],
  [hi({ max_completion_tokens: 0 }), "max_completion_tokens"],
  [hi({ max_completion_tokens: 1.5 }), "max_completion_tokens"],
  [hi({ reasoning_effort: "extreme" }), "reasoning_effort"],
  [hi({ n: 2 }), "n"],
  [hi({ store: false }), "store"],
  [hi({ modalities: ["audio"] }), "modalities"],
  [hi({ modalities: ["text", "text"] }), "modalities"],
  [hi({ user: "u".repeat(257) }), "user"],
  [hi({ stream: "yes" }), "stream"],
  [hi({ stream_options: { include_usage: 1 } }), "stream_options.include_usage"],
  [hi({ stream_options: { more: true } }), "stream_options.more"],
  [hi({ response_format: { type: "xml" } }), "response_format.type"],
  [hi({ response_format: { type: "json_schema" } }), "response_format.json_schema"],
  [hi({ response_format: { type: "json_schema", json_schema: {} } }), "response_format.json_schema.name"],
  [
    hi({ response_format: { type: "json_schema", json_schema: { name: "a", schema: [] } } }),
    "response_format.json_schema.schema",
  ],
  [hi({ tools: [{ type: "function" }] }), "tools[0].function"],
  [hi({ tools: [{ type: "web_search" }] }), "tools[0].type"],
  [hi({ tools: [{ type: "function", function: { name: "two words" } }] }), "tools[0].function.name"],
  [hi({ tool_choice: "auto" }), "tool_choice"],
  [hi({ tools: [tool], tool_choice: "always" }), "tool_choice"],
  [
    hi({ tools: [tool], tool_choice: { type: "function", function: { name: "b" } } }),
    "tool_choice.function.name",
  ],
  [hi({ parallel_tool_calls: 1 }), "parallel_tool_calls"],
  [hi({ metadata: { a: 1 } }), "metadata.a"],
  [hi({ metadata: { completion_window: "flex" } }), "metadata.completion_window"],
  [hi({ metadata: { completion_window: "soon" } }), "metadata.completion_window"],
  [hi({ metadata: { completion_webhook: "ftp://x" } }), "metadata.completion_webhook"],
  [hi({ service_tier: "flex" }), "service_tier"],
  ...[
    ...["max_tokens", "functions", "function_call", "frequency_penalty", "presence_penalty", "logit_bias"],
    ...["stop", "seed", "logprobs", "top_logprobs", "verbosity", "audio", "prediction", "web_search_options"],
  ].map((name) => [hi({ [name]: 1 }), name] as const),
];

const accepted: readonly object[] = [
  hi({ temperature: 0, top_p: 0, max_completion_tokens: null, reasoning_effort: null }),
  hi({ temperature: 2, top_p: 1, max_completion_tokens: 1, n: 1, store: true, modalities: ["text"] }),
  hi({ temperature: null, top_p: null, user: "u".repeat(256), service_tier: "auto" }),
  hi({
    metadata: {
      completion_window: "asap",
      completion_webhook: "https://example.com/hook",
      webhook_token: "t",
    },
  }),
  hi({ metadata: { completion_window: "standard", anything: "else" } }),
  hi({ response_format: { type: "text" } }),
  hi({ tools: [tool], tool_choice: "none", parallel_tool_calls: false }),
  hi({ something_new: true }),
  messages(
    { role: "system", content: "a" },
    { role: "developer", content: "b" },
    { role: "user", content: null },
  ),
  messages({ role: "user" }),
  messages({ role: "user", content: [{ type: "text", text: "a" }] }),
  seeing(many(20)),
  seeing([image("https://example.com/a.png")]),
  messages(
    {
      role: "assistant",
      content: null,
      tool_calls: [{ id: "c", type: "function", function: { name: "f", arguments: "{}" } }],
    },
    { role: "tool", tool_call_id: "c", content: "done" },
  ),
];

describe("the simulator's strictness", function () {
  this.timeout(20_000);

  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator();
  });
  beforeEach(() => simulator.reset());
  after(() => simulator.close());

  for (const [body, param] of refused) {
    const text = JSON.stringify(body);
    it(`refuses ${text.length > 90 ? `${text.slice(0, 90)}…` : text} for ${param}`, async () => {
      const [status, type, named] = (await refusal(await post(simulator, body))).split(" ");
      assert.deepEqual([status, type, named], ["400", "invalid_request_error", param]);
      assert.equal(simulator.inferences, 0);
    });
  }

  it("accepts what is at the edge of the ranges", async () => {
    for (const body of accepted) {
      const response = await post(simulator, body);
      assert.equal(response.status, 200, `${JSON.stringify(body).slice(0, 200)}: ${await response.text()}`);
    }
    assert.equal(simulator.inferences, accepted.length);
    assert.deepEqual(
      simulator.requests.flatMap((entry) => entry.unknownFields),
      ["something_new"],
    );
  });

  it("refuses an image above 20 MB", async () => {
    const big = `data:image/png;base64,${"A".repeat(4 * Math.ceil((20 * 1024 * 1024 + 3) / 3))}`;
    assert.match(await refusal(await post(simulator, seeing([image(big)]))), /^400 .* image_too_large$/);
  });

  it("names the windows a model has", async () => {
    const [first, ...others] = simulator.config.models;
    simulator.configure({ models: [{ ...first!, windows: ["asap"] }, ...others] });
    const response = await post(simulator, hi({ metadata: { completion_window: "standard" } }));
    assert.match(String(at(await json(response), "error.message")), /Supported completion windows: asap\.$/);
    assert.equal((await post(simulator, hi({}))).status, 200);
  });

  it("tells keys apart", async () => {
    const status = async (key: string) => refusal(await post(simulator, hi({}), { key }));
    assert.equal(await status("sk_wrong"), "401 authentication_error null invalid_api_key");
    assert.equal(await status("constructor"), "401 authentication_error null invalid_api_key");
    assert.equal(await status("sk_forbidden"), "403 permission_error null permission_denied");
    assert.equal(await status("sk_no_credit"), "402 billing_error null billing_error");
    assert.equal(await status("sk_no_quota"), "429 insufficient_quota null insufficient_quota");
    for (const value of ["", "Bearer", "Basic sk_test_valar_simulator", "sk_test_valar_simulator"]) {
      const response = await fetch(`${simulator.baseUrl}/models`, { headers: { Authorization: value } });
      assert.equal(await refusal(response), "401 authentication_error null missing_api_key");
    }
    assert.ok(!JSON.stringify(simulator.requests).includes("sk_"), "the journal holds a key");
  });

  it("refuses other paths and methods, broken JSON, and bodies that are too large", async () => {
    const get = (path: string) =>
      fetch(simulator.baseUrl + path, { headers: { Authorization: "Bearer sk_test_valar_simulator" } });
    assert.match(await refusal(await get("/nothing")), /^404 /);
    assert.match(await refusal(await get("/chat/completions")), /^405 /);
    assert.match(await refusal(await post(simulator, '{"model":')), /^400 invalid_request_error/);
    simulator.configure({ maxBodyBytes: 1000 });
    const tooLarge = await refusal(await post(simulator, question("x".repeat(1000))));
    assert.equal(tooLarge, "413 invalid_request_error null request_too_large");
    simulator.configure({ maxBodyBytes: 10_000, contextTokens: 20 });
    const tooLong = await refusal(await post(simulator, question("x".repeat(500))));
    assert.equal(tooLong, "400 invalid_request_error messages context_length_exceeded");
  });

  it("gives every response a request id of its own, and pages of other origins their due", async () => {
    const responses = [
      await post(simulator, hi({})),
      await post(simulator, "?"),
      await post(simulator, hi({}), { key: "x" }),
    ];
    const ids = responses.map((response) => response.headers.get("x-request-id"));
    assert.equal(new Set(ids).size, 3);
    assert.ok(ids.every((id) => id?.startsWith("req_")));
    assert.equal(responses[0]?.headers.get("access-control-allow-origin"), "*");
    simulator.configure({ cors: false });
    assert.equal((await post(simulator, hi({}))).headers.get("access-control-allow-origin"), null);
  });
});

import assert from "node:assert/strict";
import OpenAI, {
  APIConnectionError,
  AuthenticationError,
  BadRequestError,
  InternalServerError,
  PermissionDeniedError,
  RateLimitError,
} from "openai";
import { isObject } from "../../support/simulator/chatRequest.ts";
import { testKey } from "../../support/simulator/config.ts";
import { startSimulator, type Simulator } from "../../support/simulator/server.ts";
import { model } from "./talk.ts";

const tools: OpenAI.ChatCompletionTool[] = [
  {
    type: "function",
    function: {
      name: "read_file",
      description: "Reads a file",
      parameters: { type: "object", properties: { path: { type: "string" } }, required: ["path"] },
    },
  },
];

describe("the official openai client against the simulator", function () {
  this.timeout(20_000);

  let simulator: Simulator;
  let client: OpenAI;
  const ask = (content: string): OpenAI.ChatCompletionMessageParam[] => [{ role: "user", content }];

  before(async () => {
    simulator = await startSimulator();
    client = new OpenAI({ baseURL: simulator.baseUrl, apiKey: testKey, maxRetries: 0 });
  });
  beforeEach(() => simulator.reset());
  after(() => simulator.close());

  it("lists the models", async () => {
    const page = await client.models.list();
    assert.equal(page.data.length, 8);
    assert.deepEqual(page.data[0], {
      id: model,
      object: "model",
      created: page.data[0]?.created,
      owned_by: "zai-org",
    });
  });

  it("answers as one JSON object, with reasoning and usage", async () => {
    const completion = await client.chat.completions.create({ model, messages: ask("say Grüß Gott 👋") });
    const [choice] = completion.choices;
    assert.equal(choice?.message.content, "Grüß Gott 👋");
    assert.equal(choice.finish_reason, "stop");
    assert.ok(isObject(choice.message) && typeof choice.message["reasoning_content"] === "string");
    assert.equal(
      completion.usage?.total_tokens,
      completion.usage!.prompt_tokens + completion.usage!.completion_tokens,
    );
    assert.ok(completion._request_id?.startsWith("req_"));
  });

  it("streams the same answer: role, reasoning, content, finish, usage", async () => {
    const stream = await client.chat.completions.create({
      model,
      messages: ask("say Grüß Gott 👋"),
      stream: true,
      stream_options: { include_usage: true },
    });
    const order: string[] = [];
    let content = "";
    for await (const chunk of stream) {
      const delta: unknown = chunk.choices[0]?.delta;
      if (isObject(delta)) order.push(...Object.keys(delta));
      content += chunk.choices[0]?.delta.content ?? "";
      if (chunk.choices[0]?.finish_reason) order.push(chunk.choices[0].finish_reason);
      if (chunk.usage) order.push("usage");
    }
    assert.equal(content, "Grüß Gott 👋");
    assert.deepEqual([...new Set(order)], ["role", "reasoning_content", "content", "stop", "usage"]);
  });

  it("calls a tool and takes its result, streamed through the client's own helper", async () => {
    const runner = client.chat.completions.stream({
      model,
      messages: ask('call read_file with {"path":"src/a.ts"}'),
      tools,
    });
    const first = await runner.finalChatCompletion();
    const call = first.choices[0]?.message.tool_calls?.[0];
    assert.equal(first.choices[0]?.finish_reason, "tool_calls");
    assert.ok(call?.type === "function");
    assert.deepEqual(JSON.parse(call.function.arguments), { path: "src/a.ts" });
    const second = await client.chat.completions.create({
      model,
      tools,
      messages: [
        ...ask("read it"),
        { role: "assistant", content: null, tool_calls: [call] },
        { role: "tool", tool_call_id: call.id, content: "export const answer = 42;" },
      ],
    });
    assert.match(second.choices[0]?.message.content ?? "", /answer = 42/);
  });

  it("answers by a JSON schema", async () => {
    const schema = {
      type: "object",
      required: ["city", "days"],
      properties: { city: { type: "string" }, days: { type: "integer", minimum: 2 } },
    };
    const completion = await client.chat.completions.create({
      model,
      messages: ask("Plan a trip"),
      response_format: { type: "json_schema", json_schema: { name: "trip", schema, strict: true } },
    });
    assert.deepEqual(JSON.parse(completion.choices[0]?.message.content ?? ""), {
      city: "Plan a trip",
      days: 2,
    });
  });

  it("meets its own error classes", async () => {
    const bodyOf = (more: object) => ({ model, messages: ask("hi"), ...more });
    const withKey = (apiKey: string) => new OpenAI({ baseURL: simulator.baseUrl, apiKey, maxRetries: 0 });
    const meets = (run: Promise<unknown>, type: abstract new (...args: never) => Error, fields: object) =>
      assert.rejects(run, (error) => {
        assert.ok(error instanceof type, `${String(error)} is no ${type.name}`);
        assert.ok(isObject(error));
        for (const [name, value] of Object.entries(fields)) assert.equal(error[name], value, name);
        return true;
      });
    const create = (of: OpenAI, more = {}) => of.chat.completions.create(bodyOf(more));
    await meets(create(client, { temperature: 3 }), BadRequestError, {
      status: 400,
      type: "invalid_request_error",
      param: "temperature",
    });
    await meets(create(client, { model: "nobody/nothing" }), BadRequestError, { code: "model_not_found" });
    await meets(create(withKey("sk_wrong")), AuthenticationError, { status: 401, code: "invalid_api_key" });
    await meets(create(withKey("sk_forbidden")), PermissionDeniedError, { status: 403 });
    await meets(create(withKey("sk_no_quota")), RateLimitError, { type: "insufficient_quota" });
    await meets(create(withKey("sk_no_credit")), OpenAI.APIError, { status: 402, type: "billing_error" });
    simulator.faults.add({ action: { type: "status", status: 500 } }, { action: { type: "reset" } });
    await meets(create(client), InternalServerError, { status: 500, type: "server_error" });
    await meets(create(client), APIConnectionError, {});
  });

  it("retries by itself with one idempotency key, and inference runs once", async () => {
    const retrying = new OpenAI({ baseURL: simulator.baseUrl, apiKey: testKey, maxRetries: 2 });
    simulator.faults.add({ action: { type: "status", status: 503, headers: { "Retry-After": "0" } } });
    const completion = await retrying.chat.completions.create(
      { model, messages: ask("say once") },
      { headers: { "Idempotency-Key": "one-key" } },
    );
    assert.equal(completion.choices[0]?.message.content, "once");
    assert.deepEqual(
      simulator.requests.map(({ idempotencyKey, attempt, status, replay }) => [
        idempotencyKey,
        attempt,
        status,
        replay,
      ]),
      [
        ["one-key", 1, 503, false],
        ["one-key", 2, 200, true],
      ],
    );
    assert.equal(simulator.inferences, 1);
  });
});

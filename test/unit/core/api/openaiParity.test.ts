/** The official `openai` client and ours, against the simulator: equal results for the same requests. */
import assert from "node:assert/strict";
import OpenAI, { APIError } from "openai";
import { ApiError } from "../../../../src/core/api/errors.ts";
import type { ChatParameters } from "../../../../src/core/api/types.ts";
import { startSimulator, type Simulator } from "../../../support/simulator/server.ts";
import { model, Scene, token, userSays } from "./support/scene.ts";

/** What both clients must agree on. */
interface Result {
  content: string;
  reasoning: string;
  refusal: string;
  toolCalls: { id: string; name: string; arguments: string }[];
  finish: string | undefined;
  usage: readonly number[];
  model: string | undefined;
}
interface Failed {
  status: number | undefined;
  type: string | undefined;
  param: string | undefined;
  code: string | undefined;
}

const schema = {
  type: "object",
  properties: {
    name: { type: "string" },
    age: { type: "integer" },
    tags: { type: "array", items: { type: "string" } },
  },
  required: ["name", "age", "tags"],
  additionalProperties: false,
};
const file = { name: "read_file", description: "Reads", parameters: schema, strict: false };
const shell = { name: "run", parameters: { type: "object", properties: { command: { type: "string" } } } };

type Case = readonly [name: string, parameters: Partial<ChatParameters>, token?: string];
const answered: readonly Case[] = [
  ["plain text", { messages: userSays("hello") }],
  ["multi-byte text", { messages: userSays("repeat: Grüße 世界 🎉 👩‍👩‍👧\r\n\u2028end") }],
  ["a long document", { messages: userSays("write 20 KB of markdown") }],
  ["nothing", { messages: userSays("answer nothing") }],
  ["null", { messages: userSays("answer null") }],
  ["a refusal", { messages: userSays("refuse this please") }],
  ["no reasoning", { messages: userSays("hello"), reasoningEffort: "none" }],
  ["much reasoning", { messages: userSays("why is the sky blue?"), reasoningEffort: "xhigh" }],
  ["a system prompt", { messages: [{ role: "system", content: "Be brief." }, ...userSays("hello")] }],
  ["a token limit", { messages: userSays("write 2 KB of markdown"), maxCompletionTokens: 20 }],
  ["a JSON object", { messages: userSays("a JSON object"), responseFormat: { type: "json_object" } }],
  [
    "a JSON schema",
    {
      messages: userSays("a person"),
      responseFormat: { type: "json_schema", name: "person", schema, strict: true },
    },
  ],
  ["a tool", { messages: userSays('call run with {"command":"ls"}'), tools: [shell] }],
  ["a tool that must be", { messages: userSays("hello"), tools: [file], toolChoice: "required" }],
  ["a named tool", { messages: userSays("hello"), tools: [file, shell], toolChoice: { name: "run" } }],
  [
    "two tools",
    {
      messages: userSays('call run with {"command":"a"} and read_file with {"name":"b"}'),
      tools: [file, shell],
    },
  ],
  [
    "a tool's result",
    {
      messages: [
        ...userSays("list the files"),
        {
          role: "assistant",
          content: null,
          toolCalls: [{ id: "c1", name: "run", arguments: '{"command":"ls"}' }],
        },
        { role: "tool", toolCallId: "c1", content: "a.ts\nb.ts" },
      ],
      tools: [shell],
    },
  ],
  ["every number", { messages: userSays("hello"), temperature: 0.5, topP: 0.9, maxCompletionTokens: 4000 }],
  ["user and metadata", { messages: userSays("hello"), user: "u", metadata: { a: "b" }, store: true, n: 1 }],
  ["a completion window", { messages: userSays("hello"), completionWindow: "standard" }],
  [
    "an image",
    {
      model: "moonshotai/Kimi-K2.6",
      messages: [
        {
          role: "user",
          content: [
            { type: "text", text: "what is this?" },
            { type: "image", url: "data:image/png;base64,iVBORw0KGgo=" },
          ],
        },
      ],
    },
  ],
  ["another model", { model: "openai/gpt-oss-120b", messages: userSays("hello") }],
];

const image = { type: "image" as const, url: "https://example.com/a.png" };
const failing: readonly Case[] = [
  ["a wrong token", { messages: userSays("hello") }, "sk_wrong"],
  ["no credit", { messages: userSays("hello") }, "sk_no_credit"],
  ["no quota", { messages: userSays("hello") }, "sk_no_quota"],
  ["a forbidden token", { messages: userSays("hello") }, "sk_forbidden"],
  ["an unknown model", { model: "who/knows", messages: userSays("hello") }],
  [
    "an image to an unknowing model",
    { model: "MiniMaxAI/MiniMax-M2.7", messages: [{ role: "user", content: [image] }] },
  ],
  ["a tool result without a call", { messages: [{ role: "tool", toolCallId: "none", content: "x" }] }],
  ["a tool choice without tools", { messages: userSays("hello"), toolChoice: "required" }],
];

describe("beside the official openai client", function () {
  this.timeout(30_000);
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator();
  });
  after(() => simulator.close());

  it("30 requests are compared", () => assert.ok(answered.length + failing.length >= 30));

  for (const stream of [true, false]) {
    for (const [name, given] of answered) {
      it(`gives the same for ${name}, ${stream ? "streamed" : "in one piece"}`, async () => {
        const mine = await ours(given, stream);
        const theirs = await official(mine.body, token);
        assert.deepEqual(mine.result, theirs);
        assert.ok(!("status" in theirs));
      });
    }
  }

  for (const [name, given, key = token] of failing) {
    it(`fails the same for ${name}`, async () => {
      const mine = await ours(given, true, key);
      const theirs = await official(mine.body, key);
      assert.deepEqual(mine.result, theirs);
      assert.ok("status" in theirs && theirs.status !== undefined, "it failed");
    });
  }

  async function ours(
    given: Partial<ChatParameters>,
    stream: boolean,
    key = token,
  ): Promise<{ body: string; result: Result | Failed }> {
    simulator.reset();
    const access = { baseUrl: simulator.baseUrl, token: key };
    const at = new Scene({ access: () => Promise.resolve(access) });
    const request = await at.client.prepareChat({
      model,
      messages: [],
      stream,
      ...(stream ? { includeUsage: true } : {}),
      ...given,
    });
    try {
      const answer = await at.client.completeChat(request, new AbortController().signal);
      const { content, reasoning, refusal, toolCalls, usage, finish } = answer;
      const result: Result = {
        content,
        reasoning,
        refusal,
        toolCalls: toolCalls.map((call) => ({ id: call.id, name: call.name, arguments: call.arguments })),
        finish: finish.reason,
        usage: usage
          ? [usage.promptTokens, usage.completionTokens, usage.totalTokens, usage.reasoningTokens ?? -1]
          : [],
        model: finish.model,
      };
      return { body: request.body, result };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const { status, type, param, code } = error.details;
      return { body: request.body, result: { status, type, param, code } };
    }
  }

  /** The very same body, sent by the official client. */
  async function official(body: string, key: string): Promise<Result | Failed> {
    simulator.reset();
    const client = new OpenAI({ baseURL: simulator.baseUrl, apiKey: key, maxRetries: 0 });
    const parameters = JSON.parse(body) as OpenAI.ChatCompletionCreateParams;
    try {
      if (parameters.stream === true) return await collect(await client.chat.completions.create(parameters));
      const completion = await client.chat.completions.create({ ...parameters, stream: false });
      return resultOf(completion);
    } catch (error) {
      if (!(error instanceof APIError)) throw error;
      const status: unknown = error.status;
      return {
        status: typeof status === "number" ? status : undefined,
        type: error.type,
        param: error.param ?? undefined,
        code: error.code ?? undefined,
      };
    }
  }
});

function resultOf({ choices: [choice], usage, model: answeredBy }: OpenAI.ChatCompletion): Result {
  assert.ok(choice);
  const message: OpenAI.ChatCompletionMessage & { reasoning_content?: string | null } = choice.message;
  return {
    content: message.content ?? "",
    reasoning: message.reasoning_content ?? "",
    refusal: message.refusal ?? "",
    toolCalls: (message.tool_calls ?? []).map((call) =>
      call.type === "function"
        ? { id: call.id, name: call.function.name, arguments: call.function.arguments }
        : { id: call.id, name: call.custom.name, arguments: call.custom.input },
    ),
    finish: choice.finish_reason,
    usage: usage ? countsOf(usage) : [],
    model: answeredBy,
  };
}

/** Puts the chunks together by hand: the SDK's own helper drops fields that OpenAI does not have. */
async function collect(chunks: AsyncIterable<OpenAI.ChatCompletionChunk>): Promise<Result> {
  const result: Result = {
    content: "",
    reasoning: "",
    refusal: "",
    toolCalls: [],
    finish: undefined,
    usage: [],
    model: undefined,
  };
  for await (const { choices, usage, model: answeredBy } of chunks) {
    result.model = answeredBy;
    if (usage) result.usage = countsOf(usage);
    const [choice] = choices;
    if (choice === undefined) continue;
    const delta: OpenAI.ChatCompletionChunk.Choice.Delta & { reasoning_content?: string } = choice.delta;
    result.content += delta.content ?? "";
    result.reasoning += delta.reasoning_content ?? "";
    result.refusal += delta.refusal ?? "";
    for (const call of delta.tool_calls ?? []) {
      const { name = "", arguments: text = "" } = call.function ?? {};
      result.toolCalls.push({ id: call.id ?? "", name, arguments: text });
    }
    result.finish = choice.finish_reason ?? result.finish;
  }
  return result;
}

function countsOf(usage: OpenAI.CompletionUsage): readonly number[] {
  return [
    usage.prompt_tokens,
    usage.completion_tokens,
    usage.total_tokens,
    usage.completion_tokens_details?.reasoning_tokens ?? -1,
  ];
}

import assert from "node:assert/strict";
import * as vscode from "vscode";
import { ApiError } from "../../../src/core/api/errors.ts";
import { modelInfo } from "../../../src/core/api/models.ts";
import { chatMessages } from "../../../src/host/lm/chatMessages.ts";
import { languageModelError } from "../../../src/host/lm/languageModelError.ts";
import { LanguageModels } from "../../../src/host/lm/languageModels.ts";
import { type Simulator, startSimulator } from "../../support/simulator/server.ts";
import { simulatedClient } from "../simulated.ts";

const glm = "zai-org/GLM-5.1-FP8";
const { User, Assistant } = vscode.LanguageModelChatMessageRole;
const message = (role: vscode.LanguageModelChatMessageRole, ...content: readonly unknown[]) => ({
  role,
  content,
  name: undefined,
});
const textPart = (value: string) => new vscode.LanguageModelTextPart(value);
const data = (mimeType: string, text: string) => ({ mimeType, data: new TextEncoder().encode(text) });
const never = new vscode.CancellationTokenSource().token;

describe("a request through VS Code's language model API", () => {
  it("keeps text and JSON that come as data, beside an image too", () => {
    const json = data("application/json", '{"a":1}');
    assert.deepEqual(chatMessages([message(User, json)], true), [{ role: "user", content: '{"a":1}' }]);
    assert.deepEqual(chatMessages([message(User, textPart("See"), json, data("image/png", "p"))], true), [
      {
        role: "user",
        content: [
          { type: "text", text: "See" },
          { type: "text", text: '{"a":1}' },
          { type: "image", url: "data:image/png;base64,cA==" },
        ],
      },
    ]);
  });

  it("sends the images of a tool's result after it, to a model that takes them", () => {
    const result = new vscode.LanguageModelToolResultPart("1", [textPart("Shot"), data("image/png", "p")]);
    const [tool, user] = chatMessages([message(User, result)], true);
    assert.ok(tool?.role === "tool" && user?.role === "user");
    assert.match(tool.content, /^Shot\n\[.*follow/);
    assert.deepEqual(user.content, [{ type: "image", url: "data:image/png;base64,cA==" }]);
    const [alone, ...others] = chatMessages([message(User, result)], false);
    assert.ok(alone?.role === "tool" && others.length === 0);
    assert.match(alone.content, /left out/);
  });

  it("has system turns, and calls without text", () => {
    const call = new vscode.LanguageModelToolCallPart("1", "weather", { city: "Graz" });
    // The stable API has no name for this role.
    const system = Object.assign(message(User, textPart("Be brief.")), { role: 3 });
    assert.deepEqual(chatMessages([system, message(Assistant, call)], true), [
      { role: "system", content: "Be brief." },
      {
        role: "assistant",
        content: null,
        toolCalls: [{ id: "1", name: "weather", arguments: '{"city":"Graz"}' }],
      },
    ]);
  });
});

describe("an error of Valar for the callers of VS Code's language model API", () => {
  const codes = {
    noToken: "NoPermissions",
    unauthorized: "NoPermissions",
    notFound: "NotFound",
    quota: "Blocked",
  };
  for (const [kind, code] of Object.entries(codes)) {
    it(`is ${code} for ${kind}`, () => {
      const error = languageModelError(new ApiError(kind as "quota", "said"));
      assert.ok(error instanceof vscode.LanguageModelError);
      assert.deepEqual([error.code, error.message], [code, "said"]);
    });
  }

  it("holds the text for the person where VS Code has no code", () => {
    const cause = new ApiError("server", "said");
    const error = languageModelError(cause);
    assert.ok(error instanceof Error);
    assert.deepEqual([error.message, error.cause], ["said", cause]);
  });
});

describe("Valar's models for VS Code", () => {
  let simulator: Simulator;
  let models: LanguageModels;
  let signedIn: boolean;
  let signIns: number;
  let learnt: (readonly [estimated: number, promptTokens: number])[];
  let leftOut: string[];
  let limits: { maxCompletionTokens?: number; maxContextTokens?: number };

  beforeEach(async () => {
    simulator = await startSimulator();
    const client = simulatedClient(simulator);
    [signedIn, signIns, learnt, leftOut, limits] = [true, 0, [], [], {}];
    models = new LanguageModels({
      isSignedIn: () => Promise.resolve(signedIn),
      signIn: () => Promise.resolve(void (signIns += 1)),
      listModels: () => Promise.resolve([glm]),
      modelInfo: (id) => modelInfo(id),
      price: () => undefined,
      parameters: (model) => {
        const { maxCompletionTokens } = limits;
        const most = maxCompletionTokens === undefined ? {} : { maxCompletionTokens };
        return { model, completionWindow: "asap", temperature: 1, ...most };
      },
      calibrate: (_model, estimated, promptTokens) => learnt.push([estimated, promptTokens]),
      maxContextTokens: () => limits.maxContextTokens,
      prepareChat: (parameters) => client.prepareChat(parameters),
      streamChat: (request, signal) => client.streamChat(request, signal),
      countTokens: (_model, text) => text.length,
      leftOut: (options) => leftOut.push(...options),
      report: () => undefined,
      onDidChange: new vscode.EventEmitter<void>().event,
    });
  });
  afterEach(() => simulator.close());

  const info = async () => {
    const [found] = await models.provideLanguageModelChatInformation({ silent: true }, never);
    return found ?? assert.fail("no model");
  };
  const ask = async (text: string, options: Partial<vscode.ProvideLanguageModelChatResponseOptions> = {}) => {
    const parts: vscode.LanguageModelResponsePart[] = [];
    await models.provideLanguageModelChatResponse(
      await info(),
      [message(User, textPart(text))],
      { toolMode: vscode.LanguageModelChatToolMode.Auto, ...options },
      { report: (part) => parts.push(part) },
      never,
    );
    return parts;
  };

  it("say what they can do", async () => {
    const { capabilities, maxInputTokens, maxOutputTokens } = await info();
    assert.deepEqual(capabilities, { imageInput: false, toolCalling: true });
    assert.ok(maxInputTokens > maxOutputTokens);
  });

  it("hold no more than the settings allow", async () => {
    const usual = await info();
    limits = { maxCompletionTokens: 500 };
    const short = await info();
    assert.equal(short.maxOutputTokens, 500);
    assert.equal(short.maxInputTokens + 500, usual.maxInputTokens + usual.maxOutputTokens);
    limits = { maxContextTokens: 8000 };
    const small = await info();
    assert.equal(small.maxInputTokens + small.maxOutputTokens, 8000);
    limits = { maxContextTokens: 8000, maxCompletionTokens: 50_000 };
    const { maxInputTokens, maxOutputTokens } = await info();
    assert.deepEqual([maxInputTokens, maxOutputTokens], [4000, 4000]);
  });

  it("learn from what requests took, but not from those with tools", async () => {
    await ask("Say: hello");
    assert.equal(learnt.length, 1);
    const [estimated = 0, promptTokens = 0] = learnt[0] ?? [];
    assert.ok(estimated > 4 && estimated < 20 && promptTokens > 0, String(learnt));
    await ask("Say: hello", { tools: [{ name: "weather", description: "Tells", inputSchema: {} }] });
    assert.equal(learnt.length, 1);
  });

  it("take temperature and top_p of their caller before those of the settings, and tell what is left out", async () => {
    await ask("Say: hello");
    assert.deepEqual(leftOut, []);
    await ask("Say: hello", { modelOptions: { temperature: 0.5, top_p: 0.25, seed: 7, other: "x" } });
    assert.deepEqual(leftOut, ["seed", "other"]);
    const sent = simulator.requests.map(({ body }) => [body?.["temperature"], body?.["top_p"]]);
    assert.deepEqual(sent, [
      [1, undefined],
      [0.5, 0.25],
    ]);
    assert.deepEqual(simulator.requests[1]?.unknownFields, []);
  });

  for (const [modelOptions, message] of [
    [{ temperature: 3 }, "temperature is 3, but must be a number from 0 to 2."],
    [{ top_p: "1" }, "top_p is “1”, but must be a number from 0 to 1."],
  ] as const) {
    it(`send nothing for ${JSON.stringify(modelOptions)}`, async () => {
      await assert.rejects(ask("Say: hello", { modelOptions }), { message });
      assert.equal(simulator.requests.length, 0);
    });
  }

  it("get a failed request that its caller sends again under the key it had", async () => {
    simulator.faults.add({ action: { type: "reset" }, times: 4 });
    await assert.rejects(ask("Say: hello"));
    await ask("Say: hello");
    const keys = simulator.requests.map(({ idempotencyKey }) => idempotencyKey);
    assert.deepEqual([keys.length, new Set(keys).size, simulator.inferences], [5, 1, 1]);
    await ask("Say: hello");
    assert.equal(new Set(simulator.requests.map(({ idempotencyKey }) => idempotencyKey)).size, 2);
  });

  it("must call a tool when the caller says so", async () => {
    const tools = [{ name: "weather", description: "Tells", inputSchema: { type: "object" } }];
    await ask("Say: hello", { tools, toolMode: vscode.LanguageModelChatToolMode.Required });
    assert.equal(simulator.requests[0]?.body?.["tool_choice"], "required");
  });

  it("run no tool whose arguments are no JSON object", async () => {
    const tools = [{ name: "weather", description: "Tells", inputSchema: { type: "object" } }];
    simulator.faults.add({ action: { type: "break", at: { toolArguments: 6 }, then: "finish" } });
    const asking = ask('Call weather with {"city":"Graz"}', { tools });
    await assert.rejects(asking, {
      message: "The model called the tool weather with arguments that cannot be read.",
    });
    assert.equal(simulator.requests.length, 1);
  });

  it("that take text alone refuse an image, and say so, before anything is sent", async () => {
    const image = message(User, textPart("What is it?"), data("image/png", "p"));
    await assert.rejects(
      models.provideLanguageModelChatResponse(
        await info(),
        [image],
        { toolMode: vscode.LanguageModelChatToolMode.Auto },
        { report: () => assert.fail("nothing is answered") },
        never,
      ),
      /image.*GLM-5\.1 takes no images/,
    );
    assert.equal(simulator.requests.length, 0);
  });

  it("count calls of tools and their results", async () => {
    const call = new vscode.LanguageModelToolCallPart("1", "weather", { city: "Graz" });
    const result = new vscode.LanguageModelToolResultPart("1", [textPart("Sunny, 21 degrees")]);
    const [model, empty] = [await info(), message(User)];
    const base = await models.provideTokenCount(model, empty);
    const counted = await Promise.all(
      [message(Assistant, call), message(User, result)].map((one) => models.provideTokenCount(model, one)),
    );
    assert.deepEqual(
      counted.map((count) => count - base),
      ['weather{"city":"Graz"}'.length, "Sunny, 21 degrees".length],
    );
  });

  it("offer to sign in when a person adds them", async () => {
    signedIn = false;
    const configured = { configuration: {} };
    await assert.rejects(
      models.provideLanguageModelChatInformation({ silent: true, ...configured }, never),
      /No API token is set/,
    );
    assert.equal(signIns, 0);
    await assert.rejects(models.provideLanguageModelChatInformation({ silent: false, ...configured }, never));
    assert.equal(signIns, 1);
  });
});

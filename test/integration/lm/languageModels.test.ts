import assert from "node:assert/strict";
import * as vscode from "vscode";
import { ApiError } from "../../../src/core/api/errors.ts";
import { modelInfo } from "../../../src/core/api/models.ts";
import { AskTool } from "../../../src/host/lm/askTool.ts";
import { chatMessages } from "../../../src/host/lm/chatMessages.ts";
import { languageModelError } from "../../../src/host/lm/languageModelError.ts";
import { LanguageModels } from "../../../src/host/lm/languageModels.ts";
import { UserError } from "../../../src/host/userError.ts";
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

  beforeEach(async () => {
    simulator = await startSimulator();
    const client = simulatedClient(simulator);
    [signedIn, signIns] = [true, 0];
    models = new LanguageModels({
      isSignedIn: () => Promise.resolve(signedIn),
      signIn: () => Promise.resolve(void (signIns += 1)),
      listModels: () => Promise.resolve([glm]),
      modelInfo: (id) => modelInfo(id),
      price: () => undefined,
      parameters: (model) => ({ model, completionWindow: "asap" }),
      prepareChat: (parameters) => client.prepareChat(parameters),
      streamChat: (request, signal) => client.streamChat(request, signal),
      countTokens: (_model, text) => text.length,
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

describe("the tool that asks Valar", () => {
  it("says what helps before it asks", () => {
    const tool = new AskTool({
      choose: () => {
        throw new UserError("There is no model x.", "There are: a, b.");
      },
      modelName: (id) => id,
      price: () => "",
      leastCost: () => undefined,
      parameters: () => ({ model: "m" }),
      prepareChat: () => assert.fail("nothing is sent"),
      completeChat: () => assert.fail("nothing is sent"),
      report: () => undefined,
    });
    assert.throws(() => tool.prepareInvocation({ input: { question: "Why?", model: "x" } }), {
      message: "There is no model x. There are: a, b.",
    });
  });
});

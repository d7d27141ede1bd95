import assert from "node:assert/strict";
import type { ContextItem, Message } from "../../../src/core/chat/conversation.ts";
import { knownModels, type ModelInfo, modelInfo } from "../../../src/core/api/models.ts";
import { knownPrices } from "../../../src/core/api/prices.ts";
import type { ChatParameters } from "../../../src/core/api/types.ts";
import { ModelBudget } from "../../../src/host/models/modelBudget.ts";

const model = "openai/gpt-oss-120b";
const file = (path: string, length: number): ContextItem => ({
  kind: "file",
  id: path,
  path,
  languageId: "typescript",
  text: "x".repeat(length),
});
const question = (id: string, length: number, context: readonly ContextItem[] = []): Message => ({
  kind: "user",
  id,
  parentId: undefined,
  text: "x".repeat(length),
  context,
});

describe("the context budget", () => {
  let stored: Map<string, unknown>;
  let maxContextTokens: number | undefined;
  let parameters: Omit<ChatParameters, "messages">;
  let models: readonly ModelInfo[];
  let budget: ModelBudget;

  const open = () =>
    new ModelBudget({
      settings: {
        get models() {
          return models;
        },
        prices: knownPrices,
        instructions: "",
        get maxContextTokens() {
          return maxContextTokens;
        },
        chatParameters: (asked) => ({ ...parameters, model: asked ?? parameters.model }),
      },
      memory: {
        get: (key) => stored.get(key),
        update: (key, value) => Promise.resolve(void stored.set(key, value)),
      },
      onForgotten: (error) => assert.fail(String(error)),
    });

  beforeEach(() => {
    stored = new Map();
    maxContextTokens = 128_000;
    models = knownModels;
    parameters = { model, completionWindow: "standard" };
    budget = open();
  });

  it("tells tokens, the limit and the least cost, at the price of the window", () => {
    const empty = budget.meter([], "", []);
    const { promptTokens, limitTokens, minCostUsd } = budget.meter([question("q", 4_000_000)], "", []);
    assert.ok(empty.promptTokens > 0 && promptTokens > 900_000);
    assert.equal(limitTokens, 128_000 - 8192);
    assert.ok(Math.abs((minCostUsd ?? 0) - promptTokens * 0.04e-6) < 1e-9);
    parameters = { model: "a/unknown", completionWindow: "asap", maxCompletionTokens: 1000 };
    maxContextTokens = undefined;
    const unknown = budget.meter([], "draft", [file("a.ts", 10)]);
    assert.deepEqual([unknown.limitTokens, unknown.minCostUsd], [undefined, undefined]);
    assert.ok(unknown.promptTokens > empty.promptTokens);
  });

  it("counts no images for a model that is sent none", () => {
    const image = (id: string): ContextItem => ({
      ...{ kind: "image", id, name: `${id}.png`, url: "data:image/png;base64,AAAA" },
      ...{ width: 1, height: 1, bytes: 3 },
    });
    const branch = [question("q", 10, ["a", "b", "c", "d"].map(image)), question("r", 10)];
    const one = { ...modelInfo(model, []), contextTokens: undefined };
    models = [{ ...one, imageInput: true }];
    const seen = budget.meter(branch, "", []).promptTokens;
    maxContextTokens = 1500;
    assert.equal(budget.fit(branch, undefined).type, "tooLong");
    models = [{ ...one, imageInput: false }];
    assert.equal(budget.fit(branch, undefined).type, "fits");
    const blind = budget.meter(branch, "", []).promptTokens;
    assert.ok(seen - blind > 4 * 700, `${String(seen)} and ${String(blind)}`);
    budget.calibrate(model, branch, blind);
    assert.ok(Math.abs(budget.meter(branch, "", []).promptTokens - blind) <= 1, "nothing to learn");
  });

  it("tells no more than what the conversation so far costs if it is cached", () => {
    const answer: Message = {
      ...{ kind: "answer", id: "a", parentId: "q", content: "y", reasoning: "", refusal: "" },
      ...{ outcome: { type: "complete", truncated: false }, model, completionWindow: "standard" },
      ...{ request: undefined, requestId: undefined, usage: undefined, timing: undefined },
    };
    const { promptTokens, minCostUsd } = budget.meter([question("q", 100_000), answer], "And?", []);
    assert.ok(minCostUsd !== undefined && minCostUsd >= promptTokens * 0.02e-6);
    assert.ok(minCostUsd < promptTokens * 0.021e-6);
  });

  it("lets pass what fits, and everything where there is no limit", () => {
    const branch = [question("q", 1000)];
    assert.deepEqual(budget.fit(branch, undefined), { type: "fits", branch });
    maxContextTokens = undefined;
    const long = [question("q", 4_000_000)];
    assert.deepEqual(budget.fit(long, undefined), { type: "fits", branch: long });
  });

  it("offers what helps, says what that leaves out, and does it", () => {
    maxContextTokens = 10_000;
    const branch = [
      question("old", 20_000, [file("big.ts", 10_000)]),
      question("older", 8_000),
      question("new", 100, [file("small.ts", 100)]),
    ];
    const fitted = budget.fit(branch, undefined);
    assert.ok(fitted.type === "tooLong");
    assert.deepEqual([fitted.limitTokens, fitted.promptTokens > 7500], [7500, true]);
    assert.deepEqual(
      fitted.choices.map(({ id, detail }) => [id, detail.replace(/About [\d,]+/, "About N")]),
      [
        ["dropOldest", "Leaves out the oldest message. About N tokens are left."],
        ["dropContext", "Leaves out big.ts. About N tokens are left."],
        ["sendAll", fitted.choices[2]?.detail.replace(/About [\d,]+/, "About N")],
      ],
    );
    assert.match(
      fitted.choices[2]?.detail ?? "",
      /^About [\d,]+ tokens, [\d,]+ more than there is room for\./,
    );
    assert.deepEqual(budget.fit(branch, "dropOldest"), { type: "fits", branch: branch.slice(1) });
    const lighter = budget.fit(branch, "dropContext");
    assert.ok(lighter.type === "fits");
    assert.deepEqual(
      lighter.branch.map((message) => message.kind === "user" && message.context.length),
      [0, 0, 1],
    );
    assert.deepEqual(budget.fit(branch, "sendAll"), { type: "fits", branch });
  });

  it("offers to send a question that alone is too long, and nothing that would not help", () => {
    const fitted = budget.fit([question("q", 4_000_000)], "dropOldest");
    assert.ok(fitted.type === "tooLong");
    assert.deepEqual(
      fitted.choices.map(({ id }) => id),
      ["sendAll"],
    );
  });

  it("learns what the model's tokens are, for this model alone, and remembers", () => {
    const branch = [question("q", 40_000)];
    const before = budget.meter(branch, "", []).promptTokens;
    for (let n = 0; n < 10; n++) budget.calibrate(model, branch, before * 2);
    const after = budget.meter(branch, "", []).promptTokens;
    assert.ok(Math.abs(after / before - 2) < 0.1);
    assert.equal(open().meter(branch, "", []).promptTokens, after);
    const text = "some words ".repeat(1000);
    const counts = [model, "other/model"].map((id) => budget.countTokens(id, text));
    assert.ok(Math.abs((counts[0] ?? 0) / (counts[1] ?? 1) - 2) < 0.1, String(counts));
    parameters = { model: "other/model" };
    assert.equal(budget.meter(branch, "", []).promptTokens, before);
  });

  it("measures for the model that is asked in place of the one that is set", () => {
    maxContextTokens = undefined;
    models = knownModels.map((info) =>
      info.id === "google/gemma-4-31B-it" ? { ...info, contextTokens: 8000 } : info,
    );
    const branch = [question("a", 100_000), question("b", 40)];
    assert.equal(budget.fit(branch, undefined).type, "fits");
    const fitted = budget.fit(branch, undefined, "google/gemma-4-31B-it");
    assert.ok(fitted.type === "tooLong");
    assert.equal(fitted.limitTokens, 6000);
    budget.refused(model, branch);
    assert.equal(budget.fit(branch, undefined).type, "tooLong");
    assert.equal(budget.fit(branch, undefined, "other/model").type, "fits");
  });

  it("asks to send less than what the server refused as too large, until the window closes", () => {
    const branch = [question("a", 4000), question("b", 4000), question("c", 40)];
    assert.equal(budget.fit(branch, undefined).type, "fits");
    budget.refused(model, branch);
    const fitted = budget.fit(branch, undefined);
    assert.ok(fitted.type === "tooLong");
    assert.deepEqual(
      fitted.choices.map(({ id }) => id),
      ["dropOldest", "sendAll"],
    );
    assert.equal(open().fit(branch, undefined).type, "fits");
  });
});

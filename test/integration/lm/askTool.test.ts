import assert from "node:assert/strict";
import * as vscode from "vscode";
import { defaultCatalog } from "../../support/simulator/catalog.ts";
import { until } from "../until.ts";
import { PlacesStage } from "./placesStage.ts";

const flash = "deepseek-ai/DeepSeek-V4-Flash";
const glm = "zai-org/GLM-5.1-FP8";

describe("the tool that asks Valar", () => {
  let stage: PlacesStage;
  let tool: ReturnType<PlacesStage["tool"]>;
  let source: vscode.CancellationTokenSource;

  beforeEach(async () => {
    stage = await PlacesStage.start();
    tool = stage.tool();
    source = new vscode.CancellationTokenSource();
  });
  afterEach(() => stage.close());

  const tell = (input: object) => tool.prepareInvocation({ input }, source.token);
  async function ask(input: object): Promise<string> {
    const { content } = await tool.invoke({ input, toolInvocationToken: undefined }, source.token);
    return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : "")).join("");
  }
  const told = async (input: object) => {
    const { confirmationMessages } = await tell(input);
    const { message } = confirmationMessages ?? assert.fail("it asks nothing");
    return typeof message === "string" ? message : message.value;
  };
  /** The account has these models alone. */
  const has = (...ids: readonly string[]) => {
    stage.simulator.configure({ models: defaultCatalog().filter(({ id }) => ids.includes(id)) });
  };
  const keys = () => stage.asked.map(({ idempotencyKey }) => idempotencyKey);

  it("asks the cheapest of the models that the account has", async () => {
    has(glm);
    assert.match(await told({ question: "Say: one" }), /^GLM.*is asked/);
    assert.equal(await ask({ question: "Say: one" }), "one");
    has(glm, flash);
    assert.equal(stage.asked[0]?.body?.["model"], glm);
    await stage.signIn("sk_second");
    assert.equal(await ask({ question: "Say: two" }), "two");
    assert.equal(stage.asked[1]?.body?.["model"], flash);
    assert.deepEqual(stage.asked[1].body["metadata"], { completion_window: "standard" });
  });

  it("asks the model that the person was told of, though another is cheaper by now", async () => {
    has(glm);
    await tell({ question: "Say: one" });
    has(glm, flash);
    await stage.signIn("sk_second");
    await ask({ question: "Say: one" });
    assert.equal(stage.asked[0]?.body?.["model"], glm);
    await ask({ question: "Say: another" });
    assert.equal(stage.asked[1]?.body?.["model"], flash);
  });

  it("chooses among those it knows when the list cannot be had", async () => {
    stage.simulator.faults.add({
      match: { path: "/models" },
      action: { type: "status", status: 500 },
      times: -1,
    });
    assert.match(await told({ question: "Say: one" }), /Flash is asked/);
  });

  it("finds a model by its id or its name, and names those there are for any other", async () => {
    has(glm, flash);
    assert.match(await told({ question: "Why?", model: "glm-5.1" }), /^GLM/);
    await assert.rejects(tell({ question: "Why?", model: "openai/gpt-oss-120b" }), (error: Error) => {
      assert.match(error.message, /^There is no model openai\/gpt-oss-120b\. There are: /);
      assert.ok(error.message.includes(glm) && error.message.includes(flash));
      return true;
    });
    assert.equal(stage.asked.length, 0);
  });

  it("ends the request when it is cancelled, and asks nothing more", async () => {
    stage.simulator.faults.add({ action: { type: "break", at: { content: 4 }, then: "hold" } });
    const asking = ask({ question: "Say: one two three" });
    await until(() => stage.asked[0]?.held === true);
    source.cancel();
    await assert.rejects(asking, vscode.CancellationError);
    await until(() => stage.asked[0]?.outcome === "clientLeft");
    await assert.rejects(ask({ question: "Say: one two three" }), vscode.CancellationError);
    assert.deepEqual([stage.asked.length, stage.simulator.inferences, stage.shown], [1, 1, []]);
  });

  it("tells its caller what failed, and offers the person the step that helps", async () => {
    stage.simulator.faults.add({ action: { type: "status", status: 402 } });
    await assert.rejects(ask({ question: "Say: hello" }), /Your message is kept\.$/);
    assert.deepEqual(
      stage.shown.map(({ buttons }) => buttons),
      [["Open Billing"]],
    );
  });

  it("sends nothing beyond the budget, and offers to change it", async () => {
    stage.settings.limits = { session: 0, day: null };
    await assert.rejects(ask({ question: "Say: hello" }), /Nothing was sent/);
    assert.deepEqual(
      [stage.asked.length, stage.shown.map(({ buttons }) => buttons)],
      [0, [["Change Budget…"]]],
    );
  });

  it("is asked again under the key it had, and charged once", async () => {
    stage.simulator.faults.add({ action: { type: "reset" }, times: 4 });
    await assert.rejects(ask({ question: "Say: hello" }));
    assert.equal(await ask({ question: "Say: hello" }), "hello");
    assert.deepEqual([keys().length, new Set(keys()).size, stage.simulator.inferences], [5, 1, 1]);
    await ask({ question: "Say: hello" });
    assert.equal(new Set(keys()).size, 2);
  });
});

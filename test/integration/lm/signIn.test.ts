import assert from "node:assert/strict";
import * as vscode from "vscode";
import { TestRepository } from "../scm/testRepository.ts";
import { PlacesStage } from "./placesStage.ts";

const steps = ["Set API Token", "Get a Key"];
const { User } = vscode.LanguageModelChatMessageRole;
const never = new vscode.CancellationTokenSource().token;
const aModel = {
  id: "zai-org/GLM-5.1-FP8",
  ...{ name: "GLM-5.1", family: "GLM", version: "1", maxInputTokens: 1000, maxOutputTokens: 1000 },
  capabilities: {},
};

/** Asks one of Valar's models as another extension does. */
function askModel(
  models: ReturnType<PlacesStage["models"]>,
  text: string,
  report: () => void,
  modelOptions?: Record<string, unknown>,
) {
  return models.provideLanguageModelChatResponse(
    aModel,
    [{ role: User, content: [new vscode.LanguageModelTextPart(text)], name: undefined }],
    { toolMode: vscode.LanguageModelChatToolMode.Auto, ...(modelOptions && { modelOptions }) },
    { report },
    never,
  );
}

const otherModel = { vendor: "x" } as vscode.LanguageModelChat;

/** Every place outside the chat that asks Valar: what it does with a question. */
const places: Readonly<Record<string, (stage: PlacesStage) => Promise<unknown>>> = {
  "the commit message": async (stage) => {
    const repository = new TestRepository("/repository");
    repository.staged = "diff --git a/a.ts b/a.ts\n--- a/a.ts\n+++ b/a.ts\n@@ -1 +1 @@\n+x\n";
    await stage.commitMessage(repository).run();
    assert.equal(repository.inputBox.value, "draft");
  },
  "vscode.lm": (stage) =>
    assert.rejects(
      askModel(stage.models(), "Hello", () => assert.fail("it answers")),
      (error) => error instanceof vscode.LanguageModelError && error.code === "NoPermissions",
    ),
  "the tool, before it asks": (stage) =>
    assert.rejects(async () => stage.tool().prepareInvocation({ input: { question: "Why?" } }, never), {
      message: "No API token is set. Your message is kept.",
    }),
  "the tool": (stage) =>
    assert.rejects(
      stage.tool().invoke({ input: { question: "Why?" }, toolInvocationToken: undefined }, never),
      { message: "No API token is set. Your message is kept." },
    ),
};

describe("without a token", () => {
  let stage: PlacesStage;
  beforeEach(async () => {
    stage = await PlacesStage.start();
    await stage.signOut();
  });
  afterEach(() => stage.close());

  for (const [name, ask] of Object.entries(places)) {
    it(`${name} offers to set one, and to get one`, async () => {
      stage.press = "Set API Token";
      await ask(stage);
      const [shown, ...others] = stage.shown;
      assert.deepEqual(others, []);
      assert.match(shown?.message ?? "", /^No API token is set\./);
      assert.deepEqual(
        shown?.buttons.filter((button) => button !== "Try Again"),
        steps,
      );
      assert.equal(stage.inputs, 1);
      assert.equal(stage.simulator.requests.length, 0);
    });
  }

  it("@valar offers the same", async () => {
    const buttons: vscode.Command[] = [];
    const response: Partial<vscode.ChatResponseStream> = {
      button: (button) => void buttons.push(button),
      markdown: () => assert.fail("it answers"),
    };
    const request = { prompt: "Hello", command: undefined, references: [], model: otherModel };
    const result = await stage
      .participant()
      .answer(
        request as Partial<vscode.ChatRequest> as vscode.ChatRequest,
        { history: [] },
        response as vscode.ChatResponseStream,
        never,
      );
    assert.match(result.errorDetails?.message ?? "", /^No API token is set\. Your message is kept\./);
    assert.deepEqual(
      buttons.map(({ title }) => title),
      steps,
    );
    assert.equal(buttons[0]?.command, "valar.setToken");
  });

  it("VS Code is given no models, and the one who adds them is asked for a token", async () => {
    const models = stage.models();
    assert.deepEqual(await models.provideLanguageModelChatInformation({ silent: true }, never), []);
    assert.equal(stage.inputs, 0);
    assert.deepEqual(await models.provideLanguageModelChatInformation({ silent: false }, never), []);
    assert.equal(stage.inputs, 1);
  });
});

describe("Valar's models without a connection", () => {
  let stage: PlacesStage;
  beforeEach(async () => (stage = await PlacesStage.start()));
  afterEach(() => stage.close());

  it("are those that are known, and a question to one says what is wrong", async () => {
    stage.simulator.down();
    const models = stage.models();
    const listed = await models.provideLanguageModelChatInformation({ silent: true }, never);
    assert.ok(listed.some(({ id }) => id === aModel.id) && listed.length > 3);
    await assert.rejects(
      askModel(models, "Hello", () => assert.fail("it answers")),
      /cannot be reached|connect/i,
    );
  });

  it("tell in the log which options of a caller were left out", async () => {
    await askModel(stage.models(), "Say: hello", () => undefined, { temperature: 1, seed: 3 });
    assert.ok(stage.log.lines.includes("An extension gave a model options that Valar does not take: seed"));
    assert.equal(stage.asked[0]?.body?.["temperature"], 1);
    assert.deepEqual(stage.asked[0].unknownFields, []);
  });
});

import assert from "node:assert/strict";
import * as vscode from "vscode";
import { ApiError } from "../../../src/core/api/errors.ts";
import type { ModelEntry } from "../../../src/core/api/types.ts";
import { createSystemClock } from "../../../src/core/util/clock.ts";
import { modelItem } from "../../../src/host/commands/modelCommand.ts";
import { type SettingId, settingDefaults } from "../../../src/host/contributions.ts";
import { ModelBudget } from "../../../src/host/models/modelBudget.ts";
import { SettingModelChoices } from "../../../src/host/models/settingModelChoices.ts";
import type { NotifyAction } from "../../../src/host/notify.ts";
import { Settings } from "../../../src/host/settings.ts";
import { UserError } from "../../../src/host/userError.ts";

const usual = settingDefaults["valar.model"];
const entry = (id: string): ModelEntry => ({ id, ownedBy: "valar", created: 0 });
const { Global, Workspace } = vscode.ConfigurationTarget;

describe("the model choices", () => {
  const signal = new AbortController().signal;
  let settings: Settings;
  let choices: SettingModelChoices;
  let listed: readonly string[] | Error;
  let asked: number;
  let account: string | undefined;
  let reports: unknown[];
  let notes: { readonly message: string; readonly actions: readonly NotifyAction[] }[];

  const configuration = () => vscode.workspace.getConfiguration();
  const set = (id: SettingId, value: unknown, target = Global) => configuration().update(id, value, target);

  beforeEach(() => {
    [listed, asked, account, reports, notes] = [[usual], 0, "a", [], []];
    settings = new Settings((message) => assert.fail(message));
    choices = new SettingModelChoices({
      settings,
      listModels: () => {
        asked++;
        return listed instanceof Error ? Promise.reject(listed) : Promise.resolve(listed.map(entry));
      },
      account: () => Promise.resolve(account),
      report: (error) => reports.push(error),
      notify: (_severity, message, actions) => Promise.resolve(void notes.push({ message, actions })),
      clock: createSystemClock(),
    });
  });
  afterEach(async () => {
    settings.dispose();
    for (const id of ["valar.model", "valar.reasoningEffort", "valar.completionWindow"] as const) {
      await set(id, undefined, Workspace);
      await set(id, undefined);
    }
    await set("valar.models", undefined);
    await set("valar.prices", undefined);
  });

  it("show the current model with the windows and prices that the settings leave it", async () => {
    assert.deepEqual(choices.current(), {
      model: {
        id: usual,
        name: "GLM-5.1",
        isKnown: true,
        imageInput: false,
        reasoning: true,
        windows: [
          { id: "asap", name: "Now", inputUsd: 1.3, outputUsd: 4.4 },
          { id: "standard", name: "Standard", inputUsd: 0.73, outputUsd: 2.51 },
        ],
      },
      effort: undefined,
      window: "asap",
    });
    await set("valar.models", { [usual]: { name: "Mine", windows: ["standard"] } });
    await set("valar.prices", { [usual]: null });
    const { name, windows } = choices.current().model;
    assert.deepEqual(
      [name, windows],
      ["Mine", [{ id: "standard", name: "Standard", inputUsd: undefined, outputUsd: undefined }]],
    );
  });

  it("list known models first, unknown ones by their ids, and the current one always", async () => {
    listed = ["z/new", "openai/gpt-oss-120b", "a/new"];
    const models = await choices.list(signal);
    assert.deepEqual(
      models.map(({ name, isKnown }) => [name, isKnown]),
      [
        ["GLM-5.1", true],
        ["gpt-oss-120b", true],
        ["a/new", false],
        ["z/new", false],
      ],
    );
    assert.equal(models[2]?.windows.length, 2);
  });

  it("ask once for each token and origin", async () => {
    await choices.list(signal);
    await choices.list(signal);
    assert.equal(asked, 1);
    account = "b";
    listed = ["b/only"];
    assert.ok((await choices.list(signal)).some(({ id }) => id === "b/only"));
    assert.equal(asked, 2);
  });

  it("say why there is no list, and give the known models", async () => {
    listed = new ApiError("network", "The Valar API could not be reached.");
    const models = await choices.list(signal);
    assert.deepEqual(reports, [listed]);
    assert.equal(models.length, settings.models.length);
    listed = ["a/new"];
    assert.ok(
      (await choices.list(signal)).some(({ id }) => id === "a/new"),
      "a failure is not remembered",
    );
  });

  it("are listed once for all who ask in the background, and without a connection too", async () => {
    listed = new ApiError("network", "The Valar API could not be reached.");
    assert.deepEqual(
      await choices.available(signal),
      settings.models.map(({ id }) => id),
    );
    listed = ["a/new"];
    for (let n = 0; n < 2; n++) assert.deepEqual(await choices.available(signal), ["a/new"]);
    assert.equal(asked, 2);
    assert.deepEqual(reports, []);
    [account, listed] = ["b", new ApiError("unauthorized", "The token is not valid.")];
    await assert.rejects(choices.available(signal), { kind: "unauthorized" });
  });

  it("say nothing of a list that is not wanted any more", async () => {
    const controller = new AbortController();
    controller.abort();
    listed = new ApiError("network", "late");
    await assert.rejects(choices.list(controller.signal), { name: "AbortError" });
    assert.deepEqual(reports, []);
  });

  it("write the setting where its value comes from", async () => {
    await choices.chooseModel("openai/gpt-oss-120b");
    await choices.chooseEffort("high");
    await choices.chooseWindow("standard");
    assert.deepEqual(
      ["valar.model", "valar.reasoningEffort", "valar.completionWindow"].map(
        (id) => configuration().inspect(id)?.globalValue,
      ),
      ["openai/gpt-oss-120b", "high", "standard"],
    );
    await set("valar.model", usual, Workspace);
    await set("valar.reasoningEffort", "low", Workspace);
    await choices.chooseModel("google/gemma-4-31B-it");
    await choices.chooseEffort(undefined);
    assert.equal(configuration().inspect("valar.model")?.workspaceValue, "google/gemma-4-31B-it");
    assert.equal(configuration().inspect("valar.model")?.globalValue, "openai/gpt-oss-120b");
    const { model, effort, window } = choices.current();
    assert.deepEqual([model.id, effort, window], ["google/gemma-4-31B-it", undefined, "standard"]);
    assert.deepEqual(notes, []);
  });

  it("say which windows a model has when it lacks the chosen one, and offer them", async () => {
    await set("valar.models", { "openai/gpt-oss-120b": { windows: ["standard"] } });
    await choices.chooseModel("openai/gpt-oss-120b");
    const note = notes[0] ?? assert.fail("nothing was said");
    assert.equal(note.message, "gpt-oss-120b does not have the completion window Now.");
    assert.deepEqual(
      note.actions.map(({ label }) => label),
      ["Use Standard"],
    );
    await note.actions[0]?.run();
    assert.equal(choices.current().window, "standard");
    await assert.rejects(choices.chooseWindow("asap"), (error: unknown) => {
      assert.ok(error instanceof UserError);
      assert.equal(error.hint, "It has: Standard.");
      return true;
    });
    assert.equal(choices.current().window, "standard");
  });

  it("show the abilities that valar.models gives them", async () => {
    await set("valar.models", { [usual]: { imageInput: true, reasoning: false, contextTokens: 9000 } });
    const [model] = await choices.list(signal);
    assert.ok(model);
    assert.deepEqual([model.imageInput, model.reasoning], [true, false]);
    assert.equal(modelItem(model, true).description, "current, images");
    const budget = new ModelBudget({
      settings,
      memory: { get: () => undefined, update: () => Promise.resolve() },
      onForgotten: (error) => assert.fail(String(error)),
    });
    const { limitTokens } = budget.meter([], "", []);
    assert.equal(limitTokens, 9000 - 9000 / 4);
  });

  it("are shown in the pick with prices and abilities, or said to be unknown", async () => {
    listed = ["a/new", "moonshotai/Kimi-K2.6"];
    const items = (await choices.list(signal)).map((model) => modelItem(model, model.id === usual));
    assert.deepEqual(
      items.map(({ label, description, detail }) => [label, description, detail]),
      [
        [
          "GLM-5.1",
          "current, reasoning",
          `${usual} · Now: $1.30 in, $4.40 out per million tokens · Standard: $0.73 in, $2.51 out per million tokens`,
        ],
        [
          "Kimi K2.6",
          "images, reasoning",
          "moonshotai/Kimi-K2.6 · Now: $0.90 in, $3.60 out per million tokens · Standard: $0.45 in, $1.80 out per million tokens",
        ],
        ["a/new", "unknown to this version", "Now: price unknown · Standard: price unknown"],
      ],
    );
  });
});

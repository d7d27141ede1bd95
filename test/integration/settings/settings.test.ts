import assert from "node:assert/strict";
import * as vscode from "vscode";
import { defaultTimeouts } from "../../../src/core/api/timeouts.ts";
import { type SettingId, settingDefaults } from "../../../src/host/contributions.ts";
import { Settings } from "../../../src/host/settings.ts";

/** A bad value for each setting that has one, and the message about it. */
const bad: readonly (readonly [SettingId, unknown, message: string])[] = [
  ["valar.model", 7, 'is 7, but must be a model id. The default, "zai-org/GLM-5.1-FP8", is used.'],
  [
    "valar.reasoningEffort",
    "max",
    'is "max", but must be none, minimal, low, medium, high, xhigh or null. The default, none, is used.',
  ],
  [
    "valar.completionWindow",
    "flex",
    'is "flex", but must be asap or standard. The default, "asap", is used.',
  ],
  ["valar.temperature", 2.1, "is 2.1, but must be a number from 0 to 2 or null. The default, none, is used."],
  ["valar.topP", "1", 'is "1", but must be a number from 0 to 1 or null. The default, none, is used.'],
  [
    "valar.maxCompletionTokens",
    0,
    "is 0, but must be a whole number of at least 1 or null. The default, none, is used.",
  ],
  ["valar.instructions", 1, "is 1, but must be text. The default, none, is used."],
  ["valar.user", false, "is false, but must be text of at most 256 characters. The default, none, is used."],
  [
    "valar.metadata",
    "a",
    'is "a", but must be an object whose values are texts. The default, none, is used.',
  ],
  ["valar.metadata", { a: 1 }, '["a"] is 1, but must be text. The default, none, is used.'],
  [
    "valar.metadata",
    { webhook_token: "hook-secret" },
    '["webhook_token"] must be set by its own setting or command. The default of valar.metadata, none, is used.',
  ],
  [
    "valar.completionWebhook",
    "ftp://x",
    'is "ftp://x", but must be an http or https address or empty. The default, none, is used.',
  ],
  [
    "valar.responseFormat",
    "xml",
    'is "xml", but must be text, json_object, the path of a .json file or empty. The default, none, is used.',
  ],
  [
    "valar.timeouts.headers",
    0,
    "is 0, but must be a whole number of seconds from 1 to 86400. The default, 90, is used.",
  ],
  [
    "valar.budget.session",
    -1,
    "is -1, but must be a number of US dollars of at least 0 or null. The default, none, is used.",
  ],
  [
    "valar.budget.day",
    "1",
    'is "1", but must be a number of US dollars of at least 0 or null. The default, none, is used.',
  ],
  [
    "valar.timeouts.idle",
    "1 min",
    'is "1 min", but must be a whole number of seconds from 1 to 86400. The default, 60, is used.',
  ],
  [
    "valar.timeouts.total",
    86_401,
    "is 86401, but must be a whole number of seconds from 1 to 86400. The default, 600, is used.",
  ],
  [
    "valar.context.maxTokens",
    999,
    "is 999, but must be a whole number of at least 1000 or null. The default, 128000, is used.",
  ],
  [
    "valar.context.activeEditor",
    "all",
    'is "all", but must be selection, file or off. The default, "file", is used.',
  ],
  ["valar.context.rules", "yes", 'is "yes", but must be true or false. The default, true, is used.'],
  [
    "valar.context.maxFileKilobytes",
    5000,
    "is 5000, but must be a whole number of kilobytes from 1 to 4096. The default, 256, is used.",
  ],
  ["valar.codeLens", 1, "is 1, but must be true or false. The default, false, is used."],
];

/** The same for those that are taken in parts. */
const partly: readonly (readonly [SettingId, unknown, message: RegExp])[] = [
  [
    "valar.prices",
    { m: { asap: { input: 1 } } },
    /^valar\.prices\["m"\]\.asap must be .* What is wrong is left out\.$/,
  ],
  [
    "valar.models",
    { m: { windows: [], name: "M" } },
    /^valar\.models\["m"\]\.windows must be a list of asap, standard\./,
  ],
  [
    "valar.prompts",
    { "m n": "x", explain: "y", m: "z" },
    /^“m n” cannot name a prompt.* The prompt \/explain is built in and cannot be replaced\./,
  ],
];

describe("the settings", () => {
  const reports: (readonly [SettingId, string])[] = [];
  let settings: Settings;

  const set = (id: SettingId, value: unknown) =>
    vscode.workspace.getConfiguration().update(id, value, vscode.ConfigurationTarget.Global);

  /** Everything a request and the panel read. */
  function readAll(): unknown {
    const { instructions, responseFormat, timeouts, prices, models, prompts, maxContextTokens } = settings;
    const { context, codeLens } = settings;
    return {
      parameters: settings.chatParameters(),
      instructions,
      responseFormat,
      timeouts,
      prices,
      models,
      prompts,
      maxContextTokens,
      context,
      codeLens,
    };
  }

  beforeEach(() => {
    reports.length = 0;
    settings = new Settings((message, id) => reports.push([id, message]));
  });
  afterEach(async () => {
    settings.dispose();
    for (const id of new Set([...bad, ...partly].map(([name]) => name))) {
      await set(id, undefined);
    }
  });

  it("are at first what package.json says, and leave unset fields out", () => {
    assert.deepEqual(settings.chatParameters(), {
      model: settingDefaults["valar.model"],
      completionWindow: "asap",
    });
    assert.deepEqual(settings.timeouts, defaultTimeouts);
    assert.deepEqual(reports, []);
  });

  for (const [id, value, message] of bad) {
    it(`report ${id} ${JSON.stringify(value)} once, and use the default`, async () => {
      const usual = readAll();
      await set(id, value);
      const separator = message.startsWith("[") ? "" : " ";
      assert.deepEqual(reports, [[id, `Setting ${id}${separator}${message}`]]);
      assert.deepEqual(readAll(), usual);
      assert.deepEqual(readAll(), usual);
      assert.equal(reports.length, 1);
      assert.doesNotMatch(JSON.stringify(reports), /hook-secret/);
      await set(id, undefined);
      await set(id, value);
      assert.equal(reports.length, 2, "the same mistake made anew is reported anew");
    });
  }

  for (const [id, value, message] of partly) {
    it(`report ${id} ${JSON.stringify(value)} once, and use the rest`, async () => {
      await set(id, value);
      readAll();
      assert.equal(reports.length, 1);
      assert.match(reports[0]?.[1] ?? "", message);
      assert.equal(
        settings.models.find((model) => model.id === "m")?.name,
        id === "valar.models" ? "M" : undefined,
      );
      assert.equal(settings.prices["m"]?.asap, undefined);
    });
  }

  for (const [value, problem] of [
    [7, "The base URL is not a web address."],
    [["https://a.example"], "The base URL is not a web address."],
    ["api.example", "The base URL is not a web address."],
    ["http://api.example/v1", "The base URL must use https:"],
    ["https://ann:secret@api.example", "The base URL must not hold a user name or password."],
  ] as const) {
    it(`report valar.baseUrl ${JSON.stringify(value)} once, and put no other in its place`, async () => {
      const usual = vscode.workspace.getConfiguration().inspect("valar.baseUrl")?.globalValue;
      try {
        await set("valar.baseUrl", value);
        assert.equal(settings.origin, undefined);
        assert.notEqual(settings.baseUrl, settingDefaults["valar.baseUrl"]);
        assert.equal(reports.length, 1);
        const [id, message = ""] = reports[0] ?? [];
        assert.equal(id, "valar.baseUrl");
        assert.ok(message.startsWith(`Setting valar.baseUrl: ${problem}`), message);
        assert.match(message, /Nothing is sent until it is corrected\.$/);
        assert.doesNotMatch(message, /secret/);
      } finally {
        await set("valar.baseUrl", usual);
      }
      assert.equal(reports.length, 1);
    });
  }

  it("give no workspace a say in where data goes", async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const file = vscode.Uri.joinPath(folder.uri, ".vscode", "settings.json");
    const evil = {
      "valar.baseUrl": "https://evil.example/v1",
      "valar.completionWebhook": "https://evil.example",
    };
    const text = JSON.stringify({ ...evil, "valar.user": "of this workspace" });
    const isRead = new Promise<void>((resolve) => settings.onDidChange(() => resolve()));
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
    try {
      await isRead;
      assert.equal(settings.chatParameters().user, "of this workspace");
      assert.equal(settings.chatParameters().completionWebhook, undefined);
      assert.equal(settings.baseUrl, process.env.VALAR_TEST_SIMULATOR);
    } finally {
      const isGone = new Promise<void>((resolve) => settings.onDidChange(() => resolve()));
      await vscode.workspace.fs.delete(file);
      await isGone;
    }
  });

  it("ask another model in a window that it has", async () => {
    const other = "google/gemma-4-31B-it";
    await set("valar.completionWindow", "standard");
    assert.equal(settings.chatParameters(other).completionWindow, "standard");
    const nowOnly = { [other]: { windows: ["asap"] }, [settings.model]: { windows: ["asap"] } };
    await set("valar.models", nowOnly);
    const { model, completionWindow } = settings.chatParameters(other);
    assert.deepEqual([model, completionWindow], [other, "asap"]);
    assert.equal(
      settings.chatParameters().completionWindow,
      "standard",
      "what is set is not changed unasked",
    );
    for (const id of ["valar.models", "valar.completionWindow"] as const) await set(id, undefined);
  });

  it("take their spaces off an address and a format", async () => {
    await set("valar.completionWebhook", " https://hooks.example/a ");
    await set("valar.responseFormat", " json_object ");
    assert.equal(settings.completionWebhook, "https://hooks.example/a");
    assert.equal(settings.responseFormat, "json_object");
    assert.deepEqual(reports, []);
  });
});

import assert from "node:assert/strict";
import manifest from "../../../../package.json" with { type: "json" };
import { overrideModels, overridePrices } from "../../../../src/core/api/overrides.ts";
import { defaultTimeouts } from "../../../../src/core/api/timeouts.ts";
import { readOwnPrompts } from "../../../../src/core/chat/ownPrompts.ts";
import { settingDefaults } from "../../../../src/host/contributions.ts";
import { type CheckedSettingId, settingChecks } from "../../../../src/host/settings/values.ts";
import { matches } from "./jsonSchema.ts";

const { properties } = manifest.contributes.configuration;
const ids = Object.keys(settingChecks) as readonly CheckedSettingId[];
const schemas: Readonly<Record<string, object>> = properties;
const schemaOf = (id: string): object => schemas[id] ?? assert.fail(`${id} is not in package.json`);

/** Values of every kind that a settings file may hold, around every limit. */
const samples: readonly unknown[] = [
  ...[null, true, "", " ", "x", "0.5", "high", "High", "asap", "flex", "text", "json_object", "xml"],
  ...["schemas/answer.json", "Answer.JSON", "answer.yaml", "http://x.example", "HTTPS://x.example/a?b=c"],
  ...["ftp://x.example", "x.example", "u".repeat(256), "u".repeat(257), "zai-org/GLM-5.1-FP8"],
  ...["file", "off", 4096, 4097, -1, -0.1, 0, 0.5, 1, 1.5, 2, 2.1, 60, 999, 1000, 86_400, 86_401, 1e9],
  ...[[], ["x"], {}, { a: "b" }, { a: 1 }, { a: null }, { "a b": "c", d: "" }],
];

/** What each setting takes and refuses; the part and the value that a message names. */
const refused: Readonly<Record<CheckedSettingId, readonly (readonly [unknown, shown: string])[]>> = {
  "valar.model": [
    [7, "7"],
    ["  ", '"  "'],
  ],
  "valar.reasoningEffort": [["max", '"max"']],
  "valar.completionWindow": [["flex", '"flex"']],
  "valar.temperature": [
    [2.1, "2.1"],
    ["1", '"1"'],
  ],
  "valar.topP": [[-0.1, "-0.1"]],
  "valar.maxCompletionTokens": [
    [0, "0"],
    [1.5, "1.5"],
  ],
  "valar.instructions": [[["a"], '["a"]']],
  "valar.user": [["u".repeat(257), `"${"u".repeat(78)}…`]],
  "valar.metadata": [["a", '"a"']],
  "valar.completionWebhook": [["ftp://x.example", '"ftp://x.example"']],
  "valar.responseFormat": [["xml", '"xml"']],
  "valar.timeouts.headers": [[0, "0"]],
  "valar.timeouts.idle": [[86_401, "86401"]],
  "valar.timeouts.total": [["10 min", '"10 min"']],
  "valar.budget.session": [[-0.1, "-0.1"]],
  "valar.budget.day": [["1", '"1"']],
  "valar.context.activeEditor": [["all", '"all"']],
  "valar.context.rules": [["yes", '"yes"']],
  "valar.codeLens": [["on", '"on"']],
  "valar.context.maxFileKilobytes": [[4097, "4097"]],
  "valar.context.maxTokens": [[999, "999"]],
};

describe("settings", () => {
  for (const id of ids) {
    it(`${id} takes what package.json allows, and nothing else`, () => {
      const outcome = samples.map((value) => [value, settingChecks[id](value).type === "ok"]);
      assert.deepEqual(
        outcome,
        samples.map((value) => [value, matches(schemaOf(id), value)]),
      );
      assert.ok(outcome.some(([, isTaken]) => isTaken) && outcome.some(([, isTaken]) => !isTaken));
    });

    it(`${id} has a default that it takes`, () => {
      const checked = settingChecks[id](settingDefaults[id]);
      assert.ok(checked.type === "ok");
      assert.deepEqual(checked.value, settingDefaults[id]);
    });

    it(`${id} quotes a bad value, a long one in part`, () => {
      for (const [value, shown] of refused[id]) {
        const checked = settingChecks[id](value);
        assert.ok(checked.type === "bad");
        assert.deepEqual([checked.part, checked.shown], ["", shown]);
      }
    });
  }

  it("names the entry of metadata that is wrong", () => {
    const checked = settingChecks["valar.metadata"]({ good: "x", "not text": 1 });
    assert.deepEqual(checked, { type: "bad", part: '["not text"]', shown: "1", allowed: "text" });
  });

  it("does not quote what may be a secret among the metadata", () => {
    for (const name of ["completion_window", "completion_webhook", "webhook_token"]) {
      const checked = settingChecks["valar.metadata"]({ [name]: "hook-secret" });
      assert.ok(checked.type === "bad");
      assert.deepEqual([checked.allowed, checked.part], ["itsOwnSetting", `["${name}"]`]);
      assert.doesNotMatch(JSON.stringify(checked), /hook-secret/);
    }
  });

  it("have the client's own time limits as defaults, in seconds", () => {
    assert.deepEqual(
      [
        settingDefaults["valar.timeouts.headers"],
        settingDefaults["valar.timeouts.idle"],
        settingDefaults["valar.timeouts.total"],
      ],
      [defaultTimeouts.headersMs, defaultTimeouts.idleMs, defaultTimeouts.totalMs].map((ms) => ms / 1000),
    );
  });

  it("valar.prompts takes what package.json allows, and nothing else", () => {
    const values: readonly unknown[] = [
      ...[{}, { a: "b" }, { a: { prompt: "b" } }, { a: { description: "c", prompt: "b" } }, [], "x"],
      ...[{ a: 1 }, { a: " " }, { a: {} }, { a: { prompt: "" } }, { a: { description: 1, prompt: "b" } }],
    ];
    assert.deepEqual(
      values.map((value) => [value, readOwnPrompts(value)?.problems.length === 0]),
      values.map((value) => [value, matches(schemaOf("valar.prompts"), value)]),
    );
  });

  const price = { input: 1, cachedInput: 0, output: 2.5 };
  const models = { "a/b": { name: "B", imageInput: true, windows: ["asap"], contextTokens: 1000 } };
  const overrides: readonly (readonly [string, typeof overridePrices | typeof overrideModels, unknown[]])[] =
    [
      [
        "valar.prices",
        overridePrices,
        [
          ...[{}, { m: null }, { m: {} }, { m: { asap: price } }, { m: { asap: price, standard: price } }],
          ...[{ m: 1 }, { m: { flex: price } }, { m: { asap: { input: 1 } } }, []],
          { m: { asap: { ...price, output: -1 } } },
        ],
      ],
      [
        "valar.models",
        overrideModels,
        [
          ...[{}, models, { m: {} }, { m: 1 }, { m: { name: "" } }, { m: { imageInput: "yes" } }, []],
          ...[{ m: { windows: [] } }, { m: { windows: ["flex"] } }, { m: { contextTokens: 0.5 } }],
          { m: { speed: 1 } },
        ],
      ],
    ];
  for (const [id, override, values] of overrides) {
    it(`${id} takes what package.json allows, and nothing else`, () => {
      assert.deepEqual(
        values.map((value) => [value, override(value).problems.length === 0]),
        values.map((value) => [value, matches(schemaOf(id), value)]),
      );
    });
  }
});

import assert from "node:assert/strict";
import { settingDefaults, type SettingId } from "../../src/host/contributions.ts";
import { until } from "../support/realVscode/until.ts";
import type { JournalEntry } from "../support/simulator/journal.ts";
import { startSimulator } from "../support/simulator/server.ts";
import { ChatPanel } from "./support/chatPanel.ts";
import { errors } from "playwright-core";
import { useStage } from "./support/stage.ts";

type Body = Readonly<Record<string, unknown>>;

const schema = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
const unset = { metadata: { completion_window: "asap" } };

/** A value for each setting that goes into the body, and what it makes of the fields it concerns. */
const rows: readonly (readonly [SettingId, unknown, Body])[] = [
  ["valar.model", "openai/gpt-oss-120b", { model: "openai/gpt-oss-120b" }],
  ["valar.reasoningEffort", "none", { reasoning_effort: "none" }],
  ["valar.completionWindow", "standard", { metadata: { completion_window: "standard" } }],
  ["valar.temperature", 0, { temperature: 0 }],
  ["valar.topP", 0.25, { top_p: 0.25 }],
  ["valar.maxCompletionTokens", 500, { max_completion_tokens: 500 }],
  ["valar.responseFormat", "text", { response_format: { type: "text" } }],
  ["valar.responseFormat", "json_object", { response_format: { type: "json_object" } }],
  [
    "valar.responseFormat",
    "schemas/city.schema.json",
    {
      response_format: { type: "json_schema", json_schema: { name: "city", schema, strict: true } },
    },
  ],
  ["valar.user", "ann", { user: "ann" }],
  ["valar.metadata", { team: "red" }, { metadata: { team: "red", ...unset.metadata } }],
  [
    "valar.completionWebhook",
    "https://hooks.example/valar",
    { metadata: { ...unset.metadata, completion_webhook: "https://hooks.example/valar" } },
  ],
];

/** Settings that change a request in another way; each has a test of its own below. */
const others: readonly SettingId[] = [
  ...(["valar.baseUrl", "valar.instructions", "valar.prices", "valar.models"] as const),
  ...(["valar.context.activeEditor", "valar.context.rules", "valar.context.maxFileKilobytes"] as const),
  ...(["valar.budget.session", "valar.budget.day"] as const),
  ...(["valar.context.maxTokens", "valar.prompts", "valar.codeLens"] as const),
  ...(["valar.timeouts.headers", "valar.timeouts.idle", "valar.timeouts.total"] as const),
];

function ignoreTimeout(error: unknown): false {
  if (!(error instanceof errors.TimeoutError)) throw error;
  return false;
}

describe("settings", () => {
  const stage = useStage({
    simulator: { webhooks: false },
    files: {
      "schemas/city.schema.json": JSON.stringify(schema),
      "schemas/broken.json": '{"type":',
      "AGENTS.md": "Answer in rhyme.\n",
      "long.txt": "a line of thirty-one characters\n".repeat(200),
    },
  });
  let panel: ChatPanel;
  before(async () => {
    panel = await ChatPanel.open(stage.window);
  });
  beforeEach(async () => {
    await stage.window.execute("valar.newChat");
    await panel.answers.first().waitFor({ state: "detached" });
  });

  /** Runs with a setting changed, and takes the change back. */
  async function withSetting(id: SettingId, value: unknown, run: () => Promise<void>): Promise<void> {
    await stage.window.changeSetting(id, value);
    try {
      await run();
    } finally {
      await stage.window.changeSetting(id, id === "valar.baseUrl" ? stage.simulator.baseUrl : undefined);
    }
  }

  const last = (): JournalEntry => stage.simulator.requests.at(-1) ?? assert.fail("no request");
  /** The last request's body without what every request has. */
  function lastParameters(): Body {
    const { messages, stream, stream_options: options, ...parameters } = last().body ?? {};
    assert.ok(Array.isArray(messages) && stream === true);
    assert.deepEqual(options, { include_usage: true });
    return parameters;
  }

  it("has a test for every setting", () => {
    const tested = new Set([...rows.map(([id]) => id), ...others]);
    assert.deepEqual([...tested].toSorted(), Object.keys(settingDefaults).toSorted());
  });

  it("leave everything out of the body that is not set", async () => {
    await panel.answerTo("Say: nothing is set");
    assert.deepEqual(lastParameters(), { model: settingDefaults["valar.model"], ...unset });
  });

  for (const [id, value, fields] of rows) {
    it(`${id} ${JSON.stringify(value)} is in the next request, and in none after it is taken back`, async () => {
      await withSetting(id, value, async () => {
        await panel.answerTo("Say: it is set");
        assert.deepEqual(lastParameters(), { model: settingDefaults["valar.model"], ...unset, ...fields });
        assert.deepEqual(last().unknownFields, []);
        assert.equal(last().status, 200);
      });
      await panel.answerTo("Say: it is not set");
      assert.deepEqual(lastParameters(), { model: settingDefaults["valar.model"], ...unset });
    });
  }

  it("valar.baseUrl sends the next request there", async () => {
    const other = await startSimulator();
    try {
      await withSetting("valar.baseUrl", other.baseUrl, async () => {
        await panel.answerTo("Say: over there");
        assert.equal(other.inferences, 1);
        assert.equal(stage.simulator.requests.length, 0);
      });
    } finally {
      await other.close();
    }
  });

  it("valar.instructions are part of the system prompt", async () => {
    await withSetting("valar.instructions", "Mind the gap.", async () => {
      await panel.answerTo("Say: minded");
      const [system] = last().body?.["messages"] as readonly { role: string; content: string }[];
      assert.equal(system?.role, "system");
      assert.match(system.content, /\n\nMind the gap\.(\n|$)/);
    });
  });

  it("valar.responseFormat names a broken file: nothing is sent, and the message stays", async () => {
    for (const [file, message] of [
      ["schemas/broken.json", "schemas/broken.json is not valid JSON."],
      ["schemas/gone.json", "schemas/gone.json is not a file of this workspace."],
      ["../secrets.json", "../secrets.json must be a path inside the workspace."],
    ] as const) {
      await withSetting("valar.responseFormat", file, async () => {
        await panel.ask("Say: not sent");
        await panel.frame.locator(".errorMessage", { hasText: message }).waitFor();
        assert.equal(await panel.box.inputValue(), "Say: not sent");
        assert.equal(stage.simulator.requests.length, 0);
      });
    }
    await panel.answerTo("Say: sent after all");
  });

  it("valar.context.activeEditor says whether the file of the editor comes along", async () => {
    await stage.window.openFile("src/cart.ts");
    await panel.answerTo("Say: with the file");
    assert.match(last().bodyText, /export function subtotal/);
    await withSetting("valar.context.activeEditor", "off", async () => {
      await stage.window.execute("valar.newChat");
      await panel.answers.first().waitFor({ state: "detached" });
      await panel.answerTo("Say: without the file");
      assert.doesNotMatch(last().bodyText, /export function subtotal/);
    });
  });

  it("valar.context.activeEditor “selection” takes along what is selected, and no whole file", async () => {
    await withSetting("valar.context.activeEditor", "selection", async () => {
      await stage.window.select("src/cart.ts", [0, 0], [0, 0]);
      await panel.answerTo("Say: nothing is selected");
      assert.doesNotMatch(last().bodyText, /export function subtotal/);
      await stage.window.execute("valar.newChat");
      await panel.answers.first().waitFor({ state: "detached" });
      await stage.window.selectLines("src/cart.ts", 8, 14);
      await panel.frame.getByText("cart.ts:8-14").first().waitFor();
      await panel.answerTo("Say: some lines are selected");
      const { text, eol } = await stage.window.document("src/cart.ts");
      const lines = text.split(eol);
      assert.match(last().bodyText, /export function subtotal/);
      for (const line of lines.slice(8, 14)) assert.ok(last().bodyText.includes(line), line);
      assert.doesNotMatch(last().bodyText, /export interface CartLine/);
    });
  });

  it("valar.context.rules says whether AGENTS.md is followed", async () => {
    await panel.answerTo("Say: by the rules");
    assert.match(last().bodyText, /Answer in rhyme\./);
    await withSetting("valar.context.rules", false, async () => {
      await panel.answerTo("Say: without rules");
      assert.doesNotMatch(last().bodyText, /Answer in rhyme\./);
    });
  });

  it("valar.context.maxFileKilobytes cuts what is longer, and says so", async () => {
    const attachedLines = async (detail: string) => {
      const before = await panel.answers.count();
      const option = panel.frame.getByRole("option", { name: /long\.txt/ }).first();
      await until("the file to be found", async () => {
        await panel.box.fill("");
        await panel.box.pressSequentially("@long.txt");
        return option.waitFor({ timeout: 4000 }).then(() => true, ignoreTimeout);
      });
      await option.click();
      await panel.frame.getByRole("button", { name: "Remove long.txt" }).waitFor();
      await panel.frame.locator(`.chipLabel[title="${detail}"]`).first().waitFor();
      // Behind the mention: without it in the text the file is not attached.
      await panel.box.press("End");
      await panel.box.pressSequentially("Say: it is attached");
      await panel.box.press("Enter");
      await panel.answers.nth(before).waitFor();
      await panel.settled();
      assert.match(last().bodyText, /it is attached/);
      return last().bodyText.split("thirty-one").length - 1;
    };
    await withSetting("valar.context.maxFileKilobytes", 1, async () => {
      const lines = await attachedLines("long.txt (first 32 of 200 lines)");
      assert.equal(lines, 32);
      assert.match(last().bodyText, /first 32 of 200 lines/);
    });
    // A request repeats what the conversation was given before.
    await stage.window.execute("valar.newChat");
    await panel.answers.first().waitFor({ state: "detached" });
    assert.equal(await attachedLines("long.txt"), 200);
  });

  it("valar.context.maxTokens makes what does not fit a choice", async () => {
    await withSetting("valar.context.maxTokens", 1000, async () => {
      const before = stage.simulator.requests.length;
      await panel.ask("word ".repeat(5000));
      await panel.button("Cancel").waitFor();
      assert.equal(stage.simulator.requests.length, before);
      await panel.button("Cancel").click();
      assert.match(await panel.box.inputValue(), /^word word/);
      await panel.box.fill("");
    });
  });

  it("valar.prompts are commands in the box", async () => {
    await withSetting("valar.prompts", { rhyme: "Say: {{input}} in rhyme" }, async () => {
      await panel.answerTo("/rhyme roses");
      assert.match(last().bodyText, /Say: roses in rhyme/);
    });
  });

  it("valar.codeLens puts actions above functions", async () => {
    await stage.window.openFile("src/cart.ts");
    const lens = stage.window.page.locator(".codelens-decoration").getByText("Write Tests").first();
    assert.equal(await lens.count(), 0);
    await withSetting("valar.codeLens", true, async () => {
      await lens.waitFor();
    });
    await lens.waitFor({ state: "detached" });
  });

  it("valar.responseFormat is for the chat alone; the others are for explanations and edits too", async () => {
    await withSetting("valar.responseFormat", "json_object", async () => {
      await withSetting("valar.user", "ann", async () => {
        for (const command of ["Explain Selection", "Refactor Selection"]) {
          const before = stage.simulator.requests.length;
          await stage.window.selectLines("src/cart.ts", 8, 14);
          await stage.window.runCommand(`Valar: ${command}`);
          await until(`a request of ${command}`, () => {
            const requests = stage.simulator.requests.slice(before);
            return requests.some(({ outcome }) => outcome === "answered");
          });
          const { model, user, response_format: format } = lastParameters();
          assert.deepEqual(
            [model, user, format],
            [settingDefaults["valar.model"], "ann", undefined],
            command,
          );
        }
        await stage.window.statusBarItem("1 edit to review").waitFor();
        await stage.window.execute("valar.rejectEdit");
        await panel.answerTo("Say: in _the_ chat again");
        assert.deepEqual(lastParameters()["response_format"], { type: "json_object" });
        const shown: unknown = JSON.parse(await panel.answers.last().locator("pre").innerText());
        assert.match(JSON.stringify(shown), /in _the_ chat again/);
      });
    });
  });

  it("valar.prices change what the answers cost, at once", async () => {
    const cost = panel.answers.last().locator(".figure-cost");
    await panel.answerTo("Say: cheap");
    assert.match(await cost.innerText(), /^\$0\.0/);
    const asap = { input: 1_000_000, cachedInput: 1_000_000, output: 0 };
    await withSetting("valar.prices", { [settingDefaults["valar.model"]]: { asap } }, async () => {
      const tokens = await panel.answers.last().locator(".figure-tokensIn").innerText();
      const promptTokens = /^(\d+) in/.exec(tokens)?.[1] ?? "?";
      await until("the new cost", async () => (await cost.innerText()) === `$${promptTokens}.00`);
    });
    await withSetting("valar.prices", { [settingDefaults["valar.model"]]: null }, async () => {
      await until("no cost", async () => (await cost.innerText()) === "cost unknown");
    });
    await until("the known cost", async () => (await cost.innerText()).startsWith("$0.0"));
  });

  it("valar.models change a model's name at once, and what is checked before sending", async () => {
    await panel.answerTo("Say: named");
    const changed = { name: "Glimmer", windows: ["standard"] };
    await withSetting("valar.models", { [settingDefaults["valar.model"]]: changed }, async () => {
      await panel.answers.last().locator(".figure-model", { hasText: "Glimmer" }).waitFor();
      const before = stage.simulator.requests.length;
      await panel.ask("Say: too fast");
      const message = "completion_window is “asap”, but must be standard.";
      await panel.frame.locator(".errorMessage", { hasText: message }).waitFor();
      assert.equal(stage.simulator.requests.length, before);
    });
    await panel.answers.last().locator(".figure-model", { hasText: "GLM-5.1" }).waitFor();
    await panel.box.fill("");
  });

  for (const [id, whose] of [
    ["valar.budget.session", "This window’s"],
    ["valar.budget.day", "Today’s"],
  ] as const) {
    it(`${id} stops requests before they are sent`, async () => {
      await withSetting(id, 0, async () => {
        const before = stage.simulator.requests.length;
        await panel.ask("Say: too dear");
        await panel.frame.locator(".errorMessage", { hasText: `${whose} budget is used up` }).waitFor();
        assert.equal(stage.simulator.requests.length, before);
        assert.equal(await panel.box.inputValue(), "Say: too dear");
      });
      assert.match(await panel.answerTo("Say: at any price"), /at any price/);
    });
  }

  for (const [id, action] of [
    ["valar.timeouts.headers", { type: "stall" }],
    ["valar.timeouts.idle", { type: "break", at: { content: 4 }, then: "stall" }],
  ] as const) {
    it(`${id} ends a silence, and the same request is sent again`, async () => {
      await withSetting(id, 1, async () => {
        stage.simulator.faults.add({ action });
        assert.match(await panel.answerTo("Say: after the silence"), /after the silence/);
        assert.equal(new Set(stage.simulator.requests.map((entry) => entry.idempotencyKey)).size, 1);
        assert.equal(stage.simulator.requests.length, 2);
        assert.equal(stage.simulator.inferences, 1);
      });
    });
  }

  it("valar.timeouts.total ends an answer that never ends", async () => {
    await withSetting("valar.timeouts.total", 1, async () => {
      stage.simulator.configure({ heartbeatMs: 100 });
      stage.simulator.faults.add({
        times: -1,
        action: { type: "break", at: { content: 4 }, then: "heartbeats" },
      });
      const text = await panel.answerTo("Say: for ever and ever");
      assert.match(text, /took longer than the time limit/);
    });
  });

  it("say at once what is wrong with a value, once, and the default is used", async () => {
    await withSetting("valar.temperature", 2.5, async () => {
      const message =
        "Setting valar.temperature is 2.5, but must be a number from 0 to 2 or null. The default, none, is used.";
      await stage.window.notification(message).waitFor();
      await panel.answerTo("Say: anyway");
      assert.equal("temperature" in lastParameters(), false);
      const shown = await stage.window.notificationTexts();
      assert.equal(shown.filter((text) => text.includes("valar.temperature")).length, 1);
      await stage.window.notification(message).getByRole("button", { name: "Open Settings" }).waitFor();
    });
    await stage.window.execute("notifications.clearAll");
  });
});

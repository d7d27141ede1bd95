import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { decodeEntry, replayEntries } from "../../src/core/chat/historyEntry.ts";
import { readLog } from "../../src/core/chat/recordLog.ts";
import { testKey } from "../support/simulator/config.ts";
import { startSimulator, type Simulator } from "../support/simulator/server.ts";
import { until } from "../support/realVscode/until.ts";
import { ChatPanel } from "./support/chatPanel.ts";
import { launchVscode, type RealVscode } from "./support/launch.ts";
import type { Workbench } from "./support/workbench.ts";

describe("when the window goes away", () => {
  let simulator: Simulator;
  let vscode: RealVscode;
  let window: Workbench;

  before(async () => {
    simulator = await startSimulator();
    vscode = await launchVscode({
      settings: { "valar.baseUrl": simulator.baseUrl },
      env: { VALAR_API_KEY: testKey },
    });
    window = await vscode.openWindow();
  });
  afterEach(() => simulator.reset());
  after(async () => {
    await vscode.close();
    await simulator.close();
  });

  /** Whether all the texts are in one of the conversations, or in the draft, that are on disk. */
  async function isStored(...texts: readonly string[]): Promise<boolean> {
    const files = await readdir(vscode.dataFolder, { recursive: true, withFileTypes: true });
    const own = files.filter(
      (file) => /\.(log|json)$/.test(file.name) && file.parentPath.endsWith("conversations"),
    );
    const stored = await Promise.all(own.map((file) => readFile(path.join(file.parentPath, file.name))));
    return stored
      .map((bytes) =>
        JSON.stringify(replayEntries(readLog(bytes).records.map(decodeEntry)) ?? bytes.toString()),
      )
      .some((content) => texts.every((text) => content.includes(JSON.stringify(text).slice(1, -1))));
  }

  /** Asks for a long answer that is held in the middle, and gives the text that is shown then. */
  async function halfAnswer(panel: ChatPanel, question: string): Promise<string> {
    simulator.faults.add({ action: { type: "break", at: { content: 400 }, then: "hold" } });
    const before = await panel.answers.count();
    await panel.ask(question);
    await until("half an answer", () => Promise.resolve(simulator.stats().held === 1));
    const prose = panel.prose(panel.answers.nth(before));
    let last = "";
    return until("the shown text to rest", async () => {
      const text = await prose.innerText();
      const isResting = text === last && text.length > 300;
      last = text;
      return isResting ? text : undefined;
    });
  }

  for (const [name, leave] of Object.entries({
    "a reload": () => window.reloadWindow(),
    "a killed extension host": () => window.killExtensionHost(),
  })) {
    it(`keeps text, draft and question over ${name} in mid-answer, and recovers the rest without a second charge`, async () => {
      let panel = await ChatPanel.open(window);
      await window.execute("valar.newChat");
      await panel.answers.first().waitFor({ state: "detached" });
      const question = `Write 2 KB of markdown. (Before ${name}.)`;
      const draft = `half a thought before ${name}`;
      const shown = await halfAnswer(panel, question);
      await panel.box.pressSequentially(draft);
      // What is shown is on disk half a second later at most; a killed process has no chance to write more.
      await until("the draft on disk", () => isStored(draft));
      await until("the answer on disk", () => isStored(question, shown.slice(-20)));
      await leave();
      panel = await ChatPanel.open(window);
      const prose = panel.prose(panel.answers.last());
      await prose.waitFor();
      assert.equal(await prose.innerText(), shown);
      assert.equal(await panel.box.inputValue(), draft);
      assert.match(await panel.questions.last().innerText(), /Write 2 KB/);

      simulator.release();
      await panel.button("Recover").click();
      await panel.button("Recover").waitFor({ state: "detached" });
      await panel.settled();
      const whole = await prose.innerText();
      // The last word may have been half a construct when it was cut.
      const sure = shown.slice(0, -20);
      assert.equal(whole.slice(0, sure.length), sure);
      assert.ok(whole.length > shown.length + 500, "the rest of the answer");
      assert.equal(simulator.inferences, 1);
      const keys = simulator.requests.map((request) => request.idempotencyKey);
      assert.equal(new Set(keys).size, 1);
      assert.equal(new Set(simulator.requests.map((request) => request.bodyHash)).size, 1);
      await panel.box.fill("");
    });
  }
});

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { decodeEntry, replayEntries } from "../../src/core/chat/historyEntry.ts";
import { readLog } from "../../src/core/chat/recordLog.ts";
import { until, untilAtRest, untilEqual } from "../support/realVscode/until.ts";
import { ChatPanel } from "./support/chatPanel.ts";
import { useStage } from "./support/stage.ts";

describe("when the window goes away", () => {
  const stage = useStage();

  /** Whether all the texts are in one of the conversations, or in the draft, that are on disk. */
  async function isStored(...texts: readonly string[]): Promise<boolean> {
    const files = await readdir(stage.vscode.dataFolder, { recursive: true, withFileTypes: true });
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
    stage.simulator.faults.add({ action: { type: "break", at: { content: 400 }, then: "hold" } });
    const before = await panel.answers.count();
    await panel.ask(question);
    await until("half an answer", () => Promise.resolve(stage.simulator.stats().held === 1));
    const prose = panel.prose(panel.answers.nth(before));
    return untilAtRest(
      "the shown text to rest",
      () => prose.innerText(),
      ({ length }) => length > 300,
    );
  }

  for (const [row, name, leave] of [
    [52, "a reload", () => stage.window.reloadWindow()],
    [53, "a killed extension host", () => stage.window.killExtensionHost()],
  ] as const) {
    it(`row ${String(row)}: keeps text, draft and question over ${name} in mid-answer, and recovers the rest without a second charge`, async () => {
      let panel = await ChatPanel.open(stage.window);
      await stage.window.execute("valar.newChat");
      await panel.answers.first().waitFor({ state: "detached" });
      const question = `Write 2 KB of markdown. (Before ${name}.)`;
      const draft = `half a thought before ${name}`;
      const shown = await halfAnswer(panel, question);
      await panel.box.pressSequentially(draft);
      // What is shown is on disk half a second later at most; a killed process has no chance to write more.
      await until("the draft on disk", () => isStored(draft));
      await until("the answer on disk", () => isStored(question, shown.slice(-20)));
      await leave();
      panel = await ChatPanel.open(stage.window);
      const prose = panel.prose(panel.answers.last());
      await prose.waitFor();
      await until("the text that was shown", async () => (await prose.innerText()) === shown);
      await untilEqual("the draft", () => panel.box.inputValue(), draft);
      assert.match(await panel.questions.last().innerText(), /Write 2 KB/);

      stage.simulator.release();
      await panel.button("Recover").click();
      await panel.button("Recover").waitFor({ state: "detached" });
      await panel.settled();
      const whole = await prose.innerText();
      // The last word may have been half a construct when it was cut.
      const sure = shown.slice(0, -20);
      assert.equal(whole.slice(0, sure.length), sure);
      assert.ok(whole.length > shown.length + 500, "the rest of the answer");
      assert.equal(stage.simulator.inferences, 1);
      const keys = stage.simulator.requests.map((request) => request.idempotencyKey);
      assert.equal(new Set(keys).size, 1);
      assert.equal(new Set(stage.simulator.requests.map((request) => request.bodyHash)).size, 1);
      await panel.box.fill("");
    });
  }
});

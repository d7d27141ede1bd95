import assert from "node:assert/strict";
import { appendFile, readdir, readFile, rename, rm, symlink } from "node:fs/promises";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { until } from "../support/realVscode/until.ts";
import { matrixFaults } from "../support/simulator/faultMatrix.ts";
import { ChatPanel } from "./support/chatPanel.ts";
import { useStage } from "./support/stage.ts";

describe("what a machine may do to a chat", () => {
  const stage = useStage();
  let panel: ChatPanel;
  beforeEach(async () => {
    panel = await ChatPanel.open(stage.window);
    await stage.window.execute("valar.newChat");
    await until("an empty chat", async () => (await panel.questions.count()) === 0);
  });

  const chats = () => stage.simulator.requests.filter(({ method }) => method === "POST");
  const prose = (at = 0) => panel.prose(panel.answers.nth(at)).innerText();

  function assertOneKey(): void {
    assert.equal(new Set(chats().map(({ idempotencyKey }) => idempotencyKey)).size, 1);
    assert.equal(new Set(chats().map(({ bodyHash }) => bodyHash)).size, 1);
    assert.equal(stage.simulator.inferences, 1);
  }

  /** The file of the conversation that holds a text. */
  async function logFile(text: string): Promise<string> {
    return until(`the file that holds “${text}”`, async () => {
      const entries = await readdir(stage.vscode.dataFolder, { recursive: true, withFileTypes: true });
      for (const { name, parentPath } of entries) {
        if (!name.endsWith(".log") || !parentPath.endsWith("conversations")) continue;
        const file = path.join(parentPath, name);
        if ((await readFile(file, "utf8")).includes(text)) return file;
      }
      return undefined;
    });
  }

  it("row 54: after a sleep in mid-answer the rest comes under the same key", async () => {
    stage.simulator.faults.add({ action: { type: "break", at: { content: 200 }, then: "hold" } });
    await panel.ask("Write 1 KB of markdown.");
    await until(
      "half an answer",
      async () => (await panel.answers.count()) > 0 && (await prose()).length > 100,
    );
    const { pid } = stage.window.helper;
    process.kill(pid, "SIGSTOP");
    try {
      stage.simulator.dropConnections();
    } finally {
      process.kill(pid, "SIGCONT");
    }
    await panel.settled();
    assert.ok((await prose()).length > 700);
    assert.equal(chats().length, 2);
    assertOneKey();
  });

  for (const [direction, ms] of [
    ["forth", 86_400_000],
    ["back", -2 * 86_400_000],
  ] as const) {
    it(`row 55: the clock set ${direction} by days leaves a wait as long as it was`, async () => {
      stage.simulator.faults.add(...matrixFaults(25));
      await panel.ask("Say: in time");
      await until("a refusal", () => chats()[0]?.status === 429);
      await stage.window.helper.ask("shiftClock", { ms });
      await panel.prose(panel.answers.first()).getByText("in time").waitFor();
      const [first, second] = chats().map(({ receivedAt }) => receivedAt);
      assert.ok(first !== undefined && second !== undefined && second - first >= 1000);
      assertOneKey();
    });
  }

  it("row 62: a record that was torn off costs no more than itself", async () => {
    await panel.answerTo("Say: whole and on disk");
    const file = await logFile("whole and on disk");
    await appendFile(file, '{"v":1,"torn');
    await stage.window.reloadWindow();
    panel = await ChatPanel.open(stage.window);
    await panel.prose(panel.answers.last()).getByText("whole and on disk").waitFor();
    await panel.answerTo("Say: and on we go");
    await logFile("and on we go");
    const { dir, name } = path.parse(file);
    assert.ok((await readdir(dir)).some((other) => other.startsWith(name) && other !== `${name}.log`));
  });

  it("row 63: on a full disk the chat goes on and says so, and all is written once there is room", async function () {
    if (process.platform !== "linux") return this.skip();
    await panel.answerTo("Say: there was room");
    const file = await logFile("there was room");
    const places = [file, `${file}.${String(stage.window.helper.pid)}.new`];
    await rename(file, `${file}.kept`);
    for (const place of places) await symlink("/dev/full", place);
    assert.match(await panel.answerTo("Say: the disk is full"), /the disk is full/);
    await stage.window.notification("The conversation cannot be saved on this machine.").waitFor();
    assert.match(await panel.answerTo("Say: still full"), /still full/);
    for (const place of places) await rm(place, { force: true });
    await rename(`${file}.kept`, file);
    await panel.answerTo("Say: room again");
    await logFile("room again");
    await stage.window.reloadWindow();
    panel = await ChatPanel.open(stage.window);
    // A long conversation is drawn from its end.
    const said = ["there was room", "the disk is full", "still full", "room again"];
    let shown: readonly string[] = [];
    await until("all that was said", async () => {
      shown = await panel.prose(panel.answers).allInnerTexts();
      return isDeepStrictEqual(shown, said);
    }).catch(() => assert.deepEqual(shown, said));
  });

  it("row 64: two windows keep the chats of both", async () => {
    const other = await stage.vscode.openWindow();
    try {
      const second = await ChatPanel.open(other);
      await other.execute("valar.newChat");
      await until("an empty chat", async () => (await second.questions.count()) === 0);
      await Promise.all([panel.answerTo("Say: from the first"), second.answerTo("Say: from the second")]);
      for (const window of [stage.window, other]) {
        await window.runCommand("Valar: Show Chat History");
        const rows = window.page.locator(".quick-input-list .monaco-list-row");
        await rows.filter({ hasText: "from the first" }).waitFor();
        await rows.filter({ hasText: "from the second" }).waitFor();
        await window.page.keyboard.press("Escape");
      }
    } finally {
      await other.close();
    }
  });

  it("row 64: a message that waits in two windows is sent by one of them", async () => {
    stage.simulator.faults.add({ action: { type: "break", at: { content: 5 }, then: "hold" } });
    await panel.ask("Say: the first of two");
    await until("a held answer", () => Promise.resolve(stage.simulator.stats().held === 1));
    const waitingIn = ({ frame }: ChatPanel) =>
      frame.getByRole("list", { name: "Waiting messages" }).getByRole("listitem");
    await panel.ask("Say: once alone");
    await waitingIn(panel).waitFor();
    await stage.window.reloadWindow();
    panel = await ChatPanel.open(stage.window);
    const other = await stage.vscode.openWindow();
    try {
      const both = [panel, await ChatPanel.open(other)];
      for (const each of both) await waitingIn(each).waitFor();
      await Promise.all(both.map((each) => each.button("Send Now").click()));
      for (const each of both) await waitingIn(each).waitFor({ state: "detached" });
      await Promise.all(both.map((each) => each.settled()));
      const questions = await Promise.all(both.map((each) => each.questions.allInnerTexts()));
      assert.equal(questions.flat().filter((text) => text.includes("once alone")).length, 1);
      assert.equal(chats().length, 2);
    } finally {
      await other.close();
      stage.simulator.release();
    }
  });

  // The last one: what the server found too large, the window holds against the model from then on.
  it("row 24: a request that the server finds too large is sent again with what the person leaves in", async () => {
    await stage.window.openFile("src/cart.ts");
    await panel.button("cart.ts").waitFor();
    stage.simulator.faults.add(...matrixFaults(24));
    await panel.ask("Say: smaller, then");
    await panel.frame.locator(".errorHint", { hasText: "Try Again asks what to leave out." }).waitFor();
    await panel.button("Try Again").click();
    await stage.window.page
      .locator(".quick-input-list .monaco-list-row")
      .filter({ hasText: "Leave Out Attached Context" })
      .click();
    await panel.prose(panel.answers.last()).getByText("smaller, then").waitFor();
    assert.match(chats()[0]?.bodyText ?? "", /CartLine/);
    assert.doesNotMatch(chats()[1]?.bodyText ?? "", /CartLine/);
    assert.equal(chats().length, 2);
    assert.equal(stage.simulator.inferences, 1);
  });
});

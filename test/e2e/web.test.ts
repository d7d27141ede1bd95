import assert from "node:assert/strict";
import { until } from "../support/realVscode/until.ts";
import { testKey } from "../support/simulator/config.ts";
import { ChatPanel } from "./support/chatPanel.ts";
import { useStage } from "./support/stage.ts";

describe("in a web worker extension host", () => {
  const stage = useStage({
    settings: { "remote.extensionKind": { "valar-vscode.valar": ["web"] } },
  });

  it("has no Node and no environment variable: it takes a token, and says what a browser does not", async () => {
    const panel = await ChatPanel.open(stage.window);
    await panel.button("Set API Token").first().waitFor();
    assert.equal(await stage.window.helper.ask("isActive", { extension: "valar-vscode.valar" }), false);
    const workers = await Promise.all(
      stage.window.page.workers().map((worker) => worker.evaluate(() => [self.name, typeof process])),
    );
    assert.ok(workers.some(([name, kind]) => name === "ExtensionHostWorker" && kind === "undefined"));

    await stage.window.runCommand("Valar: Set API Token");
    await until(
      "a password box",
      async () => (await stage.window.inputBox().getAttribute("type")) === "password",
    );
    await stage.window.inputBox().fill(testKey);
    stage.simulator.configure({ cors: false });
    await stage.window.page.keyboard.press("Enter");
    const failure = stage.window.notification("that the server takes requests from web pages (CORS)");
    await failure.waitFor();
    stage.simulator.configure({ cors: true });
    await failure.getByRole("button", { name: "Check Again" }).click();
    await panel.button("Set API Token").first().waitFor({ state: "hidden" });
  });

  it("streams an answer by the browser's own fetch", async () => {
    const panel = await ChatPanel.open(stage.window);
    stage.simulator.faults.add({ action: { type: "break", at: { content: 400 }, then: "hold" } });
    await panel.ask("Write 2 KB of markdown.");
    const prose = panel.prose(panel.answers.last());
    await until("half an answer", async () => (await prose.innerText()).length > 300);
    stage.simulator.release();
    await panel.settled();
    await until("the rest", async () => (await prose.innerText()).length > 1000);
    await panel.answers
      .last()
      .getByText(/\$0\.0/)
      .waitFor();

    const { headers } = stage.simulator.requests.at(-1) ?? assert.fail("no request");
    assert.match(headers["user-agent"] ?? "", /Chrome/);
    assert.equal(headers["sec-fetch-mode"], "cors");
  });

  it("says that Git cannot be reached", async () => {
    await stage.window.execute("valar.generateCommitMessage");
    await stage.window.notification("VS Code’s Git extension cannot be reached.").waitFor();
  });

  it("edits a file, for the person to review", async () => {
    await stage.window.selectLines("src/cart.ts", 7, 14);
    await stage.window.runCommand("Valar: Refactor Selection");
    await stage.window.statusBarItem("1 edit to review").waitFor();
    await stage.window.page.keyboard.press("Control+Enter");
    await stage.window.editorTextWhen("src/cart.ts", (text) => text.includes("for (const line of lines)"));
    await stage.window.statusBarItem("edit to review").waitFor({ state: "hidden" });
  });

  it("has everything in another tab, and loses nothing of what two tabs add at once", async () => {
    const panel = await ChatPanel.open(stage.window);
    await panel.answerTo("Say: kept in a browser");
    await panel.box.fill("half a thought");
    await until("what is to be kept", () => stage.vscode.isStored("kept in a browser", "half a thought"));
    const tab = await stage.window.openTab();
    const other = await ChatPanel.open(tab);
    await other.answers.last().getByText("kept in a browser").waitFor();
    assert.equal(await other.box.inputValue(), "half a thought");
    await Promise.all([panel.answerTo("Say: from one tab"), other.answerTo("Say: from another")]);
    await until("both", () => stage.vscode.isStored("from one tab", "from another"));
  });
});

import assert from "node:assert/strict";
import { testKey } from "../support/simulator/config.ts";
import { startSimulator, type Simulator } from "../support/simulator/server.ts";
import { until } from "../support/realVscode/until.ts";
import { ChatPanel } from "./support/chatPanel.ts";
import { launchVscode, type RealVscode } from "./support/launch.ts";
import type { Workbench } from "./support/workbench.ts";

describe("chatting", () => {
  let simulator: Simulator;
  let vscode: RealVscode;
  let window: Workbench;
  let panel: ChatPanel;

  before(async () => {
    simulator = await startSimulator();
    vscode = await launchVscode({
      settings: { "valar.baseUrl": simulator.baseUrl },
      env: { VALAR_API_KEY: testKey },
    });
    window = await vscode.openWindow();
    panel = await ChatPanel.open(window);
  });
  afterEach(() => simulator.reset());
  after(async () => {
    await vscode.close();
    await simulator.close();
  });

  it("streams an answer with its reasoning, figures and cost", async () => {
    const text = await panel.answerTo("Say: good morning");
    assert.match(text, /good morning/);
    assert.match(text, /Thought for [\d.,]+ s/);
    assert.match(text, /GLM-5\.1/);
    assert.match(text, /\d+ in/);
    assert.match(text, /\d+ out/);
    assert.match(text, /\$\s?0\.0/);
  });

  it("sends the conversation so far with each question, each under a key of its own", async () => {
    await window.runCommand("Valar: New Chat");
    await panel.answers.first().waitFor({ state: "detached" });
    await panel.answerTo("My favourite number is 4711.");
    assert.match(await panel.answerTo("What did I say first?"), /4711/);
    const [first, second] = simulator.requests;
    assert.ok(first?.idempotencyKey && second?.idempotencyKey);
    assert.notEqual(first.idempotencyKey, second.idempotencyKey);
    assert.equal(simulator.inferences, 2);
  });

  it("stops at once on Stop, keeps what arrived, and takes the next question", async () => {
    simulator.faults.add({ action: { type: "break", at: { content: 40 }, then: "hold" } });
    const before = await panel.answers.count();
    await panel.ask("Write 2 KB of markdown.");
    const answer = panel.answers.nth(before);
    await until("text to arrive", async () => (await answer.innerText()).length > 30);
    await panel.button("Stop").click();
    await panel.settled();
    assert.match(await answer.innerText(), /Stopped\. What arrived is kept\./);
    simulator.release();
    assert.match(await panel.answerTo("Say: still here"), /still here/);
  });

  it("answers again on Regenerate with a new key", async () => {
    await panel.answerTo("Say: once more");
    const before = await panel.answers.count();
    await panel.answers.last().getByRole("button", { name: "Regenerate" }).click();
    await until("a second request", () => Promise.resolve(simulator.inferences === 2));
    await panel.settled();
    assert.equal(await panel.answers.count(), before);
    assert.match(await panel.answers.last().innerText(), /once more/);
    assert.equal(new Set(simulator.requests.map((request) => request.idempotencyKey)).size, 2);
  });

  it("sends one request however fast Enter is pressed twice", async () => {
    await panel.box.fill("Say: only once");
    await panel.box.press("Enter");
    await panel.box.press("Enter");
    await panel.button("Stop").waitFor({ state: "hidden" });
    await panel.prose(panel.answers.last()).getByText("only once").waitFor();
    assert.equal(simulator.requests.length, 1);
  });

  it("inserts a code block at the cursor, and copies it", async () => {
    await window.openFile("README.md");
    await window.page.keyboard.press("Control+Home");
    panel = await ChatPanel.open(window);
    await panel.answerTo("Write 3 KB of markdown.");
    const block = panel.answers.last().locator("pre").first();
    const code = (await block.innerText()).replace(/\n$/, "");
    await panel.answers.last().getByRole("button", { name: "Insert at Cursor" }).first().click();
    const firstLine = code.split("\n")[0] ?? "";
    await until("the code in the editor", async () =>
      (await window.editorText("README.md")).startsWith(firstLine),
    );
    assert.ok(firstLine.length > 0);
    assert.match(await window.savedText("README.md"), /^# A small shop/);
    await panel.answers.last().getByRole("button", { name: "Copy", exact: true }).first().click();
    await until("the clipboard", async () =>
      (await window.page.evaluate(() => navigator.clipboard.readText())).startsWith(firstLine),
    );
  });

  it("goes on answering while the view is hidden, and shows it all when it comes back", async () => {
    simulator.faults.add({ action: { type: "break", at: { content: 20 }, then: "hold" } });
    await panel.ask("Say: a rather long sentence that arrives in two parts");
    await until("a held answer", () => Promise.resolve(simulator.stats().held === 1));
    await window.execute("workbench.view.explorer");
    simulator.release();
    await until("the answer to end", () =>
      Promise.resolve(simulator.requests.at(-1)?.outcome === "answered"),
    );
    panel = await ChatPanel.open(window);
    await panel
      .prose(panel.answers.last())
      .getByText("a rather long sentence that arrives in two parts")
      .waitFor();
    await panel.settled();
  });

  it("shows the same conversation after the view was moved to another container", async () => {
    const before = await panel.answers.allInnerTexts();
    await window.execute("vscode.moveViews", {
      viewIds: ["valar.chat"],
      destinationId: "workbench.view.explorer",
    });
    const moved = await ChatPanel.open(window);
    await moved.answers.last().waitFor();
    assert.deepEqual(await moved.answers.allInnerTexts(), before);
    await window.execute("vscode.moveViews", {
      viewIds: ["valar.chat"],
      destinationId: "workbench.view.extension.valar",
    });
    panel = await ChatPanel.open(window);
    await panel.answers.last().waitFor();
  });
});

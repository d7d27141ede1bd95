import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { until } from "../support/realVscode/until.ts";
import { ChatPanel } from "./support/chatPanel.ts";
import { useStage } from "./support/stage.ts";

describe("chatting", () => {
  const stage = useStage();
  let panel: ChatPanel;
  before(async () => {
    panel = await ChatPanel.open(stage.window);
  });

  it("streams an answer with its reasoning, figures and cost", async () => {
    const text = await panel.answerTo("Say: good morning");
    assert.match(text, /good morning/);
    assert.match(text, /^Thought/);
    assert.match(text, /GLM-5\.1/);
    assert.match(text, /\d+ in/);
    assert.match(text, /\d+ out/);
    assert.match(text, /\$\s?0\.0/);
  });

  it("sends the conversation so far with each question, each under a key of its own", async () => {
    await stage.window.runCommand("Valar: New Chat");
    await panel.answers.first().waitFor({ state: "detached" });
    await panel.answerTo("My favourite number is 4711.");
    assert.match(await panel.answerTo("What did I say first?"), /4711/);
    const [first, second] = stage.simulator.requests;
    assert.ok(first?.idempotencyKey && second?.idempotencyKey);
    assert.notEqual(first.idempotencyKey, second.idempotencyKey);
    assert.equal(stage.simulator.inferences, 2);
  });

  it("stops at once on Stop, keeps what arrived, and takes the next question", async () => {
    stage.simulator.faults.add({ action: { type: "break", at: { content: 40 }, then: "hold" } });
    const before = await panel.answers.count();
    await panel.ask("Write 2 KB of markdown.");
    const answer = panel.answers.nth(before);
    await until("text to arrive", async () => (await answer.innerText()).length > 30);
    await panel.button("Stop").click();
    await panel.settled();
    await answer.getByText("Stopped. What arrived is kept.").waitFor();
    stage.simulator.release();
    assert.match(await panel.answerTo("Say: still here"), /still here/);
  });

  it("answers again on Regenerate with a new key", async () => {
    await panel.answerTo("Say: once more");
    const before = await panel.answers.count();
    await panel.answers.last().getByRole("button", { name: "Regenerate" }).click();
    await until("a second request", () => Promise.resolve(stage.simulator.inferences === 2));
    await panel.answers.last().getByRole("group", { name: "Versions" }).getByText("2 of 2").waitFor();
    await panel.prose(panel.answers.last()).getByText("once more").waitFor();
    await panel.settled();
    assert.equal(await panel.answers.count(), before);
    assert.equal(new Set(stage.simulator.requests.map((request) => request.idempotencyKey)).size, 2);
  });

  it("sends one request however fast Enter is pressed twice", async () => {
    await panel.box.fill("Say: only once");
    await panel.box.press("Enter");
    await panel.box.press("Enter");
    await panel.button("Stop").waitFor({ state: "hidden" });
    await panel.prose(panel.answers.last()).getByText("only once").waitFor();
    assert.equal(stage.simulator.requests.length, 1);
  });

  it("inserts a code block at the cursor, and copies it", async () => {
    await stage.window.openFile("README.md");
    await stage.window.page.keyboard.press("Control+Home");
    panel = await ChatPanel.open(stage.window);
    await panel.answerTo("Write 3 KB of markdown.");
    const block = panel.answers.last().locator("pre").first();
    await block.locator(".tok-keyword").first().waitFor();
    const code = (await block.innerText()).replace(/\n$/, "");
    await panel.answers.last().getByRole("button", { name: "Insert at Cursor" }).first().click();
    const firstLine = code.split("\n")[0] ?? "";
    await until("the code in the editor", async () =>
      (await stage.window.editorText("README.md")).startsWith(firstLine),
    );
    assert.ok(firstLine.length > 0);
    assert.match(await stage.window.savedText("README.md"), /^# A small shop/);
    await panel.answers.last().getByRole("button", { name: "Copy", exact: true }).first().click();
    await until("the clipboard", async () =>
      (await stage.window.page.evaluate(() => navigator.clipboard.readText())).startsWith(firstLine),
    );
  });

  it("goes on answering while the view is hidden, and shows it all when it comes back", async () => {
    stage.simulator.faults.add({ action: { type: "break", at: { content: 20 }, then: "hold" } });
    await panel.ask("Say: a rather long sentence that arrives in two parts");
    await until("a held answer", () => Promise.resolve(stage.simulator.stats().held === 1));
    await stage.window.execute("workbench.view.explorer");
    stage.simulator.release();
    await until("the answer to end", () =>
      Promise.resolve(stage.simulator.requests.at(-1)?.outcome === "answered"),
    );
    panel = await ChatPanel.open(stage.window);
    await panel
      .prose(panel.answers.last())
      .getByText("a rather long sentence that arrives in two parts")
      .waitFor();
    await panel.settled();
  });

  it("shows the same conversation after the view was moved to another container", async () => {
    await panel.answerTo("Say: stays when the view moves");
    const before = await panel.answers.allInnerTexts();
    await stage.window.execute("vscode.moveViews", {
      viewIds: ["valar.chat"],
      destinationId: "workbench.view.explorer",
    });
    const moved = await ChatPanel.open(stage.window);
    // A long conversation is drawn from its end.
    let shown: readonly string[] = [];
    await until("the same conversation", async () => {
      shown = await moved.answers.allInnerTexts();
      return isDeepStrictEqual(shown, before);
    }).catch(() => assert.deepEqual(shown, before));
    await stage.window.execute("vscode.moveViews", {
      viewIds: ["valar.chat"],
      destinationId: "workbench.view.extension.valar",
    });
    panel = await ChatPanel.open(stage.window);
    await panel.answers.last().waitFor();
  });
});

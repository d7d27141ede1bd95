import assert from "node:assert/strict";
import { until } from "../support/realVscode/until.ts";
import { ChatPanel } from "./support/chatPanel.ts";
import { useStage } from "./support/stage.ts";

const model = "zai-org/GLM-5.1-FP8";

describe("money", () => {
  const stage = useStage({ settings: { "valar.reasoningEffort": "none" } });
  let panel: ChatPanel;
  before(async () => {
    panel = await ChatPanel.open(stage.window);
  });
  afterEach(async () => {
    await stage.window.changeSetting("valar.budget.session", undefined);
    await stage.window.execute("notifications.clearAll");
  });

  const status = () => stage.window.page.getByRole("button", { name: /^Valar: / });
  const usage = () => stage.window.page.getByRole("tree", { name: /Usage/ });
  const pick = (text: string) =>
    stage.window.page.locator(".quick-input-list .monaco-list-row").filter({ hasText: text }).first();
  const requests = () => stage.simulator.stats().chatRequests;

  /** A budget that what was spent already uses up. */
  async function useUp(): Promise<void> {
    await stage.window.changeSetting("valar.budget.session", 0);
    await status()
      .and(stage.window.page.getByRole("button", { name: /budget is used up/ }))
      .waitFor();
  }

  it("of the window stands in the status bar, and its click opens a menu of everything", async () => {
    await until("the status bar", async () =>
      /Ready/.test((await status().getAttribute("aria-label")) ?? ""),
    );
    const answer = await panel.answerTo("Say: what do you cost?");
    const [cost = "no cost"] = /\$\d\.\d+/.exec(answer) ?? [];
    await status().getByText(cost).waitFor();
    await status().click();
    await pick("Show Usage").waitFor();
    await pick(`this window ${cost}, today ${cost}`).waitFor();
    await pick("New Chat").waitFor();
    await stage.window.screenshot("money-menu");
    await pick("Select Completion Window…").click();
    await pick("$0.73 in, $2.51 out per million tokens").waitFor();
    await stage.window.screenshot("money-windows");
    await stage.window.page.keyboard.press("Escape");
  });

  it("stands beside what Valar is doing: answering, out of reach, ready again", async () => {
    const says = (state: RegExp) =>
      status()
        .and(stage.window.page.getByRole("button", { name: state }))
        .waitFor();
    stage.simulator.faults.add({ action: { type: "break", at: { content: 4 }, then: "hold" } });
    await panel.ask("Say: in two parts");
    await says(/Answering/);
    await until("a held answer", () => Promise.resolve(stage.simulator.stats().held === 1));
    stage.simulator.down();
    await says(/cannot be reached/);
    await stage.simulator.up();
    await panel.settled();
    await says(/Ready/);
  });

  it("is listed by day, model and window, and cleared when the person says so", async () => {
    await panel.answerTo("Say: is it listed?");
    await stage.window.execute("valar.showUsage");
    const row = (name: RegExp) => usage().getByRole("treeitem", { name });
    const today = row(/^Today, \$0\.0\d+, \d+ requests?, \d+ in, \d+ out/);
    const listed = async () =>
      Number(/(\d+) request/.exec((await today.getAttribute("aria-label")) ?? "")?.[1]);
    await today.waitFor();
    await row(/^GLM-5\.1, /).click();
    await row(/^Now, /).waitFor();
    await stage.window.screenshot("money-usage");
    const before = await listed();
    await panel.answerTo("Say: once more");
    await until("one more request", async () => (await listed()) === before + 1);
    const clearing = stage.window.execute("valar.clearUsage");
    await stage.window.page.getByRole("button", { name: "Clear Usage", exact: true }).last().click();
    await clearing;
    await row(/^Today/).waitFor({ state: "detached" });
    await stage.window.execute("valar.hideUsage");
    await usage().waitFor({ state: "hidden" });
  });

  it("is still listed after a reload", async () => {
    await panel.answerTo("Say: is it kept?");
    await stage.window.runCommand("Valar: Show Usage");
    await usage().waitFor();
    await stage.window.reloadByCommand();
    panel = await ChatPanel.open(stage.window);
    await usage()
      .getByRole("treeitem", { name: /^Today, .*, \d+ requests?,/ })
      .waitFor();
  });

  it("is listed no more once the person has hidden it, after a reload too", async () => {
    await stage.window.runCommand("Valar: Hide Usage");
    await usage().waitFor({ state: "hidden" });
    await stage.window.reloadByCommand();
    panel = await ChatPanel.open(stage.window);
    await status().waitFor();
    assert.equal(await usage().count(), 0);
  });

  it("warns calmly when a budget is nearly used up", async () => {
    const sum = async () => Number(/\$(\d\.\d+)/.exec(await status().innerText())?.[1] ?? 0);
    const before = await sum();
    await panel.answerTo("Say: nearly");
    const spent = await until("the sum with the new answer", async () => {
      const now = await sum();
      return now > before && now;
    });
    await stage.window.changeSetting("valar.budget.session", spent * 1.1);
    await panel.frame
      .locator(".errorMessage")
      .getByText(/^This window has spent \$0\.0\d+ of its/)
      .waitFor();
    await status()
      .and(stage.window.page.getByRole("button", { name: /has spent/ }))
      .waitFor();
    await stage.window.screenshot("money-near-budget");
    assert.deepEqual(await stage.window.notificationTexts(), []);
    assert.match(await panel.answerTo("Say: it goes on"), /it goes on/);
  });

  it("beyond the budget is not spent: the message stays in the box, and goes when the person says so", async () => {
    await panel.answerTo("Say: something that costs");
    await useUp();
    const before = requests();
    const answers = await panel.answers.count();
    await panel.ask("Say: for more money");
    await panel.frame
      .locator(".errorHint")
      .getByText("Nothing was sent, and your message is kept.")
      .waitFor();
    assert.equal(requests(), before);
    assert.equal(await panel.box.inputValue(), "Say: for more money");
    await stage.window.screenshot("money-over-budget");
    await panel.button("Send Anyway").click();
    await panel.prose(panel.answers.nth(answers)).getByText("for more money").waitFor();
    await panel.settled();
    assert.equal(requests(), before + 1);
    await panel.ask("Say: and more");
    await panel.frame
      .locator(".errorHint")
      .getByText("Nothing was sent, and your message is kept.")
      .waitFor();
    await panel.box.fill("");
  });

  it("beyond the budget is not spent on answering again either, until the person says so", async () => {
    await panel.answerTo("Say: this again");
    await useUp();
    const before = requests();
    await panel.answers.last().getByRole("button", { name: "Regenerate" }).click();
    await panel.button("Send Anyway").click();
    await until("the second answer", () => Promise.resolve(requests() === before + 1));
    await panel.settled();
  });

  it("beyond the budget is not spent on an edit, until the person says so", async () => {
    await useUp();
    const before = requests();
    await stage.window.selectLines("src/cart.ts", 7, 14);
    const refactoring = stage.window.execute("valar.refactor");
    const message = stage.window.notification(/budget is used up/);
    await message.waitFor();
    assert.equal(requests(), before);
    await message.getByRole("button", { name: "Send Anyway" }).click();
    await stage.window.statusBarItem("1 edit to review").waitFor();
    assert.equal(requests(), before + 1);
    await refactoring;
    await stage.window.execute("valar.rejectEdit");
  });

  it("for a window that the model lacks is not spent: the error offers those that it has, and sends again", async () => {
    const [first, ...others] = stage.simulator.config.models;
    assert.equal(first?.id, model);
    stage.simulator.configure({ models: [{ ...first, windows: ["asap"] }, ...others] });
    await stage.window.changeSetting("valar.completionWindow", "standard");
    await panel.answerTo("Say: in which window?");
    await panel.answers.last().getByRole("button", { name: "Use Now" }).click();
    await panel.prose(panel.answers.last()).getByText("in which window?").waitFor();
    await panel.settled();
    const sent = stage.simulator.requests.at(-1)?.bodyText ?? "";
    assert.match(sent, /"completion_window":"asap"/);
    await stage.window.changeSetting("valar.completionWindow", undefined);
  });
});

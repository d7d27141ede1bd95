import assert from "node:assert/strict";
import { until } from "../support/realVscode/until.ts";
import { ChatPanel } from "./support/chatPanel.ts";
import { useStage } from "./support/stage.ts";

describe("a conversation", () => {
  const stage = useStage();
  let panel: ChatPanel;
  beforeEach(async () => {
    panel = await ChatPanel.open(stage.window);
    // What a failed test left running would be asked in this one.
    await stage.window.execute("valar.stop");
    await panel.settled();
    await stage.window.execute("valar.newChat");
    await until("an empty chat", async () => (await panel.questions.count()) === 0);
  });

  /** What the person's messages say, without their context and versions. */
  const asked = () => panel.questions.locator(".bubble").allInnerTexts();
  const askedIs = (...texts: string[]) =>
    until(`the messages ${texts.join(", ")}`, async () => (await asked()).join("|") === texts.join("|"));

  it("lets messages wait for the answer before them, and gives one back", async () => {
    stage.simulator.faults.add({ action: { type: "break", at: { content: 5 }, then: "hold" } });
    await panel.ask("Say: the first of three");
    await until("a held answer", () => Promise.resolve(stage.simulator.stats().held === 1));
    const waiting = panel.frame.getByRole("list", { name: "Waiting messages" }).getByRole("listitem");
    await panel.ask("Say: the second");
    await waiting.nth(0).waitFor();
    await panel.ask("Say: the third");
    await waiting.nth(1).waitFor();
    assert.equal(stage.simulator.requests.length, 1);

    await panel.button("Take back: Say: the third").click();
    await waiting.nth(1).waitFor({ state: "detached" });
    await until(
      "the message to be back in the box",
      async () => (await panel.box.inputValue()) === "Say: the third",
    );
    stage.simulator.release();
    await panel.prose(panel.answers.nth(1)).getByText("the second").waitFor();
    await panel.settled();
    assert.deepEqual(await asked(), ["Say: the first of three", "Say: the second"]);
    assert.equal(stage.simulator.inferences, 2);
    await panel.box.fill("");
  });

  it("keeps the old wording and all that followed when a message is edited", async () => {
    await panel.answerTo("Say: one");
    await panel.answerTo("Say: two");
    await panel.questions.first().getByRole("button", { name: "Edit & Resend" }).click();
    const box = panel.frame.getByRole("textbox", { name: "New wording" });
    await box.fill("Say: other");
    await box.press("Enter");
    await askedIs("Say: other");
    await panel.prose(panel.answers.last()).getByText("other", { exact: true }).waitFor();
    await panel.settled();

    await panel.questions.first().getByRole("button", { name: "Previous Version" }).click();
    await askedIs("Say: one", "Say: two");
    await panel.questions.first().getByRole("button", { name: "Next Version" }).click();
    await askedIs("Say: other");
    assert.equal(stage.simulator.inferences, 3);
  });

  it("asks another model for an answer, and that one alone", async () => {
    await panel.answerTo("Say: by whom?");
    await panel.answers.last().getByRole("button", { name: "Ask Another Model" }).click();
    await panel.frame.getByRole("menuitem", { name: "DeepSeek V4 Pro" }).click();
    await panel.answers.last().getByText("DeepSeek V4 Pro").waitFor();
    await panel.settled();
    await panel.answers.last().getByRole("group", { name: "Versions" }).getByText("2 of 2").waitFor();
    await panel.answerTo("Say: and now?");
    assert.deepEqual(
      stage.simulator.requests.flatMap(({ body }) => body?.["model"] ?? []),
      ["zai-org/GLM-5.1-FP8", "deepseek-ai/DeepSeek-V4-Pro", "zai-org/GLM-5.1-FP8"],
    );
  });

  it("brings a deleted message back with its answer", async () => {
    await panel.answerTo("Say: stays");
    await panel.answerTo("Say: goes");
    await panel.questions.last().getByRole("button", { name: "Delete" }).click();
    await askedIs("Say: stays");
    await panel.button("Undo").click();
    await askedIs("Say: stays", "Say: goes");
    await panel.prose(panel.answers.last()).getByText("goes", { exact: true }).waitFor();
  });

  it("shows the request as it was sent, without the token", async () => {
    await panel.answerTo("Say: what did you get?");
    await panel.answers.last().getByRole("button", { name: "Show Request" }).click();
    const shown = await until("the request in an editor", async () => {
      const editor = await stage.window.activeEditor();
      return editor?.uri.startsWith("valar-request:") === true ? editor.text : undefined;
    });
    const [sent] = stage.simulator.requests;
    const request: unknown = JSON.parse(shown);
    assert.ok(typeof request === "object" && request !== null && "body" in request && sent);
    assert.deepEqual(request.body, sent.body);
    for (const known of [sent.idempotencyKey, sent.requestId, sent.bodyHash]) {
      assert.ok(known !== undefined && shown.includes(known), known);
    }
    assert.doesNotMatch(shown, /sk_test/);
    await stage.window.execute("workbench.action.closeActiveEditor");
  });

  it("is searched with Ctrl+F, from match to match", async () => {
    await panel.answerTo("Say: apples and pears");
    await panel.box.focus();
    await stage.window.page.keyboard.press("Control+f");
    const find = panel.frame.getByRole("textbox", { name: "Find in conversation" });
    await find.fill("apples");
    await panel.frame.getByText("1 of 2").waitFor();
    await find.press("Enter");
    await panel.frame.getByText("2 of 2").waitFor();
    await find.press("Escape");
    await find.waitFor({ state: "hidden" });
    assert.ok(await panel.button("Jump to Latest").isHidden(), "all of it is in view");
  });

  it("is searched alone, though a file is open in the editor", async () => {
    const { page } = stage.window;
    await stage.window.openFile("src/cart.ts");
    await panel.answerTo("Say: apples and pears");
    await panel.box.click();
    await page.keyboard.press("Control+f");
    const find = panel.frame.getByRole("textbox", { name: "Find in conversation" });
    await find.waitFor();
    await page.keyboard.type("apples", { delay: 100 });
    await panel.frame.getByText("1 of 2").waitFor();
    assert.equal(await find.inputValue(), "apples");
    assert.equal(await page.locator(".find-widget.visible").count(), 0);
    await page.keyboard.press("Escape");
    await stage.window.execute("workbench.action.closeActiveEditor");
  });
});

import assert from "node:assert/strict";
import { Harness, type OpenOptions } from "../../support/webviewHarness/harness.ts";
import type { Panel } from "../../support/webviewHarness/panel.ts";
import type { MessageView } from "../../../src/protocol/chat.ts";
import { answer, failure, model, question, redPixel, snapshot } from "../../support/webviewHarness/views.ts";

const own = question("Why?", {
  id: "q1",
  context: [{ id: "c1", kind: "selection", label: "cart.ts:1-9", detail: "src/cart.ts" }],
});

describe("what can be done with a message", function () {
  this.timeout(30_000);
  let harness: Harness;
  let panel: Panel;
  before(async () => {
    harness = await Harness.launch();
  });
  afterEach(async () => {
    assert.deepEqual(panel.errors, []);
    await panel.close();
  });
  after(() => harness.close());

  const open = async (options: OpenOptions = {}): Promise<void> => {
    panel = await harness.open({ snapshot: snapshot({ messages: [own, answer("So.")] }), ...options });
  };
  const focusName = (): Promise<string> =>
    panel.page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "");
  const editor = (): ReturnType<Panel["page"]["getByRole"]> =>
    panel.page.getByRole("textbox", { name: "New wording" });
  const press = (name: string): Promise<void> => panel.button(name).first().press("Enter");

  describe("edit and resend", () => {
    it("sends with Enter, and the focus goes to the box", async () => {
      await open({ replies: { editMessage: () => ({ type: "accepted" }) } });
      await press("Edit & Resend");
      assert.equal(await editor().inputValue(), "Why?");
      assert.equal(await panel.button("cart.ts:1-9").isVisible(), true, "what goes along stays in sight");
      await editor().press("Shift+Enter");
      await panel.page.keyboard.type("Really?");
      await editor().press("Enter");
      await editor().waitFor({ state: "detached" });
      const [sent] = (await panel.asked("editMessage")) as { messageId: string; text: string }[];
      assert.deepEqual([sent?.messageId, sent?.text], ["q1", "Why?\nReally?"]);
      assert.equal(await focusName(), "Message");
    });

    it("does not send the Enter that ends a composition", async () => {
      await open();
      await press("Edit & Resend");
      await editor().evaluate((box) =>
        box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, isComposing: true })),
      );
      assert.deepEqual(await panel.asked("editMessage"), []);
    });

    it("is left with Escape, which keeps the focus on the message, and the wording for the next time", async () => {
      const saved = (): Promise<unknown> => panel.page.evaluate(() => window.savedState);
      await open();
      await press("Edit & Resend");
      await editor().fill("Something else");
      await editor().press("Escape");
      assert.equal(await editor().count(), 0);
      assert.equal(await focusName(), "You");
      const state = await saved();
      await panel.close();
      await open({ state, replies: { editMessage: () => ({ type: "accepted" }) } });
      assert.equal(await editor().count(), 0);
      await press("Edit & Resend");
      assert.equal(await editor().inputValue(), "Something else");
      await panel.button("Cancel").click();
      await press("Edit & Resend");
      assert.equal(await editor().inputValue(), "Something else");
      await editor().press("Control+z");
      assert.equal(await editor().inputValue(), "Why?");
      await editor().press("Escape");
      assert.doesNotMatch(JSON.stringify(await saved()), /Something/);
    });

    it("forgets the wording when it is sent", async () => {
      await open({ replies: { editMessage: () => ({ type: "accepted" }) } });
      await press("Edit & Resend");
      await editor().fill("Something else");
      await editor().press("Escape");
      await press("Edit & Resend");
      await editor().press("Enter");
      await editor().waitFor({ state: "detached" });
      assert.doesNotMatch(JSON.stringify(await panel.page.evaluate(() => window.savedState)), /Something/);
    });

    it("keeps an unfinished wording over events and a reload", async () => {
      await open();
      await press("Edit & Resend");
      await editor().fill("Unfinished");
      await panel.emit({ type: "messageChanged", message: { ...own, branch: { index: 1, count: 2 } } });
      await panel.settle();
      assert.equal(await editor().inputValue(), "Unfinished");
      const state = await panel.page.evaluate(() => window.savedState);
      await panel.close();
      await open({ state });
      assert.equal(await editor().inputValue(), "Unfinished");
    });

    it("says why nothing was sent and keeps the wording", async () => {
      const results = [
        { type: "rejected", error: failure },
        {
          type: "tooLong",
          promptTokens: 9000,
          limitTokens: 8000,
          choices: [{ id: "dropOldest", label: "Leave Out the Oldest", detail: "2 messages" }],
        },
        { type: "accepted" },
      ];
      await open({ replies: { editMessage: () => results.shift() } });
      await press("Edit & Resend");
      await editor().press("Enter");
      await panel.page.locator(".messageEditor").getByText(failure.message).waitFor();
      assert.equal(await editor().inputValue(), "Why?");
      await panel.button("Try Again").click();
      await panel.button("Leave Out the Oldest").click();
      await editor().waitFor({ state: "detached" });
      const sent = (await panel.asked("editMessage")) as { clientId: string; fit?: string }[];
      assert.deepEqual(
        sent.map(({ fit }) => fit),
        [undefined, undefined, "dropOldest"],
      );
      assert.equal(new Set(sent.map(({ clientId }) => clientId)).size, 3);
    });
  });

  it("opens what a message carried", async () => {
    await open();
    await panel.page.locator("button.chip").press("Enter");
    assert.deepEqual(await panel.asked("openContext"), [{ id: "c1", messageId: "q1" }]);
  });

  it("shows a small picture of an image once it is in sight", async () => {
    const carried = (n: number): MessageView[] => [
      question("What is this?", {
        id: `q${n}`,
        context: [{ id: `i${n}`, kind: "image", label: "shot.png", detail: "shot.png" }],
      }),
      answer("Red. ".repeat(400), { id: `a${n}` }),
    ];
    panel = await harness.open({
      snapshot: snapshot({ messages: [...carried(1), ...carried(2), question("Sure?", { id: "q3" })] }),
      replies: { contextImage: () => redPixel },
    });
    const pictures = panel.page.locator(".user canvas.thumbnail");
    assert.deepEqual(await panel.asked("contextImage"), []);
    await panel.page.locator(".user .chip").last().scrollIntoViewIfNeeded();
    await pictures.waitFor();
    const colour = await pictures.evaluate((canvas) =>
      canvas instanceof HTMLCanvasElement
        ? [...(canvas.getContext("2d")?.getImageData(16, 16, 1, 1).data ?? [])]
        : [],
    );
    assert.deepEqual(colour, [255, 0, 0, 255]);
    assert.deepEqual(await panel.asked("contextImage"), [{ id: "i2", messageId: "q2" }]);
    // Known from then on, also when the message is drawn anew.
    await panel.button("Edit & Resend").nth(1).press("Enter");
    await editor().waitFor();
    await pictures.waitFor();
    await editor().press("Escape");
    await editor().waitFor({ state: "detached" });
    await pictures.waitFor();
    assert.equal((await panel.asked("contextImage")).length, 1);
  });

  it("leaves the sign of an image of which there is no picture", async () => {
    const pictures = {
      huge: undefined,
      broken: { mediaType: "image/png", data: "%%%" },
      none: { mediaType: "image/png", data: "AAAA" },
      red: redPixel,
    };
    const context = Object.keys(pictures).map((id) => ({
      id,
      kind: "image" as const,
      label: id,
      detail: id,
    }));
    panel = await harness.open({
      snapshot: snapshot({ messages: [question("What are these?", { context })] }),
      replies: { contextImage: (params) => pictures[(params as { id: keyof typeof pictures }).id] },
    });
    await panel.button("red").locator("canvas.thumbnail").waitFor();
    assert.equal(await panel.page.locator(".user .chip .icon-image").count(), 3);
  });

  it("shows the request where it is known", async () => {
    await open();
    await panel.button("Show Request").press("Enter");
    assert.deepEqual(await panel.asked("showRequest"), [{ messageId: "a1" }]);
    await panel.emit({ type: "messageChanged", message: answer("So.", { hasRequest: false }) });
    await panel.button("Show Request").waitFor({ state: "detached" });
    assert.equal(await focusName(), "Message");
  });

  it("asks another model from a menu", async () => {
    const long = "Gamma with a long name";
    const models = [model, { ...model, id: "b", name: "Beta" }, { ...model, id: "c", name: long }];
    await open({ replies: { listModels: () => models } });
    const menu = panel.page.getByRole("menu", { name: "Ask Another Model" });
    await panel.button("Ask Another Model").press("Enter");
    await menu.waitFor();
    const text = (await menu.innerText()).replaceAll("\n", " ");
    const edges = await menu
      .locator(".menuDetail")
      .evaluateAll((details) => details.map((detail) => detail.getBoundingClientRect().left));
    assert.deepEqual([edges.length, new Set(edges).size], [3, 1], "all prices stand below each other");
    assert.match(text, /^Prices for 1M tokens .*Beta Now: \$1\.30 in, \$4\.40 out Standard: /);
    await panel.page.keyboard.press("Escape");
    await menu.waitFor({ state: "detached" });
    assert.equal(await focusName(), "Ask Another Model");
    await panel.page.keyboard.press("Enter");
    await menu.waitFor();
    await panel.page.keyboard.press("ArrowDown");
    await panel.page.keyboard.press("g");
    await panel.page.keyboard.press("Enter");
    assert.deepEqual(await panel.asked("regenerate"), [{ messageId: "a1", model: "c" }]);
    assert.equal(await menu.count(), 0);
  });

  it("goes from version to version and keeps the focus", async () => {
    const version = (index: number): ReturnType<typeof answer> =>
      answer(`Version ${index}`, { id: `v${index}`, branch: { index, count: 3 } });
    await open({ snapshot: snapshot({ messages: [own, version(1)] }) });
    await panel.page.getByText("2 of 3").waitFor();
    await panel.button("Next Version").press("Enter");
    assert.deepEqual(await panel.asked("switchBranch"), [{ messageId: "v1", index: 2 }]);
    await panel.emit({ type: "messagesReplaced", ids: ["v1"], messages: [version(2)] });
    await panel.page.getByText("3 of 3").waitFor();
    assert.equal(await focusName(), "Next Version");
    await panel.page.keyboard.press("Enter");
    assert.equal((await panel.asked("switchBranch")).length, 1);
  });

  it("deletes, and brings back with Undo, without losing the focus", async () => {
    await open({ replies: { deleteMessage: () => ({ undoId: "u1" }) } });
    await panel.button("Delete").last().press("Enter");
    await panel.emit({ type: "messagesRemoved", ids: ["a1"] });
    await panel.settle();
    assert.equal(await focusName(), "You");
    assert.deepEqual(await panel.asked("deleteMessage"), [{ messageId: "a1" }]);
    await panel.button("Undo").press("Enter");
    assert.deepEqual(await panel.asked("undoDelete"), [{ undoId: "u1" }]);
    assert.equal(await focusName(), "Message");
    await panel.emit({ type: "messageAdded", message: answer("So.") });
    await panel.settle();
    assert.equal(await focusName(), "Valar");
    assert.equal(await panel.button("Undo").count(), 0);
  });

  it("says how many messages a deletion takes along", async () => {
    const messages = [own, answer("So.", { id: "a" }), question("And?", { id: "q2" })];
    await open({ snapshot: snapshot({ messages }), replies: { deleteMessage: () => ({ undoId: "u1" }) } });
    await panel.button("Delete").last().press("Enter");
    await panel.page.locator(".deletion").getByText("Deleted.", { exact: true }).waitFor();
    await panel.button("Delete").first().press("Enter");
    await panel.page.locator(".deletion").getByText("3 messages deleted.").waitFor();
  });

  it("walks from message to message, and leaves typed keys alone", async () => {
    const messages = [own, answer("So.", { id: "a" }), question("And?", { id: "q2" })];
    await open({ snapshot: snapshot({ messages }) });
    const text = (): Promise<string> =>
      panel.page.evaluate(
        () => document.activeElement?.querySelector(".bubble, .markdown")?.textContent ?? "",
      );
    await panel.page.getByRole("article").last().focus();
    const walked: string[] = [];
    for (const key of ["ArrowUp", "k", "ArrowUp", "j", "ArrowDown", "ArrowDown"]) {
      await panel.page.keyboard.press(key);
      walked.push((await text()).trim());
    }
    assert.deepEqual(walked, ["So.", "Why?", "Why?", "So.", "And?", "And?"]);
    await panel.button("Edit & Resend").first().press("Enter");
    await panel.page.keyboard.type("jk");
    assert.equal(await editor().inputValue(), "Why?jk");
  });
});

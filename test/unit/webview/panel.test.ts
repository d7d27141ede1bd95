import assert from "node:assert/strict";
import type { Unsent } from "../../../src/protocol/chat.ts";
import type { SavedState } from "../../../src/webview/vscodeApi.ts";
import { Harness, type OpenOptions } from "../../support/webviewHarness/harness.ts";
import { ambient } from "../../support/webviewHarness/composerViews.ts";
import { until } from "../../support/realVscode/until.ts";
import type { Panel } from "../../support/webviewHarness/panel.ts";
import {
  answer,
  composer,
  failure,
  question,
  running,
  sampleAnswer,
  snapshot,
} from "../../support/webviewHarness/views.ts";

declare global {
  interface Window {
    keysHeard: string[];
  }
}

describe("the panel", function () {
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

  const open = async (options?: OpenOptions): Promise<void> => {
    panel = await harness.open(options);
  };
  const sent = (): string[] => panel.requests("send").map((params) => (params as { text: string }).text);
  const focusName = (): Promise<string> =>
    panel.page.evaluate(
      () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.tagName ?? "",
    );
  const panelText = (text: string | RegExp) => () =>
    panel.page.locator("p.tokenNote, p.rateNote").getByText(text);
  const end = { type: "complete", truncated: false } as const;
  const noToken = {
    message: "No API token is set.",
    hint: "",
    requestId: undefined,
    actions: [{ id: "setToken", label: "Set API Token" }],
  };
  /** Notes the keys that reach the window, which VS Code may have commands for. */
  const listen = (): Promise<void> =>
    panel.page.evaluate(() => {
      window.keysHeard = [];
      window.addEventListener("keydown", ({ key }) => window.keysHeard.push(key));
    });
  const heard = (): Promise<string[]> => panel.page.evaluate(() => window.keysHeard);

  describe("the box", () => {
    it("sends with Enter, makes a new line with Shift+Enter, and is empty afterwards", async () => {
      await open();
      await panel.box.fill("one");
      await panel.box.press("Shift+Enter");
      await panel.page.keyboard.type("two");
      await panel.box.press("Enter");
      await panel.page.waitForFunction(() => document.querySelector("textarea")?.value === "");
      assert.deepEqual(sent(), ["one\ntwo"]);
    });

    it("sends nothing but blanks", async () => {
      await open();
      await panel.box.fill("  \n ");
      await panel.box.press("Enter");
      await panel.button("Send").press("Enter");
      assert.deepEqual(sent(), []);
      assert.equal(await panel.button("Send").getAttribute("aria-disabled"), "true");
    });

    it("does not send the Enter that ends a composition", async () => {
      await open();
      await panel.box.fill("にほん");
      const press = (isComposing: boolean, keyCode: number): Promise<void> =>
        panel.box.evaluate(
          (box, init) => {
            box.dispatchEvent(
              new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...init }),
            );
          },
          { isComposing, keyCode },
        );
      await press(true, 13);
      await press(false, 229);
      assert.deepEqual(sent(), []);
      await press(false, 13);
      await panel.page.waitForFunction(() => document.querySelector("textarea")?.value === "");
      assert.deepEqual(sent(), ["にほん"]);
    });

    it("sends once however fast Enter is pressed", async () => {
      let accept: ((result: unknown) => void) | undefined;
      await open({ replies: { send: () => new Promise((resolve) => (accept = resolve)) } });
      await panel.box.fill("once");
      for (let i = 0; i < 4; i++) await panel.box.press("Enter");
      assert.equal(await panel.box.inputValue(), "");
      await panel.page.getByRole("listitem").getByText("once").waitFor();
      accept?.({ type: "accepted" });
      await panel.page.getByRole("listitem").getByText("once").waitFor({ state: "detached" });
      assert.deepEqual(sent(), ["once"]);
    });

    it("shows a message that is on its way once, though the host tells already that it waits", async () => {
      const answers: ((result: unknown) => void)[] = [];
      await open({ replies: { send: () => new Promise((resolve) => answers.push(resolve)) } });
      const rows = panel.page.locator(".queued");
      const shown = async (): Promise<string> => {
        await panel.settle();
        return (await rows.allInnerTexts()).map((text) => text.trim()).join("|");
      };
      const wait = (...texts: string[]): Promise<void> => {
        const messages = texts.map((text) => ({ id: text, text, context: [] }));
        return panel.emit({ type: "queue", queue: { messages, isPaused: false } });
      };
      const send = async (text: string): Promise<void> => {
        await panel.box.fill(text);
        await panel.box.press("Enter");
      };
      for (const text of ["one", "two", "three"]) await send(text);
      await rows.nth(2).waitFor();
      await wait("one");
      assert.equal(await shown(), "one|two|three");
      answers.shift()?.({ type: "queued" });
      await until("the second message", () => Promise.resolve(answers.length > 0));
      assert.equal(await shown(), "one|two|three");
      await wait("one", "two");
      assert.equal(await shown(), "one|two|three");
      // When the new one is shown, so would be those before it.
      await send("four");
      await rows.nth(3).waitFor();
      assert.equal(await shown(), "one|two|three|four");
    });

    it("takes a second message while the first is on its way, and keeps both when that is refused", async () => {
      const answers: ((result: unknown) => void)[] = [];
      await open({ replies: { send: () => new Promise((resolve) => answers.push(resolve)) } });
      for (const text of ["one", "two"]) {
        await panel.box.fill(text);
        await panel.box.press("Enter");
      }
      await panel.box.fill("three");
      assert.deepEqual(sent(), ["one"]);
      const saved = (await panel.asked("saveDraft")).at(-1) as Unsent;
      assert.deepEqual([saved.text, ...saved.sending.map(({ text }) => text)], ["", "one", "two"]);
      answers.shift()?.({ type: "rejected", error: failure });
      await panel.page.getByText(failure.message).first().waitFor();
      assert.equal(await panel.box.inputValue(), "one\ntwo\nthree");
      assert.deepEqual(sent(), ["one"]);

      await panel.box.fill("four");
      await panel.box.press("Enter");
      await panel.box.fill("five");
      await panel.box.press("Enter");
      await panel.box.fill("six");
      for (let accepted = 0; accepted < 2; accepted++) {
        while (answers.length === 0) await panel.settle();
        answers.shift()?.({ type: "accepted" });
      }
      while (sent().length < 3) await panel.settle();
      assert.deepEqual(sent(), ["one", "four", "five"]);
      assert.equal(await panel.box.inputValue(), "six");
    });

    it("has a message back that was on its way when the page went, unless the host has it", async () => {
      const state = { draft: "more", sending: ["taken", "lost"] };
      await open({ state, snapshot: snapshot({ messages: [question("taken")], draft: "lost\nmore" }) });
      assert.equal(await panel.box.inputValue(), "lost\nmore");
    });

    it("keeps a rejected text, says why, and sends it again under a new id", async () => {
      const replies = [{ type: "rejected", error: failure }, { type: "accepted" }];
      await open({ replies: { send: () => replies.shift() } });
      await panel.box.fill("keep me");
      await panel.box.press("Enter");
      await panel.page.getByText(failure.message).first().waitFor();
      assert.equal(await panel.box.inputValue(), "keep me");
      await panel.button("Set API Token").click();
      assert.deepEqual(await panel.asked("errorAction"), [{ messageId: "", action: "setToken" }]);
      await panel.button("Try Again").click();
      await panel.page.waitForFunction(() => document.querySelector("textarea")?.value === "");
      assert.deepEqual(sent(), ["keep me", "keep me"]);
      assert.equal(await panel.page.locator(".notice .error").count(), 0);
    });

    it("keeps the text when the host fails", async () => {
      await open({
        replies: {
          send: () => {
            throw new Error("The host fell over");
          },
        },
      });
      await panel.box.fill("keep me");
      await panel.box.press("Enter");
      await panel.page.locator(".notice").getByText("The host fell over").waitFor();
      assert.equal(await panel.box.inputValue(), "keep me");
    });

    it("takes the host's draft in place of a text of the page's that was sent since", async () => {
      const messages = [question("sent already"), answer("Done.")];
      const shown = snapshot({ messages, draft: "half a thought" });
      await open({ state: { draft: "sent already" }, snapshot: shown });
      assert.equal(await panel.box.inputValue(), "half a thought");
    });

    describe("when VS Code brings back an older state of the page", () => {
      const state = { draft: "half a th", version: { page: "p", count: 3 } };
      const shown = snapshot({ draft: "half a thought", draftVersion: { page: "p", count: 8 } });

      it("takes the host's draft", async () => {
        await open({ state, snapshot: shown });
        assert.equal(await panel.box.inputValue(), "half a thought");
        await panel.box.fill("half a thought more");
        await panel.untilRequested("saveDraft");
        const version = { page: "p", count: 9 };
        assert.deepEqual(await panel.asked("saveDraft"), [
          { text: "half a thought more", version, sending: [] },
        ]);
      });

      it("loses nothing that is typed before the host tells its draft", async () => {
        let tell: ((told: unknown) => void) | undefined;
        const ready = () => new Promise((resolve) => (tell = resolve));
        await open({ state, replies: { ready }, waitFor: "textarea" });
        await panel.box.fill("half a thing");
        while (tell === undefined) await panel.settle();
        tell(shown);
        await panel.page.locator(".modelPicker").waitFor();
        assert.equal(await panel.box.inputValue(), "half a thought\nhalf a thing");
      });

      it("takes nothing back that was on its way then", async () => {
        const old = { draft: "", sending: ["refused"], version: { page: "p", count: 6 } };
        const draft = snapshot({ draft: "refused", draftVersion: { page: "p", count: 8 } });
        await open({ state: old, snapshot: draft });
        assert.equal(await panel.box.inputValue(), "refused");
        const { sending } = (await panel.page.evaluate(() => window.savedState)) as { sending?: unknown };
        assert.equal(sending, undefined);
      });

      for (const version of [
        { page: "p", count: 9 },
        { page: "q", count: 1 },
      ]) {
        it(`keeps one of ${version.page} ${String(version.count)}, which is newer or another's`, async () => {
          await open({ state: { draft: "its own", version }, snapshot: shown });
          assert.equal(await panel.box.inputValue(), "its own");
        });
      }
    });

    it("keeps the draft: at once in the page, a moment later at the host", async () => {
      await open({ state: { draft: "typed before" } });
      assert.equal(await panel.box.inputValue(), "typed before");
      await panel.untilRequested("saveDraft");
      await panel.box.fill("typed now");
      const saved = (await panel.page.evaluate(() => window.savedState)) as SavedState;
      assert.deepEqual(saved, { draft: "typed now", version: saved.version, place: "view" });
      await panel.page.waitForFunction(() => document.querySelector("textarea")?.value === "typed now");
      while (panel.requests("saveDraft").length < 2) await panel.settle();
      const page = saved.version?.page;
      assert.deepEqual(await panel.asked("saveDraft"), [
        { text: "typed before", version: { page, count: 1 }, sending: [] },
        { text: "typed now", version: { page, count: 2 }, sending: [] },
      ]);
    });

    it("takes the host's draft, but not over what is being typed", async () => {
      await open({ snapshot: snapshot({ draft: "from the host" }) });
      assert.equal(await panel.box.inputValue(), "from the host");
      await panel.box.fill("mine");
      await panel.emit({ type: "snapshot", snapshot: snapshot({ draft: "other" }) });
      assert.equal(await panel.box.inputValue(), "mine");
      await panel.emit({ type: "draft", text: "put here by a command", added: "put here by a command" });
      assert.equal(await panel.box.inputValue(), "mine\nput here by a command");
      await panel.emit({ type: "draft", text: "mine\nleft in a tab", added: "left in a tab" });
      assert.equal(await panel.box.inputValue(), "mine\nput here by a command\nleft in a tab");
      await panel.box.fill("");
      await panel.emit({ type: "draft", text: "put here by a command", added: "put here by a command" });
      assert.equal(await panel.box.inputValue(), "put here by a command");
    });

    it("edits the last own message with the up-arrow, in an empty box only", async () => {
      await open({ snapshot: snapshot({ messages: [question("first"), question("last", { id: "x" })] }) });
      await panel.box.fill("something");
      await panel.box.press("ArrowUp");
      assert.equal(await panel.box.inputValue(), "something");
      await panel.box.fill("");
      await panel.box.press("ArrowUp");
      assert.equal(await focusName(), "New wording");
      assert.equal(await panel.page.getByRole("textbox", { name: "New wording" }).inputValue(), "last");
    });

    it("has the focus back when an edit begun from it is left", async () => {
      await open({ snapshot: snapshot({ messages: [question("last")] }) });
      await panel.box.press("ArrowUp");
      assert.equal(await focusName(), "New wording");
      await panel.page.keyboard.press("Escape");
      await panel.page.keyboard.type("next");
      assert.equal(await panel.box.inputValue(), "next");
      await panel.button("Edit & Resend").press("Enter");
      await panel.page.keyboard.press("Escape");
      assert.equal(await focusName(), "You");
    });

    it("grows with its text and then scrolls", async () => {
      await open({ height: 500 });
      const height = async (): Promise<number> => (await panel.box.boundingBox())?.height ?? 0;
      const one = await height();
      await panel.box.fill("a\nb\nc");
      const three = await height();
      assert.ok(three > one * 2 && three < one * 4, `${one} ${three}`);
      await panel.box.fill("a\n".repeat(100));
      assert.ok((await height()) <= 200);
    });

    it("shows context that can be taken away", async () => {
      const context = [{ id: "c1", kind: "selection" as const, label: "cart.ts:1-9", detail: "src/cart.ts" }];
      await open({ snapshot: snapshot({ composer: composer({ context }) }) });
      await panel.button("Remove cart.ts:1-9").press("Enter");
      assert.deepEqual(await panel.asked("removeContext"), [{ id: "c1" }]);
      await panel.emit({ type: "composer", composer: composer() });
      await panel.page.locator(".composer .chip").waitFor({ state: "detached" });
      assert.equal(await focusName(), "Message");
    });

    it("opens its context by mouse and by keyboard", async () => {
      const context = ["c1", "c2"].map((id) => ({
        ...{ id, kind: "file" as const, label: `${id}.ts`, detail: `src/${id}.ts` },
      }));
      await open({ snapshot: snapshot({ composer: composer({ context }) }) });
      await panel.button("Open c1.ts").click();
      await panel.button("Open c2.ts").press("Enter");
      await panel.button("Open c1.ts").press("Space");
      assert.deepEqual(await panel.asked("openContext"), [{ id: "c1" }, { id: "c2" }, { id: "c1" }]);
    });

    it("takes the focus when the host asks", async () => {
      await open();
      await panel.button("Attach Context…").focus();
      await panel.emit({ type: "focusInput" });
      assert.equal(await focusName(), "Message");
    });

    it("has the cursor as soon as the page has the focus, but not when something was clicked", async () => {
      await open({ snapshot: snapshot({ messages: [question("Why?")] }) });
      assert.equal(await focusName(), "Message");
      const comeBack = (): Promise<void> =>
        panel.page.evaluate(() => void window.dispatchEvent(new FocusEvent("focus")));
      await panel.box.blur();
      await panel.page.locator(".bubble").hover();
      await panel.page.mouse.down();
      await comeBack();
      assert.notEqual(await focusName(), "Message");
      await panel.page.mouse.up();
      await panel.page.evaluate(
        () => document.activeElement instanceof HTMLElement && document.activeElement.blur(),
      );
      await comeBack();
      assert.equal(await focusName(), "Message");
    });
  });

  describe("an answer", () => {
    const asked = snapshot({ messages: [question("Why?")] });

    it("streams, then shows its figures", async () => {
      await open({ snapshot: asked });
      await panel.emit({ type: "messageAdded", message: answer("", { ...running, id: "a" }) });
      assert.ok(await panel.page.locator(".phase").isVisible());
      await panel.emit({
        type: "delta",
        messageId: "a",
        content: "",
        reasoning: "Let me think.",
        refusal: "",
      });
      await panel.button("Thinking…").waitFor();
      assert.ok(await panel.page.getByText("Let me think.").isVisible());
      await panel.emit({ type: "delta", messageId: "a", content: "It is **so", reasoning: "", refusal: "" });
      await panel.page.locator("strong", { hasText: "so" }).waitFor();
      const figures = answer("").figures;
      await panel.emit({ type: "answerState", messageId: "a", state: end, figures });
      await panel.page.getByText("$0.0012").waitFor();
      const article = panel.page.getByRole("article", { name: "Valar" });
      assert.match((await article.textContent()) ?? "", /It is \*\*so/);
      await panel.button("Thought for 6.1 s").waitFor();
      assert.equal(await panel.page.getByText("Let me think.").isVisible(), false);
    });

    it("says that the content filter stopped it, beside what came before", async () => {
      await open({ snapshot: asked });
      await panel.emit({ type: "messageAdded", message: answer("Half an", { ...running, id: "a" }) });
      const state = { type: "complete", truncated: false, filtered: true } as const;
      await panel.emit({ type: "answerState", messageId: "a", state, figures: undefined });
      const article = panel.page.getByRole("article", { name: "Valar" });
      await article.getByText("The content filter stopped this answer.").waitFor();
      assert.match((await article.textContent()) ?? "", /Half an/);
    });

    it("is read out in sentences, not tokens", async () => {
      await open({ snapshot: asked });
      await panel.emit({ type: "messageAdded", message: answer("", { ...running, id: "a" }) });
      for (const content of ["One ", "sen", "tence. Two", " halves"]) {
        await panel.emit({ type: "delta", messageId: "a", content, reasoning: "", refusal: "" });
      }
      await panel.settle();
      const live = panel.page.locator("[aria-live=polite]");
      assert.deepEqual(await live.locator("p").allTextContents(), ["One sentence."]);
      await panel.emit({ type: "answerState", messageId: "a", state: end, figures: undefined });
      await panel.settle();
      assert.deepEqual(await live.locator("p").allTextContents(), ["One sentence.", "Two halves"]);
      assert.equal(await panel.log.getAttribute("aria-live"), "off");
    });

    it("can be stopped by the button and by Escape", async () => {
      await open({ snapshot: snapshot({ messages: [question("Why?"), answer("So", running)] }) });
      await panel.button("Stop").click();
      assert.equal((await panel.asked("stop")).length, 1);
      assert.equal(await focusName(), "Message");
      await panel.button("Stop").focus();
      await panel.box.fill("next");
      await panel.box.press("Escape");
      assert.equal((await panel.asked("stop")).length, 2);
      assert.equal(await panel.box.inputValue(), "next");
      await panel.button("Stop").focus();
      await panel.emit({
        type: "answerState",
        messageId: "a1",
        state: { type: "cancelled" },
        figures: undefined,
      });
      await panel.button("Stop").waitFor({ state: "hidden" });
      assert.equal(await focusName(), "Message");
      await panel.page.getByText("Stopped. What arrived is kept.").first().waitFor();
    });

    it("says that nothing arrived where it was stopped before", async () => {
      const early = answer("", { state: { type: "cancelled" }, reasoning: "" });
      await open({ snapshot: snapshot({ messages: [question("Why?"), early] }) });
      await panel.page.locator(".note").getByText("Stopped before anything arrived.").waitFor();
    });

    it("is stopped by a double click, which starts no new chat", async () => {
      await open({ width: 500, snapshot: snapshot({ messages: [question("Why?"), answer("So", running)] }) });
      const box = await panel.button("Stop").boundingBox();
      assert.ok(box);
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      await panel.page.mouse.click(x, y);
      assert.equal((await panel.asked("stop")).length, 1);
      await panel.emit({ type: "answerState", messageId: "a1", state: end, figures: undefined });
      await panel.button("Stop").waitFor({ state: "hidden" });
      await panel.page.mouse.click(x, y);
      await panel.settle();
      assert.deepEqual(
        [(await panel.asked("newChat")).length, (await panel.asked("showHistory")).length],
        [0, 0],
      );
    });

    it("is stopped by Escape wherever the page has the focus, and VS Code hears nothing of that key", async () => {
      await open({ snapshot: snapshot({ messages: [question("Why?"), answer("So", running)] }) });
      await listen();
      for (const place of [".scroller", ".historyButton", ".modelPicker"]) {
        await panel.page.locator(place).focus();
        await panel.page.keyboard.press("Escape");
      }
      await panel.box.press("Shift+Escape");
      assert.equal((await panel.asked("stop")).length, 3);
      assert.deepEqual(await heard(), ["Shift", "Escape"]);
      await panel.emit({ type: "answerState", messageId: "a1", state: end, figures: undefined });
      await panel.button("Stop").waitFor({ state: "hidden" });
      await panel.box.press("Escape");
      assert.equal((await panel.asked("stop")).length, 3);
      assert.deepEqual(await heard(), ["Shift", "Escape", "Escape"]);
    });

    it("goes on when an input method is left with Escape", async () => {
      await open({ snapshot: snapshot({ messages: [question("Why?"), answer("So", running)] }) });
      await listen();
      for (const init of [
        { key: "Escape", isComposing: true },
        { key: "Process", keyCode: 229 },
      ]) {
        await panel.box.evaluate(
          (box, init) =>
            box.dispatchEvent(new KeyboardEvent("keydown", { code: "Escape", bubbles: true, ...init })),
          init,
        );
      }
      assert.deepEqual(await panel.asked("stop"), []);
      assert.deepEqual(await heard(), []);
    });

    it("goes on after it was interrupted and recovered", async () => {
      const state = { type: "failed", error: failure } as const;
      await open({ snapshot: snapshot({ messages: [question("Why?"), answer("Half an", { state })] }) });
      await panel.emit({ type: "answerState", messageId: "a1", ...runningState });
      await panel.emit({
        type: "delta",
        messageId: "a1",
        content: " answer is whole.",
        reasoning: "",
        refusal: "",
      });
      await panel.emit({ type: "answerState", messageId: "a1", state: end, figures: undefined });
      await panel.settle();
      const article = panel.page.getByRole("article", { name: "Valar" });
      assert.equal(await article.locator("p").textContent(), "Half an answer is whole.");
      assert.equal(await article.locator(".error").count(), 0);
    });

    it("offers the buttons of its error in place, and keeps the focus", async () => {
      const state = { type: "failed", error: failure } as const;
      await open({ snapshot: snapshot({ messages: [question("Why?"), answer("Half", { state })] }) });
      await panel.page.getByText("req_8f2c1d").waitFor();
      await panel.button("Try Again").focus();
      await panel.page.keyboard.press("Enter");
      assert.deepEqual(await panel.asked("errorAction"), [{ messageId: "a1", action: "retry" }]);
      await panel.emit({ type: "answerState", messageId: "a1", ...runningState });
      await panel.settle();
      assert.equal(await focusName(), "Message");
    });

    it("counts down while the rate limit holds", async () => {
      await open({ snapshot: snapshot({ messages: [question("Why?"), answer("", running)] }) });
      await panel.page.clock.install();
      const phase = { type: "rateLimited", delayMs: 42_000 } as const;
      await panel.emit({
        type: "answerState",
        messageId: "a1",
        state: { type: "running", phase },
        figures: undefined,
      });
      const text = panel.page.locator(".phase");
      await text.getByText("Going on in 42 s").waitFor();
      await panel.page.clock.runFor(2000);
      await text.getByText("Going on in 40 s").waitFor();
    });

    it("copies and regenerates", async () => {
      await open({ snapshot: snapshot({ messages: [question("Why?"), answer("**Because**\n")] }) });
      const footer = panel.page.locator(".answerFooter");
      await footer.getByRole("button", { name: "Copy" }).click();
      assert.deepEqual(await panel.asked("copy"), [{ text: "**Because**\n" }]);
      await footer.getByRole("button", { name: "Copied" }).waitFor();
      await footer.getByRole("button", { name: "Regenerate" }).click();
      assert.deepEqual(await panel.asked("regenerate"), [{ messageId: "a1" }]);
      await panel.emit({ type: "messagesRemoved", ids: ["a1"] });
      await panel.settle();
      assert.equal(await focusName(), "You");
    });

    it("hands code over as it is", async () => {
      const code = "if (a\u202e) {\n\tb();\n\n}";
      await open({ snapshot: snapshot({ messages: [answer(`\`\`\`ts\n${code}\n\`\`\`\n`)] }) });
      const block = panel.page.locator(".codeBlock");
      await block.getByRole("button", { name: "Copy" }).click();
      await block.getByRole("button", { name: "Insert at Cursor" }).click();
      assert.deepEqual(await panel.asked("copy"), [{ text: code }]);
      assert.deepEqual(await panel.asked("insertAtCursor"), [{ text: code }]);
      assert.equal(await block.locator(".codeLanguage").textContent(), "ts");
    });

    it("hands code to a file, opens the files it names, and applies nothing that was cut off", async () => {
      const text = "See `src/b.ts:7`.\n\n```ts src/a.ts\nlet a;\n```\n\n```ts\nlet b";
      panel = await harness.open({ snapshot: snapshot({ messages: [answer(text)] }) });
      await panel.button("Apply to File").first().click();
      await panel.button("New File").first().click();
      await panel.page.getByRole("link", { name: "src/b.ts:7" }).press("Enter");
      assert.deepEqual(await panel.asked("applyToFile"), [
        { text: "let a;", language: "ts", path: "src/a.ts" },
      ]);
      assert.deepEqual(await panel.asked("newFile"), [{ text: "let a;", language: "ts" }]);
      assert.deepEqual(await panel.asked("openPath"), [{ path: "src/b.ts", line: 7 }]);
      assert.ok(await panel.button("Apply to File").last().isDisabled());
    });

    it("opens the file of this workspace that a link leads to, at its line", async () => {
      const links = "[cart](src/cart.ts), [here](./src/cart.ts#L20-L22), [`a`](lib/a.py:9)";
      await open({
        snapshot: snapshot({ messages: [answer(`${links}, [none](cart), [no](file:///a.ts)`)] }),
      });
      for (const name of ["cart", "here", "a"]) {
        await panel.page.getByRole("link", { name, exact: true }).click();
      }
      assert.deepEqual(await panel.asked("openPath"), [
        { path: "src/cart.ts" },
        { path: "./src/cart.ts", line: 20 },
        { path: "lib/a.py", line: 9 },
      ]);
      const here = panel.page.getByRole("link", { name: "here" });
      assert.equal(await here.getAttribute("title"), "Open ./src/cart.ts:20");
      assert.equal(await panel.page.getByRole("link").count(), 3);
      assert.deepEqual(await panel.asked("openLink"), []);
    });

    it("lets long lines of code be scrolled to, wherever they stand", async () => {
      const lines = Array.from({ length: 130 }, (_, at) => (at === 20 ? "long ".repeat(100) : "short"));
      const code = answer(`\`\`\`\n${lines.join("\n")}\n\`\`\`\n`);
      await open({ snapshot: snapshot({ messages: [question("Why?"), code] }) });
      await panel.page.locator(".scroller").evaluate((box) => (box.scrollTop = 0));
      await panel.settle();
      const widths = await panel.page
        .locator("pre")
        .evaluate((box) => [box.scrollWidth, box.querySelector(".lines")?.scrollWidth ?? 0]);
      assert.ok(widths[0]! > 2000, String(widths));
      assert.ok(widths[0]! >= widths[1]!, String(widths));
    });

    it("opens links by asking, with mouse and keyboard, and shows where they lead", async () => {
      await open({
        snapshot: snapshot({
          messages: [answer("See [docs](https://a.example/x) and [no](http://b.example).")],
        }),
      });
      const link = panel.page.getByRole("link", { name: "docs" });
      assert.equal(await link.getAttribute("title"), "Link to https://a.example/x");
      await link.click();
      await link.press("Enter");
      assert.deepEqual(await panel.asked("openLink"), [
        { href: "https://a.example/x" },
        { href: "https://a.example/x" },
      ]);
      await panel.page.getByText("no (http://b.example)").click();
      assert.equal((await panel.asked("openLink")).length, 2);
      assert.equal(await panel.page.getByRole("link").count(), 1);
    });
  });

  describe("the whole", () => {
    it("offers suggestions that land in the box", async () => {
      await open({ snapshot: snapshot({ composer: composer({ ambient }) }) });
      await panel.page.locator(".suggestion").nth(1).click();
      assert.match(await panel.box.inputValue(), /^\/fix /);
      assert.equal(await focusName(), "Message");
      assert.deepEqual(sent(), []);
    });

    it("offers what is about code while a file comes along", async () => {
      await open();
      const button = panel.page.locator(".suggestion", { hasText: "What does the open file do?" });
      const offered = panel.page.locator(".suggestions > .suggestion:visible");
      assert.deepEqual(await offered.allInnerTexts(), ["/commit Write a commit message"]);
      await panel.emit({ type: "composer", composer: composer({ ambient }) });
      await button.waitFor();
      assert.equal(await offered.count(), 4);
      await button.focus();
      await panel.emit({ type: "composer", composer: composer({ ambient: [] }) });
      await button.waitFor({ state: "hidden" });
      assert.equal(await focusName(), "Message");
    });

    it("says that nothing was sent without a token, and offers to set one once", async () => {
      await open({
        snapshot: snapshot({ account: { state: "signedOut", source: undefined } }),
        replies: { send: () => ({ type: "rejected", error: noToken }) },
      });
      await panel.box.fill("my question");
      await panel.box.press("Enter");
      await panel.page.locator(".error").getByText("No API token is set.").waitFor();
      assert.equal(await panel.button("Set API Token").count(), 1);
      assert.equal(await panel.box.inputValue(), "my question");
      await panel.emit({ type: "account", account: { state: "signedIn", source: "stored" } });
      await panel.page.locator(".error").waitFor({ state: "detached" });
    });

    it("says no more why a text was not sent when that is taken out", async () => {
      await open({ replies: { send: () => ({ type: "rejected", error: failure }) } });
      await panel.box.fill("my question");
      await panel.box.press("Enter");
      await panel.page.locator(".error").getByText(failure.message).waitFor();
      await panel.box.fill("another");
      await panel.settle();
      assert.equal(await panel.page.locator(".error").count(), 1);
      await panel.box.fill("");
      await panel.page.locator(".error").waitFor({ state: "detached" });
    });

    it("keeps the box in sight where there is little room for what is told above it", async () => {
      await open({
        height: 300,
        snapshot: snapshot({ account: { state: "signedOut", source: undefined } }),
      });
      const error = { ...failure, hint: "A long story. ".repeat(40) };
      await panel.emit({ type: "notice", error });
      await panel.page.locator(".error").getByText(failure.message).waitFor();
      await panel.settle();
      const ends = await panel.page.locator(".composer").evaluate((box) => {
        const { top, bottom } = box.getBoundingClientRect();
        return [top >= 0, bottom <= innerHeight];
      });
      assert.deepEqual(ends, [true, true]);
    });

    it("asks for a token and keeps what is typed", async () => {
      await open({ snapshot: snapshot({ account: { state: "signedOut", source: undefined } }) });
      await panel.box.fill("my question");
      await panel.button("Set API Token").click();
      await panel.button("Get a Key").click();
      assert.equal((await panel.asked("setToken")).length, 1);
      assert.equal((await panel.asked("getKey")).length, 1);
      await panel.emit({ type: "account", account: { state: "signedIn", source: "stored" } });
      await panel.button("Set API Token").waitFor({ state: "hidden" });
      assert.equal(await panel.box.inputValue(), "my question");
    });

    it("says that the base URL cannot be used, asks for no token then, and opens the settings", async () => {
      await open({ snapshot: snapshot({ account: { state: "badBaseUrl", source: undefined } }) });
      await panel.page.getByRole("heading", { name: "The base URL cannot be used." }).waitFor();
      assert.equal(await panel.button("Set API Token").count(), 0);
      await panel.button("Open Settings").click();
      assert.deepEqual(await panel.asked("errorAction"), [{ messageId: "", action: "openSettings" }]);
      await panel.emit({ type: "account", account: { state: "signedOut", source: undefined } });
      await panel.button("Set API Token").waitFor();
      await panel.button("Open Settings").waitFor({ state: "hidden" });
    });

    it("says where the token comes from when it was not set here, while the conversation is empty", async () => {
      const note = panelText(/environment variable VALAR_API_KEY/);
      await open({ snapshot: snapshot({ account: { state: "signedIn", source: "environment" } }) });
      await note().waitFor();
      await panel.emit({ type: "account", account: { state: "signedIn", source: "stored" } });
      await note().waitFor({ state: "hidden" });
    });

    it("says how many requests are left while they are few", async () => {
      const note = panelText("9 of 60 requests left this minute.");
      await open();
      await panel.emit({
        type: "composer",
        composer: composer({ rateNote: "9 of 60 requests left this minute." }),
      });
      await note().waitFor();
      await panel.emit({ type: "composer", composer: composer() });
      await note().waitFor({ state: "hidden" });
    });

    it("can be used by keyboard alone, in a sensible order", async () => {
      await open({
        snapshot: snapshot({
          messages: [question("Why?"), answer("See [docs](https://a.example).", { reasoning: "Hm." })],
        }),
      });
      const names: string[] = [];
      await panel.page.locator(".scroller").focus();
      for (let i = 0; i < 18; i++) {
        await panel.page.keyboard.press("Tab");
        names.push(
          await panel.page.evaluate(() => {
            const node = document.activeElement;
            return node?.getAttribute("aria-label") ?? node?.textContent ?? "";
          }),
        );
      }
      assert.match(
        names.join("|"),
        /^Edit & Resend\|Copy\|Delete\|Thought for 6.1 s\|docs\|Copy\|Regenerate\|Ask Another Model\|Show Request\|Delete\|Message\|Attach Context…\|Model: GLM-5.1\|Reasoning effort: Default\|Completion window: Now\|Send/,
      );
    });

    it("starts a new chat with an empty page", async () => {
      await open({ width: 500, snapshot: snapshot({ messages: [question("Why?"), answer("So")] }) });
      await panel.button("New Chat").click();
      assert.equal((await panel.asked("newChat")).length, 1);
      await panel.emit({ type: "snapshot", snapshot: snapshot({ conversationId: "c2" }) });
      await panel.page.getByText("Ask Valar", { exact: true }).waitFor();
      assert.equal(await panel.page.getByRole("article").count(), 0);
      assert.equal(await panel.button("New Chat").isVisible(), false);
      assert.equal(await focusName(), "Message");
    });

    it("fetches everything again when an event was lost", async () => {
      await open({ snapshot: snapshot({ messages: [question("Why?"), answer("So", running)] }) });
      panel.setSnapshot(snapshot({ messages: [question("Why?"), answer("So it is.", running)] }));
      await panel.emit({ type: "delta", messageId: "a1", content: "x", reasoning: "", refusal: "" }, 1);
      await panel.page.getByText("So it is.").waitFor();
      assert.equal((await panel.asked("ready")).length, 2);
      assert.equal(await panel.page.getByRole("article").count(), 2);
    });

    it("says when the host does not answer, and tries again", async () => {
      let isDown = true;
      const ready = (): unknown => {
        if (isDown) throw new Error("down");
        return snapshot({ seq: 3 });
      };
      const page = harness.open({ replies: { ready }, waitFor: ".notice .error" });
      panel = await page;
      isDown = false;
      await panel.button("Reload").click();
      await panel.page.locator(".modelPicker").waitFor();
      assert.equal(await panel.page.locator(".notice .error").count(), 0);
    });

    // 200 px is also what a panel of 400 px has at a zoom of 200 %.
    for (const width of [200, 320, 600]) {
      it(`fits into ${width} px`, async () => {
        const messages = [
          question("Why?".repeat(80)),
          answer(sampleAnswer),
          answer("x".repeat(400), { id: "b" }),
        ];
        await open({ snapshot: snapshot({ messages }), width });
        const overflow = await panel.page.evaluate(() => {
          const box = document.querySelector(".scroller");
          return [
            document.documentElement.scrollWidth - innerWidth,
            (box?.scrollWidth ?? 0) - (box?.clientWidth ?? 0),
          ];
        });
        assert.deepEqual(overflow, [0, 0]);
      });
    }
  });
});

const runningState = {
  state: { type: "running", phase: { type: "streaming" } },
  figures: undefined,
} as const;

import assert from "node:assert/strict";
import { Harness, type OpenOptions } from "../../support/webviewHarness/harness.ts";
import type { Panel } from "../../support/webviewHarness/panel.ts";
import { answer, question, running, sampleAnswer, snapshot } from "../../support/webviewHarness/views.ts";

declare global {
  interface Window {
    /** What waits for an idle moment of the page. */
    idleWork: IdleRequestCallback[];
  }
}

describe("scrolling in the panel", function () {
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
  const long = snapshot({
    messages: [question("Why?"), answer(sampleAnswer.repeat(3)), answer("So", { ...running, id: "b" })],
  });
  const scroller = (): Promise<{ top: number; left: number }> =>
    panel.page.locator(".scroller").evaluate((box) => ({
      top: Math.round(box.scrollTop),
      left: Math.round(box.scrollHeight - box.clientHeight - box.scrollTop),
    }));
  /** Messages above may just have been filled in: the view follows with the next frame. */
  const atEnd = async (): Promise<void> => {
    await panel.page.waitForFunction(() => {
      const box = document.querySelector(".scroller");
      return box !== null && Math.round(box.scrollHeight - box.clientHeight - box.scrollTop) === 0;
    });
  };
  const grow = async (): Promise<void> => {
    await panel.emit({
      type: "delta",
      messageId: "b",
      content: "\n\nMore text. ".repeat(20),
      reasoning: "",
      refusal: "",
    });
    await panel.settle();
  };

  it("follows the end", async () => {
    await open({ snapshot: long });
    await panel.settle();
    await atEnd();
    await grow();
    await atEnd();
    await panel.page.setViewportSize({ width: 320, height: 400 });
    await panel.settle();
    await atEnd();
    assert.equal(await panel.button("Jump to Latest").isVisible(), false);
  });

  it("follows the end when text becomes shorter and then longer before the page is drawn", async () => {
    await open({ snapshot: long });
    await panel.settle();
    await atEnd();
    await panel.page.evaluate(async () => {
      const box = document.querySelector<HTMLElement>(".scroller");
      const part = [...document.querySelectorAll<HTMLElement>(".markdown p")].at(-1);
      if (!box || !part) throw new Error("There is no answer");
      // It has just been moved along, and is to hear of that; then, in a task between two frames:
      part.style.paddingTop = "100px";
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      part.style.display = "none";
      // The browser moves the view as soon as anybody asks where things are.
      box.getBoundingClientRect();
      part.style.display = "";
      part.style.paddingTop = "300px";
    });
    await panel.settle();
    await atEnd();
  });

  it("follows the end when what was typed is taken out again", async () => {
    await open({ snapshot: long });
    await panel.box.focus();
    await panel.page.keyboard.type("On second thoughts");
    await panel.settle();
    await panel.page.keyboard.press("Control+a");
    await panel.page.keyboard.press("Delete");
    await panel.settle();
    await atEnd();
    await grow();
    await atEnd();
  });

  it("begins at the top of the empty chat, and at the end of another chat", async () => {
    await open({ snapshot: snapshot(), height: 200 });
    await panel.settle();
    assert.equal((await scroller()).top, 0);
    assert.ok((await scroller()).left > 0, "not all of it is in view");
    await panel.page.locator(".scroller").hover();
    await panel.page.mouse.wheel(0, 60);
    await panel.page.waitForFunction(() => (document.querySelector(".scroller")?.scrollTop ?? 0) > 0);
    await panel.page.mouse.wheel(0, -20);
    await panel.settle();
    assert.equal(await panel.button("Jump to Latest").isVisible(), false);
    for (const conversationId of ["c2", "c3"]) {
      await panel.emit({ type: "snapshot", snapshot: { ...long, conversationId } });
      await panel.settle();
      await atEnd();
      await panel.page.mouse.wheel(0, -300);
      await panel.button("Jump to Latest").waitFor();
    }
    await panel.emit({ type: "snapshot", snapshot: snapshot({ conversationId: "c4" }) });
    await panel.settle();
    assert.equal((await scroller()).top, 0);
    assert.equal(await panel.button("Jump to Latest").isVisible(), false);
  });

  it("stays where the person has scrolled to, until they jump", async () => {
    await open({ snapshot: long });
    await panel.page.locator(".scroller").hover();
    await panel.page.mouse.wheel(0, -300);
    await panel.button("Jump to Latest").waitFor();
    await panel.settle();
    const before = await scroller();
    assert.ok(before.left > 100);
    await grow();
    assert.equal((await scroller()).top, before.top);
    await panel.button("Jump to Latest").click();
    await atEnd();
    await grow();
    await atEnd();
    assert.equal(await panel.button("Jump to Latest").isVisible(), false);
  });

  it("moves evenly through parts that were not shown yet", async () => {
    const messages = Array.from({ length: 10 }, (_, at) => [
      question(`Question ${at}`, { id: `q${at}` }),
      answer(sampleAnswer.repeat(2), { id: `a${at}` }),
    ]).flat();
    await open({ snapshot: snapshot({ messages }) });
    await panel.page.locator(".scroller").hover();
    for (let i = 0; i < 8; i++) {
      const before = await panel.page.evaluate(() => {
        const parts = [...document.querySelectorAll(".section > *")];
        const part = parts.find((node) => node.getBoundingClientRect().top > 20);
        part?.setAttribute("id", "mark");
        return part?.getBoundingClientRect().top ?? 0;
      });
      await panel.page.mouse.wheel(0, -250);
      await panel.settle();
      await panel.settle();
      const moved = await panel.page.evaluate((top) => {
        const part = document.getElementById("mark");
        part?.removeAttribute("id");
        return (part?.getBoundingClientRect().top ?? 0) - top;
      }, before);
      assert.ok(Math.abs(moved - 250) < 3, `step ${i}: ${moved}`);
    }
  });

  it("shows the end of a long chat first, and the messages before it in order as they come", async () => {
    await open();
    await panel.page.evaluate(() => {
      window.idleWork = [];
      window.requestIdleCallback = (work) => window.idleWork.push(work);
    });
    const messages = Array.from({ length: 200 }, (_, at) => question(`Question ${at}`, { id: `m${at}` }));
    const shown = (): Promise<string[]> =>
      panel.page.locator("article").evaluateAll((all) => all.map((one) => one.textContent));
    await panel.emit({ type: "snapshot", snapshot: snapshot({ messages }) });
    await panel.settle();
    assert.equal((await shown()).length, 60);
    assert.match((await shown()).at(-1) ?? "", /Question 199/);
    assert.equal((await scroller()).left, 0);
    await panel.emit({ type: "messageAdded", message: question("The newest", { id: "new" }) });
    await panel.emit({ type: "messagesRemoved", ids: ["m3", "m198"] });
    await panel.settle();
    assert.equal((await shown()).length, 60);
    while (await panel.page.evaluate(() => window.idleWork.length > 0)) {
      await panel.page.evaluate(() => {
        for (const work of window.idleWork.splice(0)) work({ didTimeout: false, timeRemaining: () => 50 });
      });
      await panel.settle();
      assert.equal((await scroller()).left, 0);
    }
    const texts = [...messages.map(({ text }) => text), "The newest"];
    const expected = texts.filter((text) => !["Question 3", "Question 198"].includes(text));
    assert.deepEqual(await shown(), expected);
  });

  it("shows all of a long chat in browsers that cannot tell when they are idle, too", async () => {
    await open();
    await panel.page.evaluate(() => Reflect.deleteProperty(window, "requestIdleCallback"));
    const messages = Array.from({ length: 200 }, (_, at) => question("Why?", { id: `m${at}` }));
    await panel.emit({ type: "snapshot", snapshot: snapshot({ messages }) });
    await panel.page.locator(".bubble").nth(199).waitFor();
  });

  it("can be done by keyboard, and follows again at the end", async () => {
    await open({ snapshot: long });
    await panel.page.locator(".scroller").focus();
    await panel.page.keyboard.press("Home");
    await panel.page.waitForFunction(() => document.querySelector(".scroller")?.scrollTop === 0);
    await grow();
    assert.equal((await scroller()).top, 0);
    await panel.page.keyboard.press("End");
    await panel.page.locator(".jump").waitFor({ state: "hidden" });
    await grow();
    await atEnd();
  });

  it("is left by a small move upwards, and found again only by moving down", async () => {
    await open({ snapshot: long });
    const top = (by: number): Promise<void> =>
      panel.page.evaluate((by) => document.querySelector(".scroller")?.scrollBy(0, by), by);
    await top(-10);
    await panel.settle();
    const before = await scroller();
    assert.equal(before.left, 10);
    await grow();
    assert.equal((await scroller()).top, before.top);
    await top(2 ** 20);
    await panel.settle();
    await grow();
    await atEnd();
  });

  it("is found again at the end as it was when the person went there", async () => {
    await open({ snapshot: long });
    await panel.page.evaluate(() => document.querySelector(".scroller")?.scrollBy(0, -200));
    await panel.button("Jump to Latest").waitFor();
    await panel.page.evaluate(async () => {
      const box = document.querySelector<HTMLElement>(".scroller");
      const part = [...document.querySelectorAll<HTMLElement>(".markdown p")].at(-1);
      if (!box || !part) throw new Error("There is no answer");
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      box.scrollTop = box.scrollHeight;
      part.style.paddingTop = "300px";
    });
    await atEnd();
    await panel.button("Jump to Latest").waitFor({ state: "hidden" });
  });

  it("stays where the person has scrolled to when a message that waited is sent", async () => {
    const waiting = { id: "w1", text: "And then?", context: [] };
    await open({ snapshot: long });
    await panel.emit({ type: "queue", queue: { messages: [waiting], isPaused: false } });
    await panel.page.locator(".scroller").hover();
    await panel.page.mouse.wheel(0, -300);
    await panel.button("Jump to Latest").waitFor();
    await panel.settle();
    const before = await scroller();
    await panel.emit({ type: "queue", queue: { messages: [], isPaused: false } });
    await panel.page.locator(".queue").waitFor({ state: "hidden" });
    await panel.emit({ type: "messageAdded", message: question("And then?", { id: "w1" }) });
    await panel.page.getByText("And then?").waitFor();
    await panel.settle();
    assert.equal((await scroller()).top, before.top);
  });

  it("goes to the end for a message of one's own", async () => {
    await open({ snapshot: long });
    await panel.page.locator(".scroller").hover();
    await panel.page.mouse.wheel(0, -300);
    await panel.button("Jump to Latest").waitFor();
    await panel.emit({ type: "messageAdded", message: question("And?", { id: "new" }) });
    await panel.settle();
    await atEnd();
  });
});

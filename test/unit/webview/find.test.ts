import assert from "node:assert/strict";
import { Harness } from "../../support/webviewHarness/harness.ts";
import type { Panel } from "../../support/webviewHarness/panel.ts";
import { answer, question, running, snapshot } from "../../support/webviewHarness/views.ts";

describe("finding in the conversation", function () {
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

  const count = (text: string): Promise<void> =>
    panel.page.locator(".findCount").getByText(text, { exact: true }).waitFor();
  /** The text of the match that is shown, and whether it can be seen. */
  const current = (): Promise<{ text: string; isVisible: boolean }> =>
    panel.page.evaluate(() => {
      const [found] = CSS.highlights.get("valar-find-current") ?? [];
      if (found === undefined) return { text: "", isVisible: false };
      const range = new Range();
      range.setStart(found.startContainer, found.startOffset);
      range.setEnd(found.endContainer, found.endOffset);
      const { top, bottom } = range.getBoundingClientRect();
      return { text: range.toString(), isVisible: top >= 0 && bottom <= innerHeight };
    });
  const find = async (query: string): Promise<void> => {
    await panel.page.keyboard.press("Control+f");
    await panel.page.getByRole("textbox", { name: "Find in conversation" }).fill(query);
  };

  it("finds over the borders of elements, whatever the case, but not from block to block", async () => {
    const messages = [
      question("STRASSE and straße"),
      answer("It is **so** `mu`*ch*.\n\nOne\n\ntwo\n\n```ts\nconst a = 1;\n```\n"),
    ];
    panel = await harness.open({ snapshot: snapshot({ messages }) });
    for (const [query, expected] of [
      ["IS SO MUCH.", "1 of 1"],
      ["strasse", "1 of 1"],
      ["Onetwo", "No results"],
      ["a = 1", "1 of 1"],
      ["ts", "No results"],
      ["[a-z]", "No results"],
      ["s", "1 of 7"],
    ] as const) {
      await find(query);
      await count(expected);
    }
  });

  it("opens when the host asks for it, and gives the box the focus back", async () => {
    panel = await harness.open({ snapshot: snapshot({ messages: [question("one")] }) });
    await panel.emit({ type: "focusInput" });
    await panel.emit({ type: "find" });
    const input = panel.page.getByRole("textbox", { name: "Find in conversation" });
    await panel.page.keyboard.type("one");
    assert.equal(await input.inputValue(), "one");
    await count("1 of 1");
    await panel.page.keyboard.press("Escape");
    await panel.page.keyboard.type("next");
    assert.equal(await panel.box.inputValue(), "next");
  });

  it("keeps its keys from VS Code, and selects what was searched for when Ctrl+F is pressed again", async () => {
    panel = await harness.open({ snapshot: snapshot({ messages: [question("one")] }) });
    await panel.page.evaluate(() => {
      window.addEventListener("keydown", ({ key }) => (document.title += ` ${key}`));
    });
    await panel.box.focus();
    await find("one");
    await panel.page.keyboard.press("F3");
    await panel.page.keyboard.press("Control+f");
    await panel.page.keyboard.type("x");
    const input = panel.page.getByRole("textbox", { name: "Find in conversation" });
    assert.equal(await input.inputValue(), "x");
    assert.doesNotMatch(await panel.page.title(), /\b(?:f|F3)\b/);
    assert.match(await panel.page.title(), /\bx\b/);
  });

  it("has a bar that fits a narrow panel, and shows its placeholder whole", async () => {
    panel = await harness.open({ snapshot: snapshot({ messages: [question("one")] }), width: 220 });
    await panel.page.keyboard.press("Control+f");
    const input = panel.page.getByRole("textbox", { name: "Find in conversation" });
    const isWhole = await input.evaluate((box: HTMLInputElement) => {
      box.value = box.placeholder;
      return box.scrollWidth <= box.clientWidth;
    });
    assert.ok(isWhole);
    for (const query of ["", "one", "nowhere"]) {
      await input.fill(query);
      await panel.settle();
      const buttons = await panel.page.locator(".findBar button").all();
      const boxes = await Promise.all(buttons.map((button) => button.boundingBox()));
      assert.equal(boxes.length, 3);
      assert.equal(new Set(boxes.map((box) => box?.y)).size, 1, query);
    }
  });

  it("goes on with Enter and F3, back with Shift, and returns the focus on Escape", async () => {
    panel = await harness.open({
      snapshot: snapshot({ messages: [question("one two"), answer("two\n\nTwo, and tWO")] }),
    });
    await panel.box.focus();
    await find("two");
    await count("1 of 4");
    for (const [key, expected] of [
      ["Enter", "2 of 4"],
      ["F3", "3 of 4"],
      ["Shift+Enter", "2 of 4"],
      ["Shift+F3", "1 of 4"],
      ["Shift+F3", "4 of 4"],
      ["Enter", "1 of 4"],
    ] as const) {
      await panel.page.keyboard.press(key);
      await count(expected);
    }
    const markup = await panel.log.innerHTML();
    await panel.page.keyboard.press("Escape");
    assert.equal(await panel.log.innerHTML(), markup);
    assert.equal(await panel.page.evaluate(() => CSS.highlights.size), 0);
    assert.equal(
      await panel.page.evaluate(() => document.activeElement?.getAttribute("aria-label")),
      "Message",
    );
  });

  it("finds in messages that are not on the page yet, and shows the match", async () => {
    const messages = Array.from({ length: 1000 }, (_, at) =>
      at % 2 === 0
        ? question(`Question ${at}`, { id: `m${at}` })
        : answer(`Answer ${at}. ${"More text. ".repeat(40)}`, { id: `m${at}` }),
    );
    panel = await harness.open({ snapshot: snapshot({ messages }) });
    await find("Question 4");
    await panel.page
      .locator(".findCount")
      .getByText(/ of 56$/)
      .waitFor();
    await panel.page.keyboard.press("Enter");
    assert.deepEqual(await current(), { text: "Question 4", isVisible: true });
  });

  it("leaves out reasoning that is folded away, and finds it once it is open", async () => {
    const thought = answer("One cart.", { reasoning: "A cart and another cart." });
    panel = await harness.open({ snapshot: snapshot({ messages: [thought] }) });
    const toggle = panel.page.locator(".reasoningToggle");
    await toggle.click();
    await toggle.click();
    await find("cart");
    await count("1 of 1");
    await toggle.click();
    await count("3 of 3");
    await toggle.click();
    await count("1 of 1");
  });

  it("stays right while an answer streams", async () => {
    panel = await harness.open({
      snapshot: snapshot({ messages: [question("cart"), answer("A ca", running)] }),
    });
    await find("cart");
    await count("1 of 1");
    const delta = { type: "delta", messageId: "a1", reasoning: "", refusal: "" } as const;
    await panel.emit({ ...delta, content: "rt and **an" });
    await count("1 of 2");
    await panel.emit({ ...delta, content: "other car**t." });
    await count("1 of 3");
    await panel.emit({ type: "messagesRemoved", ids: ["a1"] });
    await count("1 of 1");
  });
});

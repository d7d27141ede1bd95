import assert from "node:assert/strict";
import { Harness } from "../../support/webviewHarness/harness.ts";
import { hostileAnswers } from "../../support/webviewHarness/hostile.ts";
import { answer, question, running, snapshot } from "../../support/webviewHarness/views.ts";

const allowed = new Set([
  ..."ARTICLE DIV SPAN P BUTTON svg path PRE CODE EM STRONG DEL BR HR UL OL LI INPUT".split(" "),
  ..."BLOCKQUOTE TABLE THEAD TBODY TR TH TD".split(" "),
]);
const allowedAttributes =
  /^(class|title|role|tabindex|data-(?:href|path|line|action)|hidden|type|disabled|checked|start|aria-[a-z]+|id|viewBox|d)$/;

describe("a hostile answer", function () {
  this.timeout(30_000);
  let harness: Harness;
  before(async () => {
    harness = await Harness.launch();
  });
  after(() => harness.close());

  it("fetches, runs and opens nothing, restored or streamed", async () => {
    const restored = hostileAnswers.map((text, at) =>
      answer(text, { id: `r${at}`, reasoning: text, refusal: at % 5 === 0 ? text : "" }),
    );
    const panel = await harness.open({
      snapshot: snapshot({ messages: [question(hostileAnswers.join("\n")), ...restored] }),
    });
    panel.page.on("dialog", (dialog) => {
      panel.errors.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    for (const [at, text] of hostileAnswers.entries()) {
      const id = `s${at}`;
      await panel.emit({ type: "messageAdded", message: answer("", { ...running, id }) });
      for (const piece of text.match(/[\s\S]{1,120}/gu) ?? []) {
        await panel.emit({ type: "delta", messageId: id, content: piece, reasoning: piece, refusal: "" });
      }
      const state = { type: "complete", truncated: false } as const;
      await panel.emit({ type: "answerState", messageId: id, state, figures: undefined });
    }
    for (const toggle of await panel.page.locator(".reasoningToggle").all()) await toggle.click();
    for (const link of await panel.page.locator("[data-href]").all()) {
      await link.evaluate((node) => {
        if (node instanceof HTMLElement) node.click();
      });
    }
    await panel.settle();
    assert.deepEqual(panel.unexpectedRequests, []);
    assert.deepEqual(panel.errors, []);
    assert.equal(new URL(panel.page.url()).origin, "https://panel.test");
    assert.equal(panel.page.context().pages().length, 1);

    const found = await panel.log.evaluate((log) =>
      [...log.querySelectorAll("*")].map((node) => ({
        tag: node.tagName,
        attributes: node.getAttributeNames(),
      })),
    );
    assert.ok(found.length > 500);
    for (const { tag, attributes } of found) {
      assert.ok(allowed.has(tag), tag);
      for (const name of attributes) assert.match(name, allowedAttributes, `${tag} ${name}`);
    }
    const asked = panel.requests("openLink").map((params) => (params as { href: string }).href);
    assert.ok(asked.length > 0);
    for (const href of asked) assert.match(href, /^https:\/\/[^@/]+\//);
    await panel.close();
  });

  it("shows what would not be seen", async () => {
    const panel = await harness.open({
      snapshot: snapshot({
        messages: [
          question("own \u202etext"),
          answer("a\u202eb `c\u200bd` \u{e0041}\n\n```js\nif (x\u2066) {}\n```\n\n<b\u202e>\n"),
        ],
      }),
    });
    const marks = await panel.page.locator(".invisible").allTextContents();
    assert.deepEqual(marks.sort(), ["U+200B", "U+202E", "U+202E", "U+202E", "U+2066", "U+E0041"]);
    const text = await panel.log.textContent();
    assert.doesNotMatch(text ?? "", /[\u202a-\u202e\u2066-\u2069\u200b]/);
    await panel.close();
  });
});

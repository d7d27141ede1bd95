import assert from "node:assert/strict";
import type { HostEvent } from "../../../src/protocol/chat.ts";
import { hostileAnswers } from "../../support/hostile/corpus.ts";
import { faultsOf, sightOf, watch } from "../../support/hostile/witness.ts";
import { seededRandom } from "../../support/simulator/random.ts";
import { Harness } from "../../support/webviewHarness/harness.ts";
import type { Panel } from "../../support/webviewHarness/panel.ts";
import { answer, question, running, snapshot } from "../../support/webviewHarness/views.ts";

describe("a hostile answer", function () {
  this.timeout(60_000);
  let harness: Harness;
  before(async () => {
    harness = await Harness.launch();
  });
  after(() => harness.close());

  /** Presses everything that may be pressed, and tells what became of the page. */
  async function assertHarmless(panel: Panel, head: string): Promise<void> {
    for (const toggle of await panel.page.locator(".reasoningToggle").all())
      await toggle.dispatchEvent("click");
    await panel.log.evaluate((log) => {
      for (const link of log.querySelectorAll<HTMLElement>(".link,.refusedLink,.fileLink")) link.click();
    });
    await panel.settle();
    assert.deepEqual(panel.unexpectedRequests, []);
    assert.deepEqual(panel.errors, []);
    assert.equal(new URL(panel.page.url()).origin, "https://panel.test");
    assert.equal(panel.page.context().pages().length, 1);
    const sight = await panel.log.evaluate(sightOf);
    assert.ok(sight.kinds.length > 20);
    assert.deepEqual(faultsOf(sight), []);
    assert.equal(sight.head, head);
    const asked = (await panel.asked("openLink")).map((params) => (params as { href: string }).href);
    assert.ok(asked.length > 20);
    for (const href of asked) assert.match(href, /^https:\/\/[^@/]+\//);
  }

  async function open(options: Parameters<Harness["open"]>[0]): Promise<{ panel: Panel; head: string }> {
    const panel = await harness.open(options);
    panel.page.on("dialog", (dialog) => {
      panel.errors.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await panel.log.evaluate(watch);
    return { panel, head: (await panel.log.evaluate(sightOf)).head };
  }

  it("fetches, runs and opens nothing when it is restored", async () => {
    const messages = hostileAnswers.map((text, at) =>
      answer(text, { id: `r${at}`, reasoning: text, refusal: at % 5 === 0 ? text : "" }),
    );
    const { panel, head } = await open({
      snapshot: snapshot({ messages: [question(hostileAnswers.join("\n")), ...messages] }),
    });
    await panel.page.getByRole("article").nth(hostileAnswers.length).waitFor();
    // The page fills those that are out of sight when it has time.
    await panel.page.waitForFunction(() => document.querySelector("article:empty") === null);
    await assertHarmless(panel, head);
    await panel.close();
  });

  for (const seed of [1, 2]) {
    it(`fetches, runs and opens nothing while it streams in random cuts (seed ${String(seed)})`, async () => {
      const { panel, head } = await open({});
      const random = seededRandom(seed);
      const rest = hostileAnswers.map((text, at) => ({ id: `s${at}`, text, from: 0 }));
      await panel.emitAll(
        rest.map(({ id }) => ({ type: "messageAdded", message: answer("", { ...running, id }) })),
      );
      while (rest.some(({ text, from }) => from < text.length)) {
        const events: HostEvent[] = [];
        for (const answering of rest) {
          const { text, from } = answering;
          if (from >= text.length) continue;
          const size = 1 + Math.floor(random() ** 2 * Math.max(60, text.length / 8));
          answering.from += size;
          const piece = text.slice(from, from + size);
          events.push({
            type: "delta",
            messageId: answering.id,
            content: piece,
            reasoning: piece,
            refusal: "",
          });
        }
        await panel.emitAll(events);
        await panel.settle();
      }
      const state = { type: "complete", truncated: false } as const;
      await panel.emitAll(
        rest.map(({ id }) => ({ type: "answerState", messageId: id, state, figures: undefined })),
      );
      await assertHarmless(panel, head);
      await panel.close();
    });
  }

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

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import fc from "fast-check";
import { Harness } from "../../support/webviewHarness/harness.ts";
import type { Panel } from "../../support/webviewHarness/panel.ts";
import { sampleAnswer } from "../../support/webviewHarness/views.ts";
import { markdownText } from "../core/markdown/markdownText.ts";

const spec: unknown = createRequire(import.meta.url)("commonmark-spec");
const examples = (spec as { tests: { number: number; markdown: string; html: string }[] }).tests;

describe("the rendered markdown", function () {
  this.timeout(60_000);
  let harness: Harness;
  let panel: Panel;
  before(async () => {
    harness = await Harness.launch();
    panel = await harness.open();
  });
  after(() => harness.close());

  const difference = (texts: string[][]): Promise<unknown> =>
    panel.page.evaluate((all) => window.firstDifference(all), texts);

  it("is the same for every CommonMark example streamed character by character", async () => {
    assert.equal(await difference(examples.map(({ markdown }) => markdown.split(""))), undefined);
  });

  it("is the same for random markdown in random cuts", async () => {
    const pieces = fc
      .tuple(markdownText, fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 20 }))
      .map(([text, lengths]) => {
        const cut: string[] = [];
        for (let at = 0, i = 0; at < text.length; i++) {
          const length = lengths[i % lengths.length] ?? 1;
          cut.push(text.slice(at, at + length));
          at += length;
        }
        return cut;
      });
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { minLength: 20, maxLength: 20 }), async (texts) => {
        assert.equal(await difference(texts), undefined);
      }),
      { numRuns: 30 },
    );
  });

  it("says the same as the specification's own HTML", async () => {
    // Where ours differs on purpose: raw HTML is shown, images and links that are not https are described.
    const plain = examples.filter(
      ({ html }) => !/<(?!\/?(?:p|h\d|em|strong|ul|ol|li|blockquote|pre|code|hr|br)\b)/.test(html),
    );
    assert.ok(plain.length > 350, `${plain.length}`);
    for (const { number, markdown, html } of plain) {
      const texts = await panel.page.evaluate(
        async ([source, reference]) => {
          const ours = document.createElement("div");
          // A string of our own renderer and one of the specification, in a test page without a network.
          ours.innerHTML = await window.renderPieces([source]);
          for (const header of ours.querySelectorAll(".codeHeader")) header.remove();
          const theirs = new DOMParser().parseFromString(reference, "text/html").body;
          const words = (node: Element): string => node.textContent.replace(/\s+/g, "");
          const shape = (node: Element): string =>
            [...node.querySelectorAll("em,strong,li,blockquote,hr,br,code")]
              .map((child) => child.tagName)
              .join(" ");
          return [`${words(ours)} | ${shape(ours)}`, `${words(theirs)} | ${shape(theirs)}`] as const;
        },
        [markdown.replaceAll("→", "\t"), html.replaceAll("→", "\t")] as const,
      );
      if (/<[a-z/!?]/i.test(markdown.replace(/`[^`]*`/g, ""))) continue;
      assert.equal(texts[0], texts[1], `example ${number}`);
    }
  });

  it("does not touch finished parts again", async () => {
    const changed = await panel.page.evaluate((text) => {
      const view = window.newView();
      document.body.append(view.element);
      const half = text.indexOf("## A shorter");
      view.append(text.slice(0, half + 30));
      const finished = [...view.element.querySelectorAll(".section > *")].slice(0, -1);
      const observer = new MutationObserver(() => undefined);
      for (const part of finished) {
        observer.observe(part, { subtree: true, childList: true, characterData: true, attributes: true });
      }
      for (const char of text.slice(half + 30)) view.append(char);
      view.end();
      const records = observer.takeRecords().length;
      view.element.remove();
      return { records, finished: finished.length };
    }, sampleAnswer);
    assert.ok(changed.finished >= 3);
    assert.equal(changed.records, 0);
  });

  it("writes each line of code once it is there, and no line before", async () => {
    const touched = await panel.page.evaluate(() => {
      const view = window.newView();
      document.body.append(view.element);
      view.append("```js\n" + "let a = 1;\n".repeat(120) + "let b");
      const lines = [...view.element.querySelectorAll(".line")];
      const observer = new MutationObserver(() => undefined);
      for (const line of lines.slice(0, -1))
        observer.observe(line, { childList: true, characterData: true, subtree: true });
      view.append(" = 2;\nlet c = 3;\n```\n\nText");
      const records = observer.takeRecords().length;
      const text = view.element.querySelector("code")?.textContent;
      view.element.remove();
      return { records, count: lines.length, text };
    });
    assert.equal(touched.count, 121);
    assert.equal(touched.records, 0);
    assert.equal(touched.text, "let a = 1;\n".repeat(120) + "let b = 2;\nlet c = 3;\n");
  });
});

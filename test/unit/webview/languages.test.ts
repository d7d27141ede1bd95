import assert from "node:assert/strict";
import { cutOff } from "../../support/webviewHarness/cutOff.ts";
import { Harness } from "../../support/webviewHarness/harness.ts";
import { pseudo } from "../../support/webviewHarness/languages.ts";
import type { Panel } from "../../support/webviewHarness/panel.ts";
import { states } from "../../support/webviewHarness/states.ts";

/** Words in every language alike: the product's name, names of keys, and “k” and “M” for thousands and millions. */
const names = /\b(Valar|VS Code|[kM])\b/g;

describe("the panel in a language of longer texts", function () {
  this.timeout(60_000);
  let harness: Harness;
  before(async () => {
    harness = await Harness.launch();
  });
  after(() => harness.close());

  for (const [name, state] of Object.entries(states)) {
    it(`says nothing in words of its own and cuts nothing off: ${name}`, async () => {
      const panel = await harness.open({ ...state.options, language: pseudo });
      await state.act?.(panel);
      const given = JSON.stringify(panel.told);
      const own = (await shownTexts(panel)).filter(
        (text) => !given.includes(text) && hasOwnWords(text, given),
      );
      assert.deepEqual(own, []);
      assert.deepEqual(await cutOff(panel), []);
      await panel.close();
    });
  }
});

/** Whether words are left without those that were translated and those that the host gave. */
function hasOwnWords(text: string, given: string): boolean {
  let rest = text.replaceAll(names, "");
  for (let before = ""; before !== rest;) {
    before = rest;
    rest = rest.replace(/⟦[^⟦⟧]*⟧/g, " ");
  }
  return (rest.match(/[\p{L}\d./_-]*\p{L}{2}[\p{L}\d./_-]*/gu) ?? []).some((word) => !given.includes(word));
}

/** Texts and what screen readers and tooltips say, but for what people and models wrote. */
function shownTexts(panel: Panel): Promise<string[]> {
  return panel.page.evaluate(() => {
    const written = ".markdown, .reasoningText, pre, .bubble, script, style";
    const attributes = ["aria-label", "aria-description", "aria-valuetext", "title", "placeholder", "alt"];
    const texts: string[] = [];
    for (const node of document.querySelectorAll("body, body *")) {
      if (node.closest(written) !== null && !node.matches("button, button *")) continue;
      for (const name of attributes) texts.push(node.getAttribute(name) ?? "");
      for (const child of node.childNodes) if (child instanceof Text) texts.push(child.data);
    }
    return [...new Set(texts.map((text) => text.trim()).filter((text) => text !== ""))];
  });
}

import assert from "node:assert/strict";
import { shownTexts, withOwnWords } from "../../support/ownWords.ts";
import { cutOff } from "../../support/webviewHarness/cutOff.ts";
import { Harness } from "../../support/webviewHarness/harness.ts";
import { pseudo } from "../../support/webviewHarness/languages.ts";
import { states } from "../../support/webviewHarness/states.ts";

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
      const shown = await shownTexts(panel.page);
      // What is shown may come while the texts are read.
      assert.deepEqual(withOwnWords(shown, JSON.stringify(panel.told)), []);
      assert.deepEqual(await cutOff(panel), []);
      await panel.close();
    });
  }
});

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Harness, themeNames } from "../../support/webviewHarness/harness.ts";
import { states } from "../../support/webviewHarness/states.ts";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface AxeResult {
  violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[];
}
declare global {
  interface Window {
    axe: { run: (context: Document, options: object) => Promise<AxeResult> };
  }
}

describe("accessibility", function () {
  this.timeout(60_000);
  let harness: Harness;
  before(async () => {
    harness = await Harness.launch();
  });
  after(() => harness.close());

  for (const [at, [name, state]] of Object.entries(states).entries()) {
    // Every state in one theme, each theme in its turn; the states with most parts in all of them.
    const themes =
      name === "finished" || name === "code" ? themeNames : [themeNames[at % themeNames.length] ?? "dark"];
    for (const theme of themes) {
      it(`has no violations: ${name}, ${theme}`, async () => {
        const panel = await harness.open({ ...state.options, theme });
        await state.act?.(panel);
        await panel.page.addScriptTag({ content: axeSource }).catch(() => panel.page.evaluate(axeSource));
        const { violations } = await panel.page.evaluate(() =>
          window.axe.run(document, { resultTypes: ["violations"] }),
        );
        const found = violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map((n) => `${n.html} ${n.failureSummary ?? ""}`).join("\n")}`,
        );
        assert.deepEqual(found, []);
        await panel.close();
      });
    }
  }
});

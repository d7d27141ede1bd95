import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cutOff } from "../../support/webviewHarness/cutOff.ts";
import { Harness } from "../../support/webviewHarness/harness.ts";
import type { Panel } from "../../support/webviewHarness/panel.ts";
import { states } from "../../support/webviewHarness/states.ts";
import { themeNames } from "../../support/webviewHarness/themes.ts";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface AxeResult {
  violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[];
}
declare global {
  interface Window {
    axe: { run: (context: Document, options: object) => Promise<AxeResult> };
  }
}

/** The rules whose outcome depends on colours. */
const colourRules = ["color-contrast", "link-in-text-block"];
/** From the narrowest that VS Code allows, and 640 px at 200 %, to a panel of its own. */
const widths = [170, 320, 900];

describe("every state of the panel", function () {
  this.timeout(60_000);
  let harness: Harness;
  before(async () => {
    harness = await Harness.launch();
  });
  after(() => harness.close());

  for (const [name, state] of Object.entries(states)) {
    it(`is accessible in every theme and cuts nothing off at any width: ${name}`, async () => {
      const panel = await harness.open(state.options);
      await state.act?.(panel);
      await panel.page.evaluate(axeSource);
      for (const [at, theme] of themeNames.entries()) {
        await panel.dress(theme);
        assert.deepEqual(await violations(panel, at === 0 ? undefined : colourRules), [], theme);
      }
      for (const width of widths) {
        await panel.page.setViewportSize({ width, height: 700 });
        await panel.settle();
        assert.deepEqual(await cutOff(panel), [], `${width} px`);
      }
      await panel.close();
    });
  }
});

async function violations(panel: Panel, rules: readonly string[] | undefined): Promise<string[]> {
  const { violations: found } = await panel.page.evaluate(
    (runOnly) => window.axe.run(document, { resultTypes: ["violations"], ...(runOnly && { runOnly }) }),
    rules,
  );
  return found.map(
    ({ id, nodes }) => `${id}: ${nodes.map((n) => `${n.html} ${n.failureSummary ?? ""}`).join("\n")}`,
  );
}

import assert from "node:assert/strict";
import { errors } from "playwright-core";
import { until } from "../support/realVscode/until.ts";
import { useStage } from "./support/stage.ts";

const file = "src/wrong.ts";
const content = `export function sumOf(items: number[]): number {
  let sum = 0;
  for (let i = 0; i < items.length; i++) {
    sum = sum + items[i];
  }
  return summ;
}
`;

function ignoreTimeout(error: unknown): false {
  if (!(error instanceof errors.TimeoutError)) throw error;
  return false;
}

describe("the lightbulb", () => {
  const stage = useStage({ files: { [file]: content } });

  it("offers Fix and Explain on a problem, in a window where Valar was not used yet", async () => {
    const { window, simulator } = stage;
    await window.openFile(file);
    await window.page.locator(".squiggly-error").first().waitFor();
    await window.select(file, [5, 10], [5, 10]);
    // The menu shows what there is when it opens; on a slow machine the problem's actions may come later.
    await until("the actions on the problem", async () => {
      await window.page.keyboard.press("Escape");
      await window.page.keyboard.press("Control+.");
      const explain = window.page.getByText("Explain with Valar");
      return explain.waitFor({ timeout: 4000 }).then(() => true, ignoreTimeout);
    });
    await window.page.getByText("Fix with Valar").click();
    await window.statusBarItem("1 edit to review").waitFor();
    const body = JSON.stringify(simulator.requests.at(-1)?.body);
    assert.match(body, /error \(ts \d+\): Cannot find name 'summ'/);
    assert.match(body, /<selection>\\nexport function sumOf/);
    await window.page.keyboard.press("Escape");
    await window.statusBarItem("1 edit to review").waitFor({ state: "hidden" });
    assert.equal(await window.editorText(file), content);
    assert.equal(await window.savedText(file), content);
  });
});

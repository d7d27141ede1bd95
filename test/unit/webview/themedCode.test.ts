import assert from "node:assert/strict";
import { Harness } from "../../support/webviewHarness/harness.ts";
import type { Panel } from "../../support/webviewHarness/panel.ts";
import { answer, question, snapshot } from "../../support/webviewHarness/views.ts";

describe("code in the theme's own colours", function () {
  this.timeout(30_000);
  let harness: Harness;
  let panel: Panel;
  before(async () => {
    harness = await Harness.launch();
  });
  beforeEach(async () => {
    const code = answer("```js\nreturn 12; // Done\n```\n", { id: "a" });
    panel = await harness.open({ snapshot: snapshot({ messages: [question("Code?"), code] }) });
    await panel.page.locator(".tok-comment").waitFor();
  });
  afterEach(async () => {
    assert.deepEqual(panel.errors, []);
    await panel.close();
  });
  after(() => harness.close());

  const colourOf = (kind: string): Promise<string> =>
    panel.page.locator(`.tok-${kind}`).evaluate((token) => getComputedStyle(token).color);

  it("has them where there are any, and goes back when there are none", async () => {
    const keyword = await colourOf("keyword");
    const number = await colourOf("number");
    await panel.emit({ type: "codeColours", colours: { keyword: "#c586c0" } });
    assert.equal(await colourOf("keyword"), "rgb(197, 134, 192)");
    assert.equal(await colourOf("number"), number);
    await panel.emit({ type: "codeColours", colours: {} });
    assert.equal(await colourOf("keyword"), keyword);
  });

  it("stays readable with a colour as the background is, and when the background changes", async () => {
    await panel.emit({ type: "codeColours", colours: { comment: "#2b2b2b", number: "#ffffff" } });
    const onDark = await colourOf("comment");
    assert.ok(Number(/\d+/.exec(onDark)?.[0]) > 120, onDark);
    assert.equal(await colourOf("number"), "rgb(255, 255, 255)");
    await panel.dress("light");
    await panel.settle();
    assert.equal(await colourOf("comment"), "rgb(43, 43, 43)");
    const onLight = await colourOf("number");
    assert.ok(Number(/\d+/.exec(onLight)?.[0]) < 120, onLight);
  });
});

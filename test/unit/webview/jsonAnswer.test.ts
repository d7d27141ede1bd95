import assert from "node:assert/strict";
import { Harness } from "../../support/webviewHarness/harness.ts";
import type { Panel } from "../../support/webviewHarness/panel.ts";
import { answer, figures, question, running, snapshot } from "../../support/webviewHarness/views.ts";

describe("an answer in JSON", function () {
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

  const complete = { type: "complete", truncated: false } as const;
  const code = async (): Promise<string> => (await panel.page.locator("pre").textContent()) ?? "";
  const note = () => panel.page.locator(".answerEnd .note");

  it("is shown as it comes, then indented and coloured, and copied as the model wrote it", async () => {
    const start = answer('{"big":12345678901234567890,', { id: "a", isJson: true, ...running });
    panel = await harness.open({ snapshot: snapshot({ messages: [question("Numbers?"), start] }) });
    await panel.page.locator("pre").getByText('{"big":12345678901234567890,').waitFor();
    await panel.emit({ type: "delta", messageId: "a", content: '"list":[1.0]}', reasoning: "", refusal: "" });
    await panel.emit({ type: "answerState", messageId: "a", state: complete, figures });
    await panel.page.locator("pre").getByText('"list": [').waitFor();
    const pretty = '{\n  "big": 12345678901234567890,\n  "list": [\n    1.0\n  ]\n}';
    assert.equal((await code()).trim(), pretty);
    await panel.page.locator("pre [class*=tok-]").first().waitFor();
    assert.equal(await note().count(), 0);
    await panel.page.locator(".answerFooter").getByRole("button", { name: "Copy" }).click();
    assert.deepEqual(await panel.asked("copy"), [{ text: '{"big":12345678901234567890,"list":[1.0]}' }]);
    await panel.page.locator(".codeBlock").getByRole("button", { name: "Copy" }).first().click();
    assert.deepEqual((await panel.asked("copy")).at(-1), { text: pretty });
  });

  it("that is none says so, and is shown as it came, a fence in it too", async () => {
    const text = 'Sure:\n```json\n{"a": 1}\n```\n**Bold**';
    const view = answer(text, { isJson: true, state: complete });
    panel = await harness.open({ snapshot: snapshot({ messages: [question("JSON?"), view] }) });
    await note().getByText("is not valid JSON").waitFor();
    assert.equal((await code()).trim(), text);
  });

  it("that was stopped or cut off is not called invalid", async () => {
    const cut = answer('{"a": [1, 2', {
      id: "b",
      isJson: true,
      state: { type: "complete", truncated: true },
    });
    const stopped = answer('{"a": [1, 2', { id: "c", isJson: true, state: { type: "cancelled" } });
    panel = await harness.open({ snapshot: snapshot({ messages: [question("JSON?"), cut, stopped] }) });
    assert.deepEqual(await note().allInnerTexts(), [
      "The answer stopped at the token limit and may be incomplete.",
      "Stopped. What arrived is kept.",
    ]);
  });
});

import assert from "node:assert/strict";
import path from "node:path";
import { until } from "../support/realVscode/until.ts";
import { useStage } from "./support/stage.ts";
import type { Workbench } from "./support/workbench.ts";

// VS Code 1.139 reads a JSON file of its own as a document at every start: Valar does not start for JSON alone.
describe("a window with nothing open", () => {
  const stage = useStage({
    isSignedIn: false,
    settings: { "chat.disableAIFeatures": false },
    window: () => ({ isEmpty: true }),
  });
  let window: Workbench;
  before(() => ({ window } = stage));

  const isActive = () => window.helper.ask("isActive", { extension: "valar-vscode.valar" });
  async function assertQuiet(): Promise<void> {
    assert.deepEqual(await window.notificationTexts(), []);
    assert.equal(await window.page.locator(".notifications-center .notification-list-item").count(), 0);
    assert.equal(stage.simulator.requests.length, 0);
    const side = window.page.locator("#workbench\\.parts\\.sidebar");
    assert.equal(await side.getByText("Valar", { exact: true }).count(), 0);
  }

  it("hears and sees nothing of Valar, which asks nothing of the server", async () => {
    await window.page.getByRole("tab", { name: "Valar", exact: true }).waitFor();
    assert.ok((await window.offeredCommands("Valar: New Chat")).includes("Valar: New Chat"));
    await assertQuiet();
    assert.equal(await window.page.locator(".tabs-container .tab").count(), 0);
    assert.equal(await isActive(), false);
  });

  it("has it as soon as code is opened, still without a word", async () => {
    await window.openFile(path.join(stage.vscode.workspace, "src/cart.ts"));
    await until("Valar to be active", isActive);
    await window.page.getByRole("button", { name: /^Valar: No API token is set\./ }).waitFor();
    await assertQuiet();
    assert.equal(await window.page.locator(".tabs-container .tab").count(), 1);
  });
});

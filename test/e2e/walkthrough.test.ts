import assert from "node:assert/strict";
import { testKey } from "../support/simulator/config.ts";
import { until } from "../support/realVscode/until.ts";
import { useStage } from "./support/stage.ts";

describe("the walkthrough", () => {
  const stage = useStage({ isSignedIn: false });
  const guide = () => stage.window.page.locator(".gettingStartedContainer");
  const step = (id: string) => guide().locator(`[data-step-id="valar-vscode.valar#start#${id}"]`);
  const isDone = async (id: string) =>
    (await step(id).getByRole("checkbox").getAttribute("aria-checked")) === "true";
  const done = (id: string) => until(`${id} to be done`, () => isDone(id));

  before(async () => {
    await stage.window.page.setViewportSize({ width: 1700, height: 900 });
    await stage.window.execute("workbench.action.openWalkthrough", "valar-vscode.valar#start");
    await step("token").waitFor();
  });

  it("has four steps, none of them done, and a picture", async () => {
    assert.equal(await guide().locator(".getting-started-step").count(), 4);
    for (const id of ["token", "chat", "edit", "price"]) assert.equal(await isDone(id), false, id);
    await step("token").getByText("Valar stores every response.").waitFor();
    const media = stage.window.page.locator(".getting-started-media");
    await until("the picture", async () => {
      const { width, height } = (await media.boundingBox()) ?? { width: 0, height: 0 };
      return width > 100 && height > 100;
    });
    await stage.window.screenshot("walkthrough");
  });

  it("is done with the token once there is one, and not before", async () => {
    const box = stage.window.inputBox();
    await step("token").getByRole("button", { name: "Set API Token" }).click();
    await until("a password box", async () => (await box.getAttribute("type")) === "password");
    await box.press("Escape");
    await box.waitFor({ state: "hidden" });
    assert.equal(await isDone("token"), false);
    await step("token").getByRole("button", { name: "Set API Token" }).click();
    await until("a password box", async () => (await box.getAttribute("type")) === "password");
    await box.fill(testKey);
    await box.press("Enter");
    await done("token");
  });

  it("leads to the chat", async () => {
    await step("chat").locator(".step-title").click();
    await step("chat").getByRole("button", { name: "Open the Chat" }).click();
    const box = (await stage.window.chatFrame()).getByRole("textbox", { name: "Message" });
    // What opens before it has the focus is closed by that.
    await until("the box to have the focus", () =>
      box.evaluate((node) => document.hasFocus() && node === document.activeElement),
    );
    await done("chat");
  });

  it("leads to what a model costs", async () => {
    await step("price").locator(".step-title").click();
    const models = stage.window.page.locator(".quick-input-list .monaco-list-row").first();
    // What the step before opened may take the focus late, and that closes a list.
    await until("the models", async () => {
      if (await models.isVisible()) return true;
      await step("price").getByRole("button", { name: "Select Model…" }).click();
      return models.waitFor({ timeout: 5000 }).then(
        () => true,
        () => false,
      );
    });
    await stage.window.page.keyboard.press("Escape");
    await done("price");
    assert.equal(await isDone("edit"), false);
  });
});

import assert from "node:assert/strict";
import { testKey } from "../support/simulator/config.ts";
import { until } from "../support/realVscode/until.ts";
import { ChatPanel } from "./support/chatPanel.ts";
import { useStage } from "./support/stage.ts";

describe("the account", () => {
  const stage = useStage();

  it("has a token from the environment, and says so: in the empty chat and in the status bar", async () => {
    const panel = await ChatPanel.open(stage.window);
    const said = "The API token comes from the environment variable VALAR_API_KEY";
    await panel.frame.locator(".tokenNote").getByText(said).waitFor();
    await stage.window.screenshot("token-environment");
    await stage.window.page.getByRole("button", { name: /^Valar: / }).hover();
    await stage.window.page.locator(".monaco-hover, .workbench-hover").getByText(said).waitFor();
  });

  it("tells of a base URL that is not allowed, not of a missing token, in the panel and in the status bar, with a way to the settings", async () => {
    const panel = await ChatPanel.open(stage.window);
    const { page } = stage.window;
    await stage.window.changeSetting("valar.baseUrl", "http://evil.example/v1");
    const said = "The base URL cannot be used.";
    await panel.frame.getByRole("heading", { name: said }).waitFor();
    assert.equal(await panel.button("Set API Token").isVisible(), false);
    const status = page.getByRole("button", { name: `Valar: ${said}` });
    await stage.window.execute("notifications.clearAll");
    await status.hover();
    await page.locator(".monaco-hover, .workbench-hover").getByText(said).waitFor();
    await stage.window.screenshot("token-bad-base-url");
    const settings = page.locator(".settings-editor").getByText("Base Url", { exact: true }).first();
    await page.locator(".monaco-hover, .workbench-hover").getByText("Open Settings").click();
    await settings.waitFor();
    await stage.window.execute("workbench.action.closeAllEditors");
    await settings.waitFor({ state: "detached" });
    await panel.button("Open Settings").click();
    await settings.waitFor();
    await stage.window.screenshot("token-base-url-settings");
    await stage.window.execute("workbench.action.closeAllEditors");
    await stage.window.changeSetting("valar.baseUrl", stage.simulator.baseUrl);
    await panel.frame.getByRole("heading", { name: said }).waitFor({ state: "hidden" });
    await status.waitFor({ state: "detached" });
  });
});

describe("the API token", () => {
  const stage = useStage({ isSignedIn: false });

  it("is asked for when there is none, and what was typed stays", async () => {
    const panel = await ChatPanel.open(stage.window);
    await panel.button("Set API Token").first().waitFor();
    await panel.button("Get a Key").first().waitFor();
    await panel.ask("Keep this.");
    await panel.frame.getByText("No API token is set.", { exact: true }).waitFor();
    assert.equal(await panel.box.inputValue(), "Keep this.");
    assert.equal(stage.simulator.requests.length, 0);
  });

  it("is refused when the API does not know it, and nothing is stored", async () => {
    await stage.window.runCommand("Valar: Set API Token");
    await until(
      "a password box",
      async () => (await stage.window.inputBox().getAttribute("type")) === "password",
    );
    await stage.window.inputBox().fill("sk_wrong_token_123456");
    await stage.window.page.keyboard.press("Enter");
    const message = stage.window.notification("Valar does not know this token. Nothing was stored.");
    await message.waitFor();
    await message.getByRole("button", { name: "Try Again" }).click();
    await until(
      "what was typed, to be mended",
      async () => (await stage.window.inputBox().inputValue()) === "sk_wrong_token_123456",
    );
    await stage.window.inputBox().press("Escape");
    await stage.window.inputBox().waitFor({ state: "hidden" });
  });

  it("is checked against the models list, stored, and used", async () => {
    const panel = await ChatPanel.open(stage.window);
    const isBoxFocused = () =>
      panel.frame.evaluate(() => document.hasFocus() && document.activeElement?.tagName === "TEXTAREA");
    const askForToken = async () => {
      await panel.button("Set API Token").first().click();
      await until(
        "a password box",
        async () => (await stage.window.inputBox().getAttribute("type")) === "password",
      );
    };
    await askForToken();
    await stage.window.inputBox().press("Escape");
    await until("the focus in the box again", isBoxFocused);
    await askForToken();
    await stage.window.inputBox().fill(`  ${testKey}  `);
    await stage.window.page.keyboard.press("Enter");
    await stage.window.notification("The API token is set.").waitFor();
    assert.equal(stage.simulator.requests.at(-1)?.path, "/v1/models");
    await panel.button("Set API Token").first().waitFor({ state: "hidden" });
    await until("the focus in the box", isBoxFocused);
    assert.match(await panel.answerTo("Say: the token works"), /the token works/);
  });

  it("is gone after Clear API Token", async () => {
    await stage.window.runCommand("Valar: Clear API Token");
    await stage.window.notification("The API token was removed.").waitFor();
    const panel = await ChatPanel.open(stage.window);
    await panel.button("Set API Token").first().waitFor();
    const before = stage.simulator.requests.length;
    await panel.ask("Anyone there?");
    await panel.frame.getByText("No API token is set.", { exact: true }).waitFor();
    assert.equal(stage.simulator.requests.length, before);
  });
});

import assert from "node:assert/strict";
import { testKey } from "../support/simulator/config.ts";
import { startSimulator, type Simulator } from "../support/simulator/server.ts";
import { until } from "../support/realVscode/until.ts";
import { ChatPanel } from "./support/chatPanel.ts";
import { launchVscode, type RealVscode } from "./support/launch.ts";
import type { Workbench } from "./support/workbench.ts";

describe("the API token", () => {
  let simulator: Simulator;
  let vscode: RealVscode;
  let window: Workbench;

  before(async () => {
    simulator = await startSimulator();
    vscode = await launchVscode({ settings: { "valar.baseUrl": simulator.baseUrl } });
    window = await vscode.openWindow();
  });
  after(async () => {
    await vscode.close();
    await simulator.close();
  });

  it("is asked for when there is none, and what was typed stays", async () => {
    const panel = await ChatPanel.open(window);
    await panel.button("Set API Token").first().waitFor();
    await panel.button("Get a Key").first().waitFor();
    await panel.ask("Keep this.");
    await panel.frame.getByText("No API token is set.", { exact: true }).waitFor();
    assert.equal(await panel.box.inputValue(), "Keep this.");
    assert.equal(simulator.requests.length, 0);
  });

  it("is refused when the API does not know it, and nothing is stored", async () => {
    await window.runCommand("Valar: Set API Token");
    await until("a password box", async () => (await window.inputBox().getAttribute("type")) === "password");
    await window.inputBox().fill("sk_wrong_token_123456");
    await window.page.keyboard.press("Enter");
    const message = window.notification("Valar does not know this token. Nothing was stored.");
    await message.waitFor();
    await message.getByRole("button", { name: "Try Again" }).click();
    await window.inputBox().waitFor();
    await window.page.keyboard.press("Escape");
  });

  it("is checked against the models list, stored, and used", async () => {
    await window.runCommand("Valar: Set API Token");
    await until("a password box", async () => (await window.inputBox().getAttribute("type")) === "password");
    await window.inputBox().fill(`  ${testKey}  `);
    await window.page.keyboard.press("Enter");
    await window.notification("The API token is set.").waitFor();
    assert.equal(simulator.requests.at(-1)?.path, "/v1/models");
    const panel = await ChatPanel.open(window);
    await panel.button("Set API Token").first().waitFor({ state: "hidden" });
    assert.match(await panel.answerTo("Say: the token works"), /the token works/);
  });

  it("is gone after Clear API Token", async () => {
    await window.runCommand("Valar: Clear API Token");
    await window.notification("The API token was removed.").waitFor();
    const panel = await ChatPanel.open(window);
    await panel.button("Set API Token").first().waitFor();
    const before = simulator.requests.length;
    await panel.ask("Anyone there?");
    await panel.frame.getByText("No API token is set.", { exact: true }).waitFor();
    assert.equal(simulator.requests.length, before);
  });
});

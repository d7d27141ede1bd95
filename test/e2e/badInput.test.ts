import assert from "node:assert/strict";
import { testKey } from "../support/simulator/config.ts";
import { startSimulator, type Simulator } from "../support/simulator/server.ts";
import { ChatPanel } from "./support/chatPanel.ts";
import { launchVscode, type RealVscode } from "./support/launch.ts";
import type { Workbench } from "./support/workbench.ts";

describe("when something is wrong, the panel says so, keeps the words, and offers the next step", () => {
  let simulator: Simulator;
  let vscode: RealVscode;
  let window: Workbench;
  let panel: ChatPanel;

  before(async () => {
    simulator = await startSimulator();
    vscode = await launchVscode({
      settings: { "valar.baseUrl": simulator.baseUrl },
      env: { VALAR_API_KEY: testKey },
    });
    window = await vscode.openWindow();
    panel = await ChatPanel.open(window);
  });
  afterEach(async () => {
    simulator.reset();
    await window.changeSetting("valar.baseUrl", simulator.baseUrl);
  });
  after(async () => {
    await vscode.close();
    await simulator.close();
  });

  it("a base URL without https", async () => {
    await window.changeSetting("valar.baseUrl", "http://api.example.com/v1");
    await panel.ask("Is this safe?");
    await panel.frame
      .getByText(/must use https/)
      .first()
      .waitFor();
    await panel.button("Open Settings").last().waitFor();
    assert.equal(await panel.box.inputValue(), "Is this safe?");
    assert.equal(simulator.requests.length, 0);
  });

  it("a wrong token, and a retry that works once it is right", async () => {
    simulator.faults.add({
      action: {
        type: "status",
        status: 401,
        envelope: {
          error: {
            message: "Incorrect API key provided.",
            type: "authentication_error",
            param: null,
            code: "invalid_api_key",
          },
        },
      },
    });
    await panel.answerTo("Say: let me in");
    const answer = panel.answers.last();
    assert.match(await answer.innerText(), /Your message is kept/);
    await answer.getByRole("button", { name: "Set API Token" }).waitFor();
    await answer.getByRole("button", { name: "Try Again" }).click();
    await panel.prose(panel.answers.last()).getByText("let me in").waitFor();
    await panel.settled();
  });

  it("an HTML page instead of JSON", async () => {
    simulator.faults.add({
      action: {
        type: "status",
        status: 403,
        contentType: "text/html",
        body: "<html><head><title>Blocked</title></head><body><h1>Company firewall</h1></body></html>",
      },
    });
    await panel.answerTo("Say: through the firewall");
    const text = await panel.answers.last().innerText();
    assert.doesNotMatch(text, /<h1>/);
    await panel.answers.last().getByRole("button", { name: "Try Again" }).waitFor();
  });

  it("an empty answer", async () => {
    await panel.answerTo("answer nothing");
    assert.match(await panel.answers.last().innerText(), /The answer was empty/);
    await panel.answers.last().getByRole("button", { name: "Regenerate" }).waitFor();
  });

  it("a server that is down, until it is up again", async () => {
    simulator.down();
    const before = await panel.answers.count();
    await panel.ask("Say: back again");
    await panel.answers.nth(before).getByText("Reconnecting…").first().waitFor();
    await simulator.up();
    await panel.prose(panel.answers.nth(before)).getByText("back again").waitFor();
    await panel.settled();
    assert.equal(simulator.inferences, 1);
  });
});

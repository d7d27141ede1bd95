import assert from "node:assert/strict";
import { ChatPanel } from "./support/chatPanel.ts";
import { useStage } from "./support/stage.ts";

describe("when something is wrong, the panel says so, keeps the words, and offers the next step", () => {
  const stage = useStage();
  let panel: ChatPanel;
  before(async () => {
    panel = await ChatPanel.open(stage.window);
  });
  afterEach(async () => {
    await stage.window.changeSetting("valar.baseUrl", stage.simulator.baseUrl);
  });

  it("a base URL without https", async () => {
    await stage.window.changeSetting("valar.baseUrl", "http://api.example.com/v1");
    await panel.ask("Is this safe?");
    await panel.frame
      .getByText(/must use https/)
      .first()
      .waitFor();
    await panel.button("Open Settings").last().waitFor();
    assert.equal(await panel.box.inputValue(), "Is this safe?");
    assert.equal(stage.simulator.requests.length, 0);
  });

  it("a wrong token, and a retry that works once it is right", async () => {
    stage.simulator.faults.add({
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
    stage.simulator.faults.add({
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
    stage.simulator.down();
    const before = await panel.answers.count();
    await panel.ask("Say: back again");
    await panel.answers.nth(before).getByText("Reconnecting…").first().waitFor();
    await stage.simulator.up();
    await panel.prose(panel.answers.nth(before)).getByText("back again").waitFor();
    await panel.settled();
    assert.equal(stage.simulator.inferences, 1);
  });
});

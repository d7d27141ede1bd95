import assert from "node:assert/strict";
import { testKey } from "../support/simulator/config.ts";
import { until } from "../support/realVscode/until.ts";
import { ChatPanel } from "./support/chatPanel.ts";
import { useStage } from "./support/stage.ts";

describe("in a web worker extension host", () => {
  const stage = useStage({
    isSignedIn: false,
    settings: { "remote.extensionKind": { "valar-vscode.valar": ["web"] } },
  });

  it("takes a token, streams an answer by the browser's own fetch, and has it after a reload", async () => {
    await stage.window.runCommand("Valar: Set API Token");
    await until(
      "a password box",
      async () => (await stage.window.inputBox().getAttribute("type")) === "password",
    );
    await stage.window.inputBox().fill(testKey);
    await stage.window.page.keyboard.press("Enter");
    await stage.window.notification("The API token is set.").waitFor();

    const panel = await ChatPanel.open(stage.window);
    assert.match(await panel.answerTo("Say: from a browser"), /from a browser/);
    const request = stage.simulator.requests.at(-1);
    assert.match(request?.headers["user-agent"] ?? "", /Chrome/);
    assert.equal(request?.headers["sec-fetch-mode"], "cors");

    await stage.window.reloadWindow();
    const again = await ChatPanel.open(stage.window);
    await again.answers.getByText("from a browser").waitFor();
  });
});

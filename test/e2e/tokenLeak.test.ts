import assert from "node:assert/strict";
import path from "node:path";
import { until } from "../support/realVscode/until.ts";
import { startSimulator, type Simulator } from "../support/simulator/server.ts";
import { findTokenLeaks } from "../support/tokenLeak.ts";
import { ChatPanel } from "./support/chatPanel.ts";
import { launchVscode, type RealVscode } from "./support/launch.ts";
import type { Workbench } from "./support/workbench.ts";

const token = "sk_leak_check_7c1f0e9b52d84a36";

describe("the token appears in no file, log or message", () => {
  let simulator: Simulator;
  let vscode: RealVscode;
  let window: Workbench;
  const texts: Record<string, string> = {};

  before(async () => {
    simulator = await startSimulator({ keys: { [token]: { organization: "org_leak", state: "ok" } } });
    vscode = await launchVscode({
      settings: { "valar.baseUrl": simulator.baseUrl, "valar.reasoningEffort": "low" },
    });
    window = await vscode.openWindow();
  });
  after(async () => {
    await vscode.close();
    await simulator.close();
  });

  it("after it was set, used, refused with a message that quotes it, and the log was opened", async () => {
    await window.execute("workbench.action.output.toggleOutput");
    await window.runCommand("Developer: Set Log Level...");
    await window.page.keyboard.press("Escape");
    await window.runCommand("Valar: Set API Token");
    await until("a password box", async () => (await window.inputBox().getAttribute("type")) === "password");
    await window.inputBox().fill(token);
    await window.page.keyboard.press("Enter");
    await window.notification("The API token is set.").waitFor();

    const panel = await ChatPanel.open(window);
    await panel.answerTo("Say: nothing to hide");
    simulator.faults.add({
      action: {
        type: "status",
        status: 401,
        envelope: {
          error: {
            message: `Incorrect API key provided: ${token}.`,
            type: "authentication_error",
            param: null,
            code: "invalid_api_key",
          },
        },
      },
    });
    await panel.answerTo("Say: this will fail");
    await panel.answers.last().getByRole("button", { name: "Set API Token" }).waitFor();
    simulator.faults.add({
      times: -1,
      action: { type: "status", status: 400, contentType: "text/html", body: `<p>Bearer ${token}</p>` },
    });
    await panel.answerTo("Say: this fails in HTML");
    await window.execute("valar.showLog");
    await panel.answers.last().getByRole("button", { name: "Try Again" }).waitFor();

    texts["panel"] = await panel.frame.content();
    texts["window"] = await window.page.content();
    texts["console"] = window.consoleLines.join("\n");
    texts["notifications"] = (await window.notificationTexts()).join("\n");
    texts["journal"] = JSON.stringify(
      simulator.requests.map(({ bodyText, headers }) => ({ bodyText, headers })),
    );
    const stored = await window.page.evaluate(() => JSON.stringify({ ...sessionStorage }));
    texts["sessionStorage"] = stored;

    // Something was searched: what was asked is found in the panel and on disk.
    assert.match(texts["panel"], /nothing to hide/);
    const control = await findTokenLeaks("nothing to hide", { paths: [vscode.dataFolder] });
    assert.ok(control.some(({ where }) => path.basename(path.dirname(where)) === "conversations"));

    assert.deepEqual(await findTokenLeaks(token, { texts, paths: [vscode.dataFolder] }), []);
  });
});

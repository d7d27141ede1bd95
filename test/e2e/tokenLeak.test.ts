import assert from "node:assert/strict";
import path from "node:path";
import { until } from "../support/realVscode/until.ts";
import { findTokenLeaks } from "../support/tokenLeak.ts";
import { ChatPanel } from "./support/chatPanel.ts";
import { useStage } from "./support/stage.ts";

const token = "sk_leak_check_7c1f0e9b52d84a36";

describe("the token appears in no file, log or message", () => {
  const texts: Record<string, string> = {};

  const stage = useStage({
    simulator: { keys: { [token]: { organization: "org_leak", state: "ok" } } },
    isSignedIn: false,
    settings: { "valar.reasoningEffort": "low" },
  });

  it("after it was set, used, refused with a message that quotes it, and the log was opened", async () => {
    await stage.window.execute("workbench.action.output.toggleOutput");
    await stage.window.runCommand("Valar: Set API Token");
    await until(
      "a password box",
      async () => (await stage.window.inputBox().getAttribute("type")) === "password",
    );
    await stage.window.inputBox().fill(token);
    await stage.window.page.keyboard.press("Enter");
    await stage.window.notification("The API token is set.").waitFor();

    const panel = await ChatPanel.open(stage.window);
    await panel.answerTo("Say: nothing to hide");
    stage.simulator.faults.add({
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
    stage.simulator.faults.add({
      times: -1,
      action: { type: "status", status: 400, contentType: "text/html", body: `<p>Bearer ${token}</p>` },
    });
    await panel.answerTo("Say: this fails in HTML");
    await stage.window.execute("valar.showLog");
    await panel.answers.last().getByRole("button", { name: "Try Again" }).waitFor();

    texts["panel"] = await panel.frame.content();
    texts["window"] = await stage.window.page.content();
    texts["console"] = stage.window.consoleLines.join("\n");
    texts["notifications"] = (await stage.window.notificationTexts()).join("\n");
    texts["journal"] = JSON.stringify(
      stage.simulator.requests.map(({ bodyText, headers }) => ({ bodyText, headers })),
    );
    const stored = await stage.window.page.evaluate(() => JSON.stringify(Object.entries(sessionStorage)));
    texts["sessionStorage"] = stored;

    // Something was searched: what was asked is found in the panel and on disk.
    assert.match(texts["panel"], /nothing to hide/);
    const control = await findTokenLeaks("nothing to hide", { paths: [stage.vscode.dataFolder] });
    assert.ok(control.some(({ where }) => path.basename(path.dirname(where)) === "conversations"));

    assert.deepEqual(await findTokenLeaks(token, { texts, paths: [stage.vscode.dataFolder] }), []);
  });
});

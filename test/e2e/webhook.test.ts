import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { until } from "../support/realVscode/until.ts";
import { startSimulator, type Simulator } from "../support/simulator/server.ts";
import { findTokenLeaks } from "../support/tokenLeak.ts";
import { ChatPanel } from "./support/chatPanel.ts";
import { useStage } from "./support/stage.ts";

const token = "hook_leak_check_5b7e93d2";

describe("the completion webhook", () => {
  const stage = useStage();
  /** Takes the calls: it keeps a journal of whatever it is asked. */
  let receiver: Simulator;
  const texts: Record<string, string> = {};
  before(async () => {
    receiver = await startSimulator();
  });
  after(() => receiver.close());

  /** Runs the command and answers its password box. */
  async function setToken(text: string): Promise<void> {
    await stage.window.runCommand("Valar: Set Webhook Token");
    const box = stage.window.inputBox();
    await until("a password box", async () => (await box.getAttribute("type")) === "password");
    texts["inputBox"] = await stage.window.inputMessage().innerText();
    await box.fill(text);
    await stage.window.page.keyboard.press("Enter");
  }

  const called = async (by: Simulator, times: number): Promise<void> => {
    const isCalled = await by.waitUntil((calls) => calls.length === times, AbortSignal.timeout(10_000));
    assert.ok(isCalled, `${by.requests.length} calls in place of ${times}`);
  };
  const tokenSent = (at: number) => {
    const metadata = stage.simulator.requests.at(at)?.body?.["metadata"];
    return typeof metadata === "object" && metadata !== null && "webhook_token" in metadata
      ? metadata.webhook_token
      : undefined;
  };

  it("must be set before its token is", async () => {
    await stage.window.runCommand("Valar: Set Webhook Token");
    await stage.window.notification("Set valar.completionWebhook to your webhook’s address first").waitFor();
    await stage.window.execute("notifications.clearAll");
    await stage.window.changeSetting("valar.completionWebhook", `${receiver.origin}/hook`);
  });

  it("is called without a token while there is none", async () => {
    const panel = await ChatPanel.open(stage.window);
    await panel.answerTo("Say: no token yet");
    assert.equal(tokenSent(-1), undefined);
    await called(receiver, 1);
    assert.equal(receiver.requests[0]?.path, "/hook");
    assert.equal(receiver.requests[0].keyHash, undefined);
  });

  it("is called with the token once it is set", async () => {
    await setToken(` ${token} `);
    await stage.window.notification("The webhook token is set.").waitFor();
    assert.match(texts["inputBox"] ?? "", new RegExp(receiver.origin));
    const panel = await ChatPanel.open(stage.window);
    await panel.answerTo("Say: with a token");
    assert.equal(tokenSent(-1), token);
    await called(receiver, 2);
    const hash = createHash("sha256").update(token).digest("hex").slice(0, 16);
    assert.equal(receiver.requests[1]?.keyHash, hash);
  });

  it("does not get the token of another origin", async () => {
    const other = await startSimulator();
    try {
      await stage.window.changeSetting("valar.completionWebhook", `${other.origin}/hook`);
      const panel = await ChatPanel.open(stage.window);
      await panel.answerTo("Say: elsewhere");
      assert.equal(tokenSent(-1), undefined);
      await called(other, 1);
      assert.equal(other.requests[0]?.keyHash, undefined);
    } finally {
      await stage.window.changeSetting("valar.completionWebhook", `${receiver.origin}/hook`);
      await other.close();
    }
  });

  it("keeps its token out of every file and message, and an answer can be recovered with it", async () => {
    let panel = await ChatPanel.open(stage.window);
    stage.simulator.faults.add({ action: { type: "break", at: { content: 400 }, then: "hold" } });
    await panel.ask("Write 2 KB of markdown. (With a webhook.)");
    await until("half an answer", () => Promise.resolve(stage.simulator.stats().held === 1));
    await until("the request on disk", () =>
      stage.vscode.isStored("(With a webhook.)", "[webhook token]", "completion_webhook"),
    );
    texts["panel"] = await panel.frame.content();
    texts["window"] = await stage.window.page.content();
    texts["console"] = stage.window.consoleLines.join("\n");
    assert.deepEqual(await findTokenLeaks(token, { texts, paths: [stage.vscode.dataFolder] }), []);

    await stage.window.reloadWindow();
    panel = await ChatPanel.open(stage.window);
    stage.simulator.release();
    await panel.button("Recover").click();
    await panel.button("Recover").waitFor({ state: "detached" });
    await panel.settled();
    assert.equal(stage.simulator.inferences, 1);
    assert.equal(stage.simulator.requests.length, 2);
    assert.equal(tokenSent(1), token);
    assert.equal(new Set(stage.simulator.requests.map((entry) => entry.bodyHash)).size, 1);
    assert.equal(new Set(stage.simulator.requests.map((entry) => entry.idempotencyKey)).size, 1);
    assert.deepEqual(await findTokenLeaks(token, { paths: [stage.vscode.dataFolder] }), []);
  });

  it("is called without a token after an empty input", async () => {
    await setToken("");
    await stage.window.notification("The webhook token was removed.").waitFor();
    const panel = await ChatPanel.open(stage.window);
    await panel.answerTo("Say: no token any more");
    assert.equal(tokenSent(-1), undefined);
  });
});

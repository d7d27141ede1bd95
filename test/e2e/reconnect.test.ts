import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { Locator } from "playwright-core";
import { until } from "../support/realVscode/until.ts";
import { testKey } from "../support/simulator/config.ts";
import { matrixFaults } from "../support/simulator/faultMatrix.ts";
import { ChatPanel } from "./support/chatPanel.ts";
import { useStage } from "./support/stage.ts";

/** An answer in one paragraph, with characters of every length in UTF-8. */
const sentence = Array.from(
  { length: 12 },
  (_, at) => `Part ${at} of it: naïve café, 東京, 👋🏽 and so on.`,
).join(" ");
const secondKey = "sk_second";
/** Set it to get pictures of every state in out/screenshots. */
const wantsPictures = process.env["VALAR_PICTURES"] !== undefined;

describe("when the connection breaks", () => {
  const stage = useStage();
  let panel: ChatPanel;
  let answer: Locator;
  before(async () => {
    panel = await ChatPanel.open(stage.window);
  });
  beforeEach(async () => {
    await stage.window.execute("valar.newChat");
    await panel.answers.first().waitFor({ state: "detached" });
    answer = panel.answers.first();
  });

  const prose = () => panel.prose(answer).innerText();
  const chats = () => stage.simulator.requests.filter(({ path }) => path.endsWith("/chat/completions"));

  /** One logical request, whatever was sent: one key, the same bytes, paid for once. */
  function assertBilledOnce(attempts: number): void {
    assert.equal(chats().length, attempts);
    assert.equal(new Set(chats().map((entry) => entry.idempotencyKey)).size, 1);
    assert.equal(new Set(chats().map((entry) => entry.bodyHash)).size, 1);
    assert.equal(stage.simulator.inferences, 1);
  }

  /** Notes the answer's text at every change from now on; gives what was noted. */
  async function watchText(): Promise<() => Promise<readonly string[]>> {
    await panel.conversation.evaluate((log) => {
      const texts: string[] = [];
      const note = () => {
        const text = log.querySelector(".answer > div:not(.refusal) > .markdown")?.textContent ?? "";
        if (text !== (texts.at(-1) ?? "")) texts.push(text);
      };
      new MutationObserver(note).observe(log, { subtree: true, childList: true, characterData: true });
      Reflect.set(window, "watchedTexts", texts);
    });
    return () => panel.frame.evaluate(() => Reflect.get(window, "watchedTexts") as string[]);
  }

  async function picture(name: string): Promise<void> {
    if (!wantsPictures) return;
    for (const theme of ["dark", "light"] as const) {
      await stage.window.setTheme(theme);
      await stage.window.screenshot(`reconnect-${name}-${theme}`);
    }
  }

  it("in mid-answer, the answer goes on where it stood: “Reconnecting…”, one key, paid once", async () => {
    const watched = await watchText();
    stage.simulator.faults.add(
      // The server goes away for a moment, and is slow to answer when it is back.
      { action: { type: "break", at: { content: 200 }, then: "reset" }, downMs: 50 },
      { action: { type: "hold" } },
    );
    await panel.ask(`Say: ${sentence}`);
    await answer.getByText("Reconnecting…").waitFor();
    await until("the server to be back", () => stage.simulator.stats().held === 1);
    assert.equal(await prose(), sentence.slice(0, 200));
    assert.equal(await panel.frame.locator(".error").count(), 0);
    assert.deepEqual(await stage.window.notificationTexts(), []);
    await picture("reconnecting");

    stage.simulator.release();
    await panel.settled();
    assert.equal(await prose(), sentence);
    assert.equal(await answer.getByText("Reconnecting…").isVisible(), false);
    const texts = await watched();
    assert.ok(texts.length > 1);
    for (const text of texts) assert.ok(sentence.startsWith(text), `never shown: ${text}`);
    assert.deepEqual(
      texts.map(({ length }) => length),
      texts.map(({ length }) => length).toSorted((a, b) => a - b),
      "the text only grew",
    );
    assertBilledOnce(2);
  });

  it("and again while it catches up, it goes on from the longer part", async () => {
    stage.simulator.faults.add(
      { action: { type: "break", at: { content: 120 }, then: "reset" } },
      { action: { type: "break", at: { content: 60 }, then: "drop" } },
      { action: { type: "break", at: { content: 240 }, then: "end" } },
    );
    await panel.answerTo(`Say: ${sentence}`);
    assert.equal(await prose(), sentence);
    assertBilledOnce(4);
  });

  it("for longer than it is tried, what arrived stays, and Try Again fetches the rest", async () => {
    stage.simulator.faults.add({ action: { type: "break", at: { content: 200 }, then: "hold" } });
    await panel.ask(`Say: ${sentence}`);
    await until("half an answer", async () => (await prose()).length >= 200);
    stage.simulator.down();
    await panel.settled();
    assert.equal(await prose(), sentence.slice(0, 200));
    await answer.getByText("Trying again does not charge twice.").waitFor();
    await picture("gone");

    await stage.simulator.up();
    await panel.button("Try Again").click();
    await panel.button("Try Again").waitFor({ state: "detached" });
    await panel.settled();
    assert.equal(await prose(), sentence);
    assertBilledOnce(2);
  });

  describe("or the server asks to wait", () => {
    const limited = (seconds: number) => ({
      action: { type: "status", status: 429, headers: { "Retry-After": String(seconds) } } as const,
    });

    it("a countdown runs, and the request goes on after it", async () => {
      stage.simulator.faults.add(limited(2));
      const started = performance.now();
      await panel.ask("Say: after a while");
      await answer.getByText(/Rate limit reached\. Going on in [12] s/).waitFor();
      await panel.settled();
      assert.match(await prose(), /after a while/);
      assert.ok(performance.now() - started >= 2000);
      assertBilledOnce(2);
    });

    it("Stop ends the countdown, and nothing is sent after it", async () => {
      stage.simulator.faults.add(limited(5));
      await panel.ask("Say: not any more");
      await answer.getByText(/Going on in [1-5] s/).waitFor();
      await picture("countdown");
      await answer.getByText(/Going on in [1-4] s/).waitFor();
      await panel.button("Stop").click();
      await panel.settled();
      await answer.getByText("Stopped before anything arrived.").waitFor();
      const isSent = await stage.simulator.waitUntil(() => chats().length > 1, AbortSignal.timeout(6000));
      assert.equal(isSent, false);
      assert.equal(stage.simulator.inferences, 0);
    });

    it("a spent rate budget makes the next message wait, and no 429 is provoked", async () => {
      const requestsPerMinute = 20;
      stage.simulator.configure({ requestsPerMinute });
      const headers = { Authorization: `Bearer ${testKey}` };
      // Others of the same organization spend nearly all of it.
      for (let spent = 0; spent < requestsPerMinute - 1; spent += 1) {
        await (await fetch(`${stage.simulator.baseUrl}/models`, { headers })).text();
      }
      await panel.answerTo("Say: the last of the minute");
      await panel.frame.locator(".rateNote").getByText("0 of 20 requests left this minute.").waitFor();
      await panel.ask("Say: worth the wait");
      answer = panel.answers.nth(1);
      await answer.getByText(/Rate limit reached\. Going on in [123] s/).waitFor();
      assert.equal(chats().length, 1);
      await panel.settled();
      assert.match(await prose(), /worth the wait/);
      assert.deepEqual(
        stage.simulator.requests.filter(({ status }) => status !== 200),
        [],
      );
    });
  });

  it("and the token is changed meanwhile, nothing is sent with it until the person says so", async () => {
    const secondHash = createHash("sha256").update(secondKey).digest("hex").slice(0, 16);
    const bySecond = () => chats().filter(({ keyHash }) => keyHash === secondHash);
    stage.simulator.faults.add(
      { action: { type: "break", at: { content: 200 }, then: "reset" } },
      { action: { type: "hold" } },
    );
    await panel.ask(`Say: ${sentence}`);
    await until("the second attempt", () => stage.simulator.stats().held === 1);
    await stage.window.runCommand("Valar: Set API Token");
    await until("a password box", async () => {
      return (await stage.window.inputBox().getAttribute("type")) === "password";
    });
    await stage.window.inputBox().fill(secondKey);
    await stage.window.page.keyboard.press("Enter");
    await stage.window.notification("The API token is set.").waitFor();
    await stage.window.execute("notifications.clearAll");
    stage.simulator.dropConnections();
    await answer.getByText(/The API token or the server has changed/).waitFor();
    await picture("tokenChanged");
    await panel.settled();
    assert.equal(await prose(), sentence.slice(0, 200));
    assert.deepEqual(bySecond(), []);
    assertBilledOnce(2);

    await panel.button("Try Again").click();
    await panel.button("Try Again").waitFor({ state: "detached" });
    await until("a request with the new token", () => bySecond().length === 1);
    await panel.settled();
    assert.equal(await prose(), sentence);
    assert.equal(stage.simulator.inferences, 2);
    await stage.window.runCommand("Valar: Clear API Token");
    await stage.window.notification("The environment variable VALAR_API_KEY is used now.").waitFor();
    await stage.window.execute("notifications.clearAll");
  });

  it("an answer that was cut off at the token limit says so", async () => {
    await stage.window.changeSetting("valar.maxCompletionTokens", 80);
    await stage.window.changeSetting("valar.reasoningEffort", "none");
    await panel.answerTo("Write 2 KB of markdown.");
    await answer.getByText("The answer stopped at the token limit and may be incomplete.").waitFor();
    await picture("truncated");
    await stage.window.changeSetting("valar.maxCompletionTokens", undefined);
    await stage.window.changeSetting("valar.reasoningEffort", undefined);
  });

  it("and the answer comes back different, what is shown is frozen, and the other can be seen too", async () => {
    stage.simulator.faults.add(...matrixFaults(40));
    await panel.answerTo(`Say: ${sentence}`);
    assert.equal(await prose(), sentence.slice(0, 40));
    await answer.getByText("the answer sent again differs from what is shown").waitFor();
    await picture("diverged");
    await panel.button("Show the Other Answer").click();
    const other = panel.answers.nth(1);
    await other.waitFor();
    await panel.button("Show the Other Answer").waitFor({ state: "detached" });
    await picture("diverged-other");
    assert.equal(await prose(), sentence.slice(0, 40));
    const text = await panel.prose(other).innerText();
    assert.equal(text.slice(0, 20), sentence.slice(0, 20));
    assert.notEqual(text.slice(0, 40), sentence.slice(0, 40));
    assert.ok(text.length > 400);
    assertBilledOnce(2);
  });
});

// One scripted run in which something is killed without warning, and what a person then must find again.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { decodeEntry, replayEntries } from "../../../src/core/chat/historyEntry.ts";
import { errors, type Locator } from "playwright-core";
import type { Conversation } from "../../../src/core/chat/conversation.ts";
import { readLog } from "../../../src/core/chat/recordLog.ts";
import { until } from "../../support/realVscode/until.ts";
import type { Simulator } from "../../support/simulator/server.ts";
import { ChatPanel } from "./chatPanel.ts";
import type { RealVscode } from "./launch.ts";
import type { Workbench } from "./workbench.ts";

export const victims = ["extensionHost", "window", "server", "api"] as const;
export type Victim = (typeof victims)[number];

export const moments = ["asked", "streaming", "ended", "typing"] as const;
export type Moment = (typeof moments)[number];

export interface KillScript {
  readonly victim: Victim;
  readonly moment: Moment;
  readonly startsNewChat: boolean;
  /** Characters of the answer that are shown when the kill comes. */
  readonly shown: number;
  /** Words of the next message that are typed by then. */
  readonly words: number;
}

/** The longest that typed text may be in the page alone, and then on its way to the disk of a busy machine: ms. */
const draftLimitMs = 5000;

/** A script from a seeded generator. */
export function killScript(random: () => number): KillScript {
  const pick = <T>(from: readonly T[]): T => {
    const chosen = from[Math.floor(random() * from.length)];
    if (chosen === undefined) throw new RangeError("Nothing to pick from");
    return chosen;
  };
  return {
    victim: pick(victims),
    moment: pick(moments),
    startsNewChat: random() < 0.3,
    shown: Math.floor(random() * 1200),
    words: 1 + Math.floor(random() * 8),
  };
}

/** All text, also of parts that are out of view; empty while there is none. */
async function textOf(part: Locator): Promise<string> {
  return (await part.count()) === 0 ? "" : ((await part.first().textContent()) ?? "");
}

/** The button may have done its work, or been drawn anew, before the click came. */
function ignoreGone(error: unknown): void {
  if (!(error instanceof errors.TimeoutError)) throw error;
}

/** What the person has seen and must never lose. */
export class KillRuns {
  readonly #vscode: RealVscode;
  readonly #simulator: Simulator;
  /** Finished questions and answers of the conversation that is open, as the panel showed them. */
  #finished: { readonly question: string; readonly answer: string }[] = [];
  #window: Workbench;
  #count = 0;
  /** Did the run before end in the midst of something? */
  #isSpoiled = false;

  constructor(vscode: RealVscode, simulator: Simulator, window: Workbench) {
    this.#vscode = vscode;
    this.#simulator = simulator;
    this.#window = window;
  }

  async run(script: KillScript): Promise<void> {
    this.#count++;
    let panel = await ChatPanel.open(this.#window);
    if ((script.startsNewChat && this.#finished.length > 0) || this.#isSpoiled)
      await this.#startNewChat(panel);
    this.#isSpoiled = true;
    const question = `Write 2 KB of markdown. (Run ${String(this.#count)}.)`;
    const before = await panel.answers.count();
    const requestsBefore = this.#simulator.requests.length;
    await panel.ask(question);
    await until("the question to be on disk", () => this.#vscode.isSafe(question));
    const draft = await this.#reach(script, panel, before);
    const ended = script.moment === "ended" ? await textOf(panel.prose(panel.answers.nth(before))) : "";
    await this.#kill(script.victim);
    panel = await ChatPanel.open(this.#window);

    await this.#findAgain(question, draft, panel);
    await this.#finish(panel, before);
    const answer = await textOf(panel.prose(panel.answers.nth(before)));
    if (ended !== "") assert.equal(answer, ended, "the answer that had ended");
    const asked = this.#simulator.requests.slice(requestsBefore);
    assert.equal(new Set(asked.map((request) => request.idempotencyKey)).size, 1, "one key");
    assert.equal(new Set(asked.map((request) => request.bodyHash)).size, 1, "the same bytes");
    await this.#checkFinished(panel);
    this.#finished.push({ question, answer });
    await this.#checkDisk();
    await panel.box.fill("");
    await until("the empty draft to be saved", async () => !(await this.#vscode.isStored(draft || "\0")));
    this.#isSpoiled = false;
  }

  /** The question is in the conversation or, when it was just on its way, back in the box in front of the draft. */
  async #findAgain(question: string, draft: string, panel: ChatPanel): Promise<void> {
    const isAsked = async () => (await textOf(panel.questions.last())).includes(question);
    const isBack = async () => (await panel.box.inputValue()).startsWith(question);
    await until("the question", async () => (await isAsked()) || (await isBack()));
    const typed = await panel.box.inputValue();
    assert.equal(
      typed.startsWith(question) ? typed.slice(question.length).trim() : typed,
      draft,
      "what was typed",
    );
    if (await isAsked()) return;
    await panel.ask(question);
    await until("the question to be asked", isAsked);
  }

  async #startNewChat(panel: ChatPanel): Promise<void> {
    await this.#window.execute("valar.newChat");
    await until("an empty chat", async () => (await panel.questions.count()) === 0);
    await panel.box.fill("");
    this.#finished = [];
  }

  /** Plays the script up to the moment of the kill, and gives the draft that is in the box then. */
  async #reach(script: KillScript, panel: ChatPanel, before: number): Promise<string> {
    const prose = panel.prose(panel.answers.nth(before));
    switch (script.moment) {
      case "asked":
        return "";
      case "streaming":
        await until("so much of the answer", async () => {
          const text = await textOf(prose);
          return text.length >= script.shown;
        });
        return "";
      case "ended":
        await panel.answers.nth(before).waitFor();
        await panel.settled();
        return "";
      case "typing": {
        const draft = Array.from({ length: script.words }, (_, at) => `word${String(at)}`).join(" ");
        await panel.box.pressSequentially(`${draft} (run ${String(this.#count)})`);
        const whole = await panel.box.inputValue();
        await until("the draft on disk", () => this.#vscode.isSafe(whole), draftLimitMs);
        return whole;
      }
    }
  }

  async #kill(victim: Victim): Promise<void> {
    switch (victim) {
      case "extensionHost":
        await this.#window.killExtensionHost();
        return;
      case "window":
        await this.#window.close();
        this.#window = await this.#vscode.openWindow();
        return;
      case "server":
        await this.#vscode.killServer();
        await this.#window.close();
        await this.#vscode.startServerAgain();
        this.#window = await this.#vscode.openWindow();
        return;
      case "api":
        this.#simulator.dropConnections();
    }
  }

  /** Brings the last answer to its end, by Recover if that is offered. */
  async #finish(panel: ChatPanel, before: number): Promise<void> {
    const recover = panel.button("Recover").last();
    await until("the answer to end or to be recoverable", async () => {
      if (await recover.isVisible()) {
        await recover.click({ timeout: 2000 }).catch(ignoreGone);
        return false;
      }
      if (await panel.button("Stop").isVisible()) return false;
      return (
        (await panel.answers.count()) > before &&
        (await textOf(panel.prose(panel.answers.nth(before)))) !== ""
      );
    });
    await panel.settled();
  }

  async #checkFinished(panel: ChatPanel): Promise<void> {
    for (const [at, { question, answer }] of this.#finished.entries()) {
      // What is far from the screen is filled in when the page has the time.
      await until("the messages to be filled in", async () => (await textOf(panel.questions.nth(at))) !== "");
      await until("the answers to be filled in", async () => (await textOf(panel.answers.nth(at))) !== "");
      assert.equal((await textOf(panel.questions.nth(at))).includes(question), true, question);
      assert.equal(await textOf(panel.prose(panel.answers.nth(at))), answer, `the answer to ${question}`);
    }
  }

  /** Every conversation on disk loads whole, and the open one holds all that was finished. */
  async #checkDisk(): Promise<void> {
    const stored = await until("the conversation on disk", async () => {
      const conversations = await this.#conversations();
      const holds = (text: string) =>
        conversations.some(({ messages }) =>
          messages.some((message) => message.kind === "user" && message.text === text),
        );
      return this.#finished.every(({ question }) => holds(question)) ? conversations : undefined;
    });
    assert.ok(stored.length > 0);
  }

  async #conversations(): Promise<Conversation[]> {
    const files = await readdir(this.#vscode.dataFolder, { recursive: true, withFileTypes: true });
    const logs = files.filter(
      (file) => file.name.endsWith(".log") && file.parentPath.endsWith("conversations"),
    );
    return Promise.all(
      logs.map(async (file) => {
        const { records } = readLog(await readFile(path.join(file.parentPath, file.name)));
        const conversation = replayEntries(records.map(decodeEntry));
        assert.ok(conversation, `${file.name} does not load`);
        return conversation;
      }),
    );
  }
}

import type { Frame, Locator } from "playwright-core";
import { until } from "../../support/realVscode/until.ts";
import type { Workbench } from "./workbench.ts";

/** Valar's panel as a person and a screen reader meet it: by roles and names. */
export class ChatPanel {
  readonly frame: Frame;

  private constructor(frame: Frame) {
    this.frame = frame;
  }

  /** Opens the panel, or takes the one that is open, after a reload or a move too. */
  static async open(window: Workbench): Promise<ChatPanel> {
    await window.execute("valar.focusChat");
    return new ChatPanel(await window.chatFrame());
  }

  get box(): Locator {
    return this.frame.getByRole("textbox", { name: "Message" });
  }

  get conversation(): Locator {
    return this.frame.getByRole("log", { name: "Conversation" });
  }

  /** Messages of the person, oldest first. */
  get questions(): Locator {
    return this.frame.getByRole("article", { name: "You" });
  }

  /** Answers, oldest first. */
  get answers(): Locator {
    return this.frame.getByRole("article", { name: "Valar" });
  }

  /** The text of an answer alone: no reasoning, no footer. */
  prose(answer: Locator): Locator {
    return answer.locator(":scope > div:not(.refusal) > .markdown");
  }

  /** Goes to a suggestion for what is typed with the arrow key, once all are there, and takes it with Enter. */
  async takeOption(name: RegExp): Promise<void> {
    await this.frame.locator("[role=listbox][aria-busy=false]").waitFor();
    const option = this.frame.getByRole("option", { name }).first();
    await option.waitFor();
    await until(`${String(name)} to be the active option`, async () => {
      if ((await option.getAttribute("aria-selected")) === "true") return true;
      await this.box.press("ArrowDown");
      return false;
    });
    await this.box.press("Enter");
  }

  button(name: string): Locator {
    return this.frame.getByRole("button", { name, exact: true });
  }

  /** Types a message and sends it with Enter. */
  async ask(text: string): Promise<void> {
    await this.box.fill(text);
    await this.box.press("Enter");
  }

  /** Waits until nothing is being answered. */
  async settled(): Promise<void> {
    await this.button("Stop").waitFor({ state: "hidden" });
    await this.button("Send").waitFor();
  }

  /** Sends a message and gives the text of its finished answer. */
  async answerTo(text: string): Promise<string> {
    const before = await this.answers.count();
    await this.ask(text);
    await this.answers.nth(before).waitFor();
    await this.settled();
    return this.answers.nth(before).innerText();
  }
}

import type { Frame, Locator } from "playwright-core";
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

  /** The suggestion or choice that Enter would take, if it is this one. */
  activeOption(name: string | RegExp): Locator {
    const options = this.frame.getByRole("option", { name, selected: true });
    return options.first();
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

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { errors, type Locator, type Page } from "playwright-core";
import { until } from "../../support/realVscode/until.ts";
import type { Workbench } from "./workbench.ts";

/** VS Code's own chat view, as a person uses it. */
export class VscodeChat {
  readonly #window: Workbench;

  constructor(window: Workbench) {
    this.#window = window;
  }

  get #page(): Page {
    return this.#window.page;
  }

  /** “Add Models → Valar” in the list of language models: with an entry of one's own, kept in the file, the chat works signed out. */
  async addModels(vendor: string, entries: string): Promise<void> {
    await this.#window.execute("workbench.action.chat.manage");
    const item = this.#page.locator(".monaco-menu .action-label", { hasText: vendor }).first();
    const name = this.#page.locator(".quick-input-widget:visible .quick-input-title", {
      hasText: "Group Name",
    });
    await until("VS Code to ask for the name of the entry", async () => {
      await patiently(() =>
        this.#page.getByText("Add Models", { exact: true }).first().click({ timeout: 3000 }),
      );
      await patiently(() => item.click({ timeout: 2000 }));
      return patiently(() => name.waitFor({ timeout: 3000 }));
    });
    await this.#window.inputBox().press("Enter");
    await name.waitFor({ state: "hidden" });
    await until("VS Code to keep the entry", async () =>
      (await readIfThere(entries)).includes(`"vendor": "${vendor.toLowerCase()}"`),
    );
    await this.#page.keyboard.press("Escape");
  }

  /** An empty chat. */
  async open(): Promise<void> {
    await this.#window.execute("workbench.action.chat.open");
    // The rows of the chat before stay for a moment: a count of them would be wrong in the new one.
    await until("an empty chat", async () => {
      await this.#window.execute("workbench.action.chat.newChat");
      return patiently(() => this.#requests.first().waitFor({ state: "detached", timeout: 3000 }));
    });
    await this.#input.waitFor();
  }

  async pickModel(name: string): Promise<void> {
    const picked = this.#page.locator(".interactive-session .model-picker-name");
    const rows = this.#page.locator(".action-widget .monaco-list-row");
    await until(`the model ${name} to be picked`, async () => {
      if ((await picked.first().innerText()).includes(name)) return true;
      await patiently(() => picked.first().click({ timeout: 2000 }));
      const others = rows.filter({ hasText: "Other Models" });
      if (!(await rows.filter({ hasText: name }).first().isVisible())) {
        await patiently(() => others.first().click({ timeout: 2000 }));
      }
      if (!(await patiently(() => rows.filter({ hasText: name }).first().click({ timeout: 2000 })))) {
        // Else the next try would close the list instead of opening it.
        await this.#page.keyboard.press("Escape");
      }
      return undefined;
    });
  }

  /** Types a question as a person does, so that `@` and `/` become what they stand for, and sends it. */
  async ask(text: string): Promise<void> {
    const before = await this.#requests.count();
    await until("the question to be sent", async () => {
      if ((await this.#requests.count()) > before) return true;
      await this.#input.click({ timeout: 3000 });
      await this.#page.keyboard.press("Control+a");
      await this.#page.keyboard.type(text);
      // Closes the list of suggestions, which would take Enter for itself.
      await this.#page.keyboard.type(" ");
      await this.#page.keyboard.press("Enter");
      return patiently(() => this.#requests.nth(before).waitFor({ timeout: 3000 }));
    });
    await this.responses.nth(before).waitFor();
  }

  get #requests(): Locator {
    return this.#page.locator(".interactive-session .interactive-request");
  }

  get responses(): Locator {
    return this.#page.locator(".interactive-session .interactive-response");
  }

  /** The last answer, once it holds the text. */
  async answerWith(text: string | RegExp): Promise<Locator> {
    const answer = this.responses.last();
    await answer.filter({ hasText: text }).waitFor();
    return answer;
  }

  get #input(): Locator {
    return this.#page.locator(".interactive-session .chat-editor-container .monaco-editor").first();
  }
}

async function readIfThere(file: string): Promise<string> {
  return existsSync(file) ? readFile(file, "utf8") : "";
}

/** False where the interface was not ready yet: then once more from the start. */
async function patiently(act: () => Promise<void>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    if (error instanceof errors.TimeoutError) return false;
    throw error;
  }
}

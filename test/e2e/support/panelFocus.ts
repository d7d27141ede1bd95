import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { until } from "../../support/realVscode/until.ts";
import type { ChatPanel } from "./chatPanel.ts";

declare global {
  interface Window {
    focusLosses: string[];
  }
}

/** More steps of Tab than the panel has stops. */
const maxSteps = 60;

/** Where the keyboard's focus is in the panel, and whether a change of the page ever let it fall. */
export class PanelFocus {
  readonly #panel: ChatPanel;
  readonly #page: Page;

  private constructor(panel: ChatPanel, page: Page) {
    this.#panel = panel;
    this.#page = page;
  }

  static async watch(panel: ChatPanel, page: Page): Promise<PanelFocus> {
    await panel.frame.evaluate(() => {
      window.focusLosses = [];
      let last = "";
      const look = (): void => {
        const { activeElement } = document;
        if (activeElement !== null && activeElement !== document.body) {
          last = activeElement.getAttribute("aria-label") ?? activeElement.textContent;
        } else if (document.hasFocus() && last !== "") {
          window.focusLosses.push(last);
          last = "";
        }
      };
      document.addEventListener("focusin", look);
      new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true });
    });
    return new PanelFocus(panel, page);
  }

  /** What had the focus when it fell to the page itself. */
  losses(): Promise<readonly string[]> {
    return this.#panel.frame.evaluate(() => window.focusLosses.splice(0));
  }

  /** The name of what has the focus; “body” for the page itself, empty when the focus is outside the panel. */
  name(): Promise<string> {
    return this.#panel.frame.evaluate(() => {
      const { activeElement } = document;
      if (!document.hasFocus() || activeElement === null) return "";
      if (activeElement === document.body) return "body";
      return activeElement.getAttribute("aria-label") ?? activeElement.textContent.trim();
    });
  }

  async is(name: string | RegExp): Promise<void> {
    let last = "";
    const isThere = async () => isNamed((last = await this.name()), name);
    await until(`the focus on “${String(name)}”`, isThere).catch((error: unknown) => {
      throw new Error(`The focus is on “${last}”, not on “${String(name)}”`, { cause: error });
    });
  }

  /** Presses Tab until what is named so has the focus. */
  async tabTo(name: string | RegExp): Promise<void> {
    await this.#goTo(name, "Tab");
  }

  async tabBackTo(name: string | RegExp): Promise<void> {
    await this.#goTo(name, "Shift+Tab");
  }

  async #goTo(name: string | RegExp, key: string): Promise<void> {
    const seen: string[] = [];
    for (let step = 0; step < maxSteps; step++) {
      await this.#page.keyboard.press(key);
      const now = await this.name();
      seen.push(now);
      if (isNamed(now, name)) return;
      assert.notEqual(now, "body", seen.join(" · "));
    }
    assert.fail(`“${String(name)}” is not reached: ${seen.join(" · ")}`);
  }
}

function isNamed(actual: string, name: string | RegExp): boolean {
  return typeof name === "string" ? actual === name : name.test(actual);
}

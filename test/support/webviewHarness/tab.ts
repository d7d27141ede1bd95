import type { Browser, Page } from "playwright-core";
import type { ToHost } from "../../../src/protocol/chat.ts";
import { pageText, type PageFiles } from "./pageFiles.ts";
import { english, type Language } from "./languages.ts";

/** Never reached: every request is answered from memory or recorded and refused. */
export const origin = "https://panel.test";
const blank = `${origin}/blank`;
/** Less than a test may take, so that what fails is the step that hangs, ms. */
const stepLimitMs = 15_000;

declare global {
  interface Window {
    fromPanel(message: unknown): void;
    savedState: unknown;
  }
}

export interface TabOptions {
  readonly width: number;
  readonly height: number;
  readonly reducedMotion: boolean;
  readonly language: Language;
  /** The saved state of an earlier page. */
  readonly state: unknown;
}

/** A page of the browser, for one panel after another: a new one for each takes the browser several times as long. */
export class Tab {
  readonly page: Page;
  readonly #files: PageFiles;
  #language = english;
  #unexpected: string[] = [];
  #receive: ((message: ToHost) => void) | undefined;

  private constructor(page: Page, files: PageFiles) {
    this.page = page;
    this.#files = files;
  }

  static async make(browser: Browser, files: PageFiles): Promise<Tab> {
    const page = await (await browser.newContext()).newPage();
    page.setDefaultTimeout(stepLimitMs);
    const tab = new Tab(page, files);
    await page.route("**", async (route) => {
      const url = route.request().url();
      const body = tab.#body(url);
      if (body === undefined) {
        tab.#unexpected.push(url);
        await route.abort();
      } else {
        await route.fulfill({ body, contentType: contentType(url) });
      }
    });
    await page.exposeFunction("fromPanel", (message: ToHost) => tab.#receive?.(message));
    await page.addInitScript(() => {
      if (window.name === "") return;
      window.savedState = (JSON.parse(window.name) as { state?: unknown }).state;
      Object.assign(window, {
        acquireVsCodeApi: () => ({
          postMessage: (message: unknown) => window.fromPanel(message),
          getState: () => window.savedState,
          setState: (next: unknown) => (window.savedState = next),
        }),
      });
    });
    return tab;
  }

  /** Loads the panel. What gives is filled with the addresses that it tries to reach, other than its own files. */
  async open(options: TabOptions, unexpected: string[], receive: (message: ToHost) => void): Promise<void> {
    const { page } = this;
    const { width, height, reducedMotion, state } = options;
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ reducedMotion: reducedMotion ? "reduce" : "no-preference" });
    if (page.url() !== blank) await page.goto(blank);
    await page.evaluate((saved) => (window.name = JSON.stringify({ state: saved })), state);
    this.#language = options.language;
    this.#unexpected = unexpected;
    this.#receive = receive;
    await page.goto(`${origin}/`);
  }

  /** Leaves the panel. What it still says is heard by nobody. */
  async leave(): Promise<void> {
    this.#receive = undefined;
    for (const event of ["pageerror", "console", "dialog"]) this.page.removeAllListeners(event);
    await this.page.mouse.move(0, 0);
    await this.page.goto(blank);
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }

  #body(url: string): string | undefined {
    if (url === blank) return "<!DOCTYPE html>";
    return url === `${origin}/`
      ? pageText(origin, this.#language)
      : this.#files.get(url.replace(`${origin}/`, ""));
  }
}

function contentType(url: string): string {
  if (url.endsWith(".css")) return "text/css";
  return url.endsWith(".js") ? "text/javascript" : "text/html";
}

// The panel's page in Chromium with a scripted host instead of VS Code:
//
//   const harness = await Harness.launch();
//   const panel = await harness.open({ snapshot: snapshot({ messages: [...] }), theme: "light", width: 320 });
//   await panel.emit({ type: "messageAdded", message: answer("…", running) });
//   panel.requests("send")                      // what the panel asked of the host
//   await harness.close();
import type { Browser } from "playwright-core";
import type { ChatSnapshot, ToHost } from "../../../src/protocol/chat.ts";
import { launchBrowser } from "../realVscode/browser.ts";
import { english, type Language } from "./languages.ts";
import { bundlePage, type PageFiles } from "./pageFiles.ts";
import { Panel, type Replies } from "./panel.ts";
import { Tab } from "./tab.ts";
import type { ThemeName } from "./themes.ts";
import { snapshot } from "./views.ts";

export interface OpenOptions {
  readonly snapshot?: ChatSnapshot;
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  /** The saved state of an earlier page. */
  readonly state?: unknown;
  readonly replies?: Replies;
  readonly reducedMotion?: boolean;
  /** Selector of what shows that the page is ready; by default that of the choice of the model. */
  readonly waitFor?: string;
  /** Default: English. */
  readonly language?: Language;
  /** In a page that no panel was in before, e.g. to measure how it starts. */
  readonly isNew?: boolean;
}

export class Harness {
  readonly browser: Browser;
  readonly #files: PageFiles;
  readonly #left: Tab[] = [];

  private constructor(browser: Browser, files: PageFiles) {
    this.browser = browser;
    this.#files = files;
  }

  static async launch(): Promise<Harness> {
    return new Harness(await launchBrowser(), await bundlePage());
  }

  async close(): Promise<void> {
    await this.browser.close();
  }

  /** Opens the panel and waits until it has taken its first snapshot. */
  async open(options: OpenOptions = {}): Promise<Panel> {
    const { width = 320, height = 700, reducedMotion = false, language = english, state, isNew } = options;
    const left = isNew === true ? undefined : this.#left.pop();
    const tab = left ?? (await Tab.make(this.browser, this.#files));
    const unexpected: string[] = [];
    const leave = async (): Promise<void> => {
      if (isNew === true) return tab.close();
      await tab.leave();
      this.#left.push(tab);
    };
    const panel = new Panel(
      { page: tab.page, unexpected, leave },
      options.snapshot ?? snapshot(),
      options.replies ?? {},
      language,
    );
    const receive = (message: ToHost): void => void panel.receive(message);
    await tab.open({ width, height, reducedMotion, language, state }, unexpected, receive);
    await panel.begin(options);
    return panel;
  }
}

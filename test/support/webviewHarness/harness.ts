// The panel's page in Chromium with a scripted host instead of VS Code:
//
//   const harness = await Harness.launch();
//   const panel = await harness.open({ snapshot: snapshot({ messages: [...] }), theme: "light", width: 320 });
//   await panel.emit({ type: "messageAdded", message: answer("…", running) });
//   panel.requests("send")                      // what the panel asked of the host
//   await harness.close();
import { build } from "esbuild";
import path from "node:path";
import type { Browser } from "playwright-core";
import type { ChatSnapshot } from "../../../src/protocol/chat.ts";
import { launchBrowser } from "../realVscode/browser.ts";
import { Panel, type Replies } from "./panel.ts";
import { english, translatedAll, type Language } from "./languages.ts";
import { strings } from "./strings.ts";
import type { ThemeName } from "./themes.ts";
import { snapshot } from "./views.ts";

const root = path.resolve(import.meta.dirname, "../../..");

/** Never reached: every request is answered from memory or recorded and refused. */
const origin = "https://panel.test";
const contentSecurityPolicy = `default-src 'none'; script-src 'nonce-n'; style-src ${origin}`;

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
}

export class Harness {
  readonly browser: Browser;
  readonly #files: ReadonlyMap<string, string>;

  private constructor(browser: Browser, files: ReadonlyMap<string, string>) {
    this.browser = browser;
    this.#files = files;
  }

  static async launch(): Promise<Harness> {
    return new Harness(await launchBrowser(), await bundle());
  }

  async close(): Promise<void> {
    await this.browser.close();
  }

  /** Opens the panel and waits until it has taken its first snapshot. */
  async open(options: OpenOptions = {}): Promise<Panel> {
    const context = await this.browser.newContext({
      viewport: { width: options.width ?? 320, height: options.height ?? 700 },
      reducedMotion: options.reducedMotion === true ? "reduce" : "no-preference",
    });
    const page = await context.newPage();
    const language = options.language ?? english;
    const unexpected: string[] = [];
    await context.route("**", async (route) => {
      const url = route.request().url();
      const body =
        this.#files.get(url.replace(`${origin}/`, "")) ?? (url === `${origin}/` ? pageText(language) : "");
      if (body === "") {
        unexpected.push(url);
        await route.abort();
      } else {
        const contentType = url.endsWith(".css")
          ? "text/css"
          : url.endsWith(".js")
            ? "text/javascript"
            : "text/html";
        await route.fulfill({ body, contentType });
      }
    });
    const panel = new Panel(
      page,
      unexpected,
      options.snapshot ?? snapshot(),
      options.replies ?? {},
      language,
    );
    await panel.load(`${origin}/`, options);
    return panel;
  }
}

async function bundle(): Promise<ReadonlyMap<string, string>> {
  const result = await build({
    absWorkingDir: root,
    entryPoints: {
      chat: "src/webview/main.ts",
      chatStyles: "src/webview/styles.css",
      markdownPage: "test/support/webviewHarness/markdownPage.ts",
    },
    outdir: "out",
    bundle: true,
    write: false,
    format: "esm",
    splitting: true,
    target: "chrome128",
  });
  return new Map(result.outputFiles.map((file) => [path.basename(file.path), file.text]));
}

function pageText(language: Language): string {
  const json = JSON.stringify(translatedAll(strings, language))
    .replaceAll("&", "&amp;")
    .replaceAll('"', "&quot;");
  return `<!DOCTYPE html>
<html lang="${language.locale}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}">
<title>Valar</title>
<link rel="stylesheet" href="${origin}/chatStyles.css">
</head>
<body data-strings="${json}">
<div id="app"></div>
<script type="module" nonce="n" src="${origin}/chat.js"></script>
<script type="module" nonce="n" src="${origin}/markdownPage.js"></script>
</body>
</html>`;
}

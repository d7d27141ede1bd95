// Starts a real VS Code (code-server with the built VSIX) and opens windows of it in headless Chromium.
//
//   const vscode = await launchVscode({ theme: "dark", env: { VALAR_API_KEY: "sk_test_valar_simulator" } });
//   const window = await vscode.openWindow();       // a Workbench, see workbench.ts
//   await window.runCommand("Valar: Focus Chat");
//   const chat = await window.chatFrame();          // Playwright's Frame of the panel
//   await vscode.close();
//
// A launch takes about 2 s and a window about 4 s, so launch once for each mocha file; `openWindow` gives each test
// a browser profile of its own, while `vscode.workspace` and the extension's storage stay the server's.
import type { BrowserContext } from "playwright-core";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { ensureExtensions } from "../../support/realVscode/extensions.ts";
import { borrowBrowser, type BorrowedBrowser } from "../../support/realVscode/keptBrowser.ts";
import { VscodeServer } from "../../support/realVscode/server.ts";
import { defaultLimitMs } from "../../support/realVscode/until.ts";
import { testSettings, themes, type ThemeName } from "../../support/realVscode/settings.ts";
import { temporaryFolder, type TemporaryFolder } from "../../support/realVscode/temporaryFolder.ts";
import { withPseudoLanguage } from "../../support/realVscode/pseudoLanguage.ts";
import { copySample } from "../../support/realVscode/workspace.ts";
import { Workbench } from "./workbench.ts";

export interface LaunchOptions {
  /** The person's settings, over `testSettings`; for example `{ "valar.baseUrl": simulator.baseUrl }`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Environment of the extension host, over this process's own without VALAR_API_KEY. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly theme?: ThemeName;
  /** Ask for workspace trust, as a desktop does. Default: every folder is trusted. */
  readonly workspaceTrust?: boolean;
  /** Gives the extension one more language, `pseudoLanguage`, in which every text is marked. */
  readonly hasPseudoLanguage?: boolean;
  /** Files to lay over the copied sample workspace: relative path → text. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface WindowOptions {
  /** CSS pixels. Default 1280 × 800. */
  readonly width?: number;
  readonly height?: number;
  readonly reducedMotion?: boolean;
  /** What the window has open in place of the sample workspace: a folder or a `.code-workspace` file. */
  readonly open?: string;
  /** Neither a folder nor a file is open. */
  readonly isEmpty?: boolean;
  /** Display language of VS Code and of the extensions, such as `de`. Default: English. */
  readonly language?: string;
}

/** One code-server with a fresh profile and a fresh copy of the sample workspace, and a Chromium. */
export class RealVscode {
  #server: VscodeServer;
  readonly #startServer: (port?: number) => Promise<VscodeServer>;
  readonly #browser: BorrowedBrowser;
  readonly #contexts: BrowserContext[] = [];
  /** The folder that the windows have open; a copy, so a test may change everything in it. */
  readonly workspace: string;
  /** Everything this VS Code writes: user data, logs, storage. Removed on close. */
  readonly dataFolder: string;
  readonly vsix: string;
  readonly #folder: TemporaryFolder;
  readonly #helperFolder: string;

  constructor(
    [server, startServer]: readonly [VscodeServer, (port?: number) => Promise<VscodeServer>],
    browser: BorrowedBrowser,
    folder: TemporaryFolder,
    places: { workspace: string; helper: string; vsix: string },
  ) {
    this.#server = server;
    this.#startServer = startServer;
    this.#browser = browser;
    this.workspace = places.workspace;
    this.#folder = folder;
    this.dataFolder = folder.path;
    this.vsix = places.vsix;
    this.#helperFolder = places.helper;
  }

  get server(): VscodeServer {
    return this.#server;
  }

  /** Ends the server and its extension hosts without warning, as a crash does. */
  async killServer(): Promise<void> {
    await this.#server.kill();
  }

  /** Starts the server again with what it had stored, under the same address. */
  async startServerAgain(): Promise<void> {
    this.#server = await this.#startServer(this.#server.port);
  }

  /** Opens a window with a fresh browser profile and waits until the extension host answers. */
  async openWindow(options: WindowOptions = {}): Promise<Workbench> {
    const context = await this.#browser.browser.newContext({
      viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
      reducedMotion: options.reducedMotion === true ? "reduce" : "no-preference",
      permissions: ["clipboard-read", "clipboard-write"],
    });
    this.#contexts.push(context);
    context.setDefaultTimeout(defaultLimitMs);
    if (options.language !== undefined) await context.addInitScript(setLanguage, options.language);
    return Workbench.open(await context.newPage(), {
      address: this.server.address(options.isEmpty === true ? undefined : (options.open ?? this.workspace)),
      workspace: this.workspace,
      helperFolder: this.#helperFolder,
      settingsFile: this.server.settingsFile,
    });
  }

  /** Text of a file of the workspace as it is on disk. */
  async savedText(file: string): Promise<string> {
    return readFile(path.join(this.workspace, file), "utf8");
  }

  /** Whether each of these texts is in some file that extensions have stored, as it is or as JSON writes it. */
  async isStored(...texts: readonly string[]): Promise<boolean> {
    return this.#isIn(texts, () => true);
  }

  /** The same of files that are whole: one that is still being written is lost with its writer. */
  async isSafe(...texts: readonly string[]): Promise<boolean> {
    return this.#isIn(texts, (name) => !name.endsWith(".new"));
  }

  async #isIn(texts: readonly string[], counts: (name: string) => boolean): Promise<boolean> {
    const folder = path.join(this.server.userDataFolder, "User");
    const names = (await readdir(folder, { recursive: true })).filter(
      (name) => /^(global|workspace)Storage\//.test(name) && counts(name),
    );
    const files = await Promise.all(names.map((name) => readIfFile(path.join(folder, name))));
    const all = files.join("\n");
    return texts.every((text) => all.includes(text) || all.includes(JSON.stringify(text).slice(1, -1)));
  }

  /** Closes every window and the server, and removes their files. */
  async close(): Promise<void> {
    await Promise.all(this.#contexts.map((context) => context.close()));
    await this.#browser.giveBack();
    await this.#server.stop();
    await this.#folder.remove();
  }
}

/**
 * Runs in the page before VS Code's own scripts. VS Code reads its display language from here and hands it to the
 * extension host, which looks for each extension's texts in that language; its own texts stay English without a
 * language pack.
 */
function setLanguage(language: string): void {
  Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: language });
}

/** Text of a file; nothing for a folder, and for a file that is gone since it was listed. */
async function readIfFile(file: string): Promise<string> {
  return readFile(file, "utf8").catch((error: unknown) => {
    if (
      error instanceof Error &&
      "code" in error &&
      ["EISDIR", "ENOENT", "ENXIO"].includes(String(error.code))
    )
      return "";
    throw error;
  });
}

export async function launchVscode(options: LaunchOptions = {}): Promise<RealVscode> {
  const { extensionsFolder: shared, vsix } = await ensureExtensions();
  const folder = await temporaryFolder("e2e");
  const data = folder.path;
  const extensionsFolder =
    options.hasPseudoLanguage === true ? await withPseudoLanguage(shared, data) : shared;
  const workspace = await copySample(data);
  for (const [file, text] of Object.entries(options.files ?? {})) {
    await mkdir(path.dirname(path.join(workspace, file)), { recursive: true });
    await writeFile(path.join(workspace, file), text);
  }
  const helper = path.join(data, "helper");
  await mkdir(helper);
  const serverOptions = {
    dataFolder: data,
    extensionsFolder,
    settings: {
      ...testSettings,
      "workbench.colorTheme": themes[options.theme ?? "dark"],
      ...options.settings,
    },
    env: { VALAR_API_KEY: undefined, ...options.env, VALAR_HELPER_FOLDER: helper },
    workspaceTrust: options.workspaceTrust ?? false,
    // The driver would keep notifications from showing.
    forTests: false,
  };
  const startServer = (port = 0) => VscodeServer.start({ ...serverOptions, port });
  const server = await startServer();
  try {
    const browser = await borrowBrowser();
    return new RealVscode([server, startServer], browser, folder, { workspace, helper, vsix });
  } catch (error) {
    await server.stop();
    throw error;
  }
}

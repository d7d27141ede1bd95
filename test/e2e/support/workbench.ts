// One window of a real VS Code, as a person sees it: keys and mouse through Playwright, documents read through the
// helper extension (reliable where the editor's DOM shows only the lines in view).
import { errors, type Frame, type Locator, type Page } from "playwright-core";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  HelperClient,
  type ActiveEditor,
  type DocumentState,
  type Place,
} from "../../support/realVscode/helperClient.ts";
import { themes, type ThemeName } from "../../support/realVscode/settings.ts";
import { until, untilAtRest } from "../../support/realVscode/until.ts";
import { root } from "../../support/setUp/paths.mjs";

const extensionId = "valar-vscode.valar";

export interface WorkbenchPlace {
  readonly address: string;
  readonly workspace: string;
  readonly helperFolder: string;
  readonly settingsFile: string;
}

export class Workbench {
  readonly page: Page;
  /** Console lines of the page and of its frames, newest last. */
  readonly consoleLines: string[] = [];
  readonly #place: WorkbenchPlace;
  #helper: HelperClient;

  private constructor(page: Page, place: WorkbenchPlace, helper: HelperClient) {
    this.page = page;
    this.#place = place;
    this.#helper = helper;
  }

  static async open(page: Page, place: WorkbenchPlace): Promise<Workbench> {
    const lines: string[] = [];
    page.on("console", (message) => lines.push(`${message.type()}: ${message.text()}`));
    const before = await HelperClient.sockets(place.helperFolder);
    await page.goto(place.address);
    const helper = await HelperClient.connect(place.helperFolder, before);
    const workbench = new Workbench(page, place, helper);
    workbench.consoleLines.push(...lines);
    page.on("console", (message) => workbench.consoleLines.push(`${message.type()}: ${message.text()}`));
    return workbench;
  }

  // The extension host, through the helper extension.

  /** Answers from this window's extension host; `helper.pid` is its process id. */
  get helper(): HelperClient {
    return this.#helper;
  }

  /** Runs a command by its id, without the palette; gives what it returned, if that is JSON. */
  async execute(command: string, ...args: unknown[]): Promise<unknown> {
    return this.#helper.ask("execute", { command, args });
  }

  /** Opens a file (relative to the workspace) in an editor that has the focus. */
  async openFile(file: string): Promise<DocumentState> {
    return this.#inFocus(() => this.#helper.ask("open", { file }));
  }

  /** Opens the file and selects from one place to another; zero-based. */
  async select(file: string, start: Place, end: Place): Promise<DocumentState> {
    return this.#inFocus(() => this.#helper.ask("select", { file, start, end }));
  }

  /** Opens the file and selects whole lines, one-based as the editor shows them, without the last line's end. */
  async selectLines(file: string, first: number, last: number): Promise<DocumentState> {
    const { text, eol } = await this.openFile(file);
    const length = text.split(eol)[last - 1]?.length ?? 0;
    return this.select(file, [first - 1, 0], [last - 1, length]);
  }

  /** The document as the extension host has it: unsaved changes included. Throws if it is not open. */
  async document(file: string): Promise<DocumentState> {
    const found = await this.#helper.ask("document", { file });
    if (found === null) throw new Error(`${file} is not open`);
    return found;
  }

  async editorText(file: string): Promise<string> {
    return (await this.document(file)).text;
  }

  /** Waits until the document's text, unsaved changes included, satisfies `isRight`, and gives it. */
  async editorTextWhen(file: string, isRight: (text: string) => boolean): Promise<string> {
    let last = "";
    return until(`${file} to have the right text`, async () => {
      last = await this.editorText(file);
      return isRight(last) ? last : undefined;
    }).catch((error: unknown) => {
      throw new Error(`The text of ${file} is still:\n${last}`, { cause: error });
    });
  }

  async activeEditor(): Promise<ActiveEditor | null> {
    return this.#helper.ask("activeEditor", {});
  }

  /** The file as it is on disk; bytes that are no UTF-8 look alike here. */
  async savedText(file: string): Promise<string> {
    return (await this.savedBytes(file)).toString("utf8");
  }

  async savedBytes(file: string): Promise<Buffer> {
    return readFile(path.join(this.#place.workspace, file));
  }

  /** Changes one of the person's settings (`undefined` takes it out) and waits until VS Code has it. */
  async changeSetting(name: string, value: unknown): Promise<void> {
    await this.#helper.ask("setting", { name, value: value ?? null });
  }

  async setTheme(theme: ThemeName): Promise<void> {
    await this.changeSetting("workbench.colorTheme", themes[theme]);
    const kind = { light: "vs", dark: "vs-dark", highContrast: "hc-black", highContrastLight: "hc-light" }[
      theme
    ];
    await this.page.locator(`.monaco-workbench.${kind}`).first().waitFor();
  }

  // Keys and mouse.

  /** Runs a command by its title in the palette, for example “Valar: New Chat”. Throws if it is not offered. */
  async runCommand(title: string): Promise<void> {
    const row = this.page
      .locator(".quick-input-list .monaco-list-row")
      .filter({ has: this.page.getByText(title, { exact: true }) })
      .first();
    let offered: string[] = [];
    let misses = 0;
    // Something that takes the focus meanwhile closes the palette: then once more from the start.
    const isRun = await until(`the palette to offer “${title}”`, async () => {
      await this.openPalette();
      try {
        await this.inputBox().fill(`>${title}`, { timeout: 2000 });
        await row.click({ timeout: 4000 });
        return true;
      } catch (error) {
        if (!(error instanceof errors.TimeoutError)) throw error;
        offered = await this.paletteRows();
        // A list that is not yet filtered says nothing of what is offered: then once more from the start.
        misses++;
        return offered.length > 0 && misses > 2 ? "missing" : false;
      }
    });
    if (isRun === "missing") {
      throw new Error(`The palette does not offer “${title}”, but: ${offered.join(" · ")}`);
    }
  }

  /** Titles that the palette offers for a text, such as “Valar: ”. Leaves the palette closed. */
  async offeredCommands(text: string): Promise<string[]> {
    await this.openPalette();
    await this.inputBox().fill(`>${text}`);
    // The palette filters a moment after typing, and has rows before.
    const rows = await untilAtRest(
      "the palette to be filtered",
      () => this.paletteRows(),
      ({ length }) => length > 0,
    );
    await this.page.keyboard.press("Escape");
    return rows;
  }

  async openPalette(): Promise<void> {
    await until("the command palette to open", async () => {
      await this.page.keyboard.press("F1");
      await this.inputBox().waitFor({ timeout: 2000 });
      return (await this.inputBox().inputValue({ timeout: 2000 })).startsWith(">");
    });
  }

  async paletteRows(): Promise<string[]> {
    const rows = this.page.locator(".quick-input-list .monaco-list-row .quick-input-list-row:first-child");
    return (await rows.allInnerTexts()).map((text) => text.split("\n")[0]?.trim() ?? "");
  }

  /** The text field of the palette, of an input box and of a quick pick: there is one at a time. */
  inputBox(): Locator {
    return this.page.locator(".quick-input-widget:visible .quick-input-box input");
  }

  /** Answers VS Code's own dialog for files: `title` is the dialog's, `file` a path that exists. */
  async chooseFile(title: string, file: string): Promise<void> {
    const dialog = this.page.locator(".quick-input-widget:visible", { hasText: title });
    const rows = dialog.locator(".quick-input-list .monaco-list-row");
    // Once it has read its folder it puts that into the field, whatever was typed before.
    await rows.first().waitFor();
    await until(`the dialog to find ${file}`, async () => {
      await this.inputBox().fill(file);
      try {
        await rows
          .filter({ hasText: path.basename(file) })
          .first()
          .waitFor({ timeout: 3000 });
        return (await this.inputBox().inputValue()) === file;
      } catch (error) {
        if (error instanceof errors.TimeoutError) return false;
        throw error;
      }
    });
    await this.inputBox().press("Enter");
    await dialog.waitFor({ state: "hidden" });
  }

  /** The input box's validation message or prompt. */
  inputMessage(): Locator {
    return this.page.locator(".quick-input-widget:visible .quick-input-message");
  }

  /** Notifications shown as toasts now. Buttons: `notification(text).getByRole("button", { name })`. */
  notifications(): Locator {
    return this.page.locator(".notifications-toasts .notification-list-item");
  }

  notification(text: string | RegExp): Locator {
    return this.notifications().filter({ hasText: text }).first();
  }

  async notificationTexts(): Promise<string[]> {
    return this.notifications().locator(".notification-list-item-message").allInnerTexts();
  }

  statusBarItem(text: string | RegExp): Locator {
    return this.page.locator(".statusbar-item").filter({ hasText: text }).first();
  }

  /** Saves the active editor with the key. */
  async save(): Promise<void> {
    await this.page.keyboard.press("Control+s");
  }

  // Valar's panel.

  /** The document of Valar's panel, open and loaded. After a reload or a move ask again: the old frame is gone. */
  async chatFrame(limitMs?: number): Promise<Frame> {
    return until("the frame of the Valar panel", () => this.#findFrame("webviewView"), limitMs);
  }

  /** The document of Valar's chat in an editor tab. */
  async chatEditorFrame(limitMs?: number): Promise<Frame> {
    return until("the frame of Valar's editor tab", () => this.#findFrame("webviewPanel"), limitMs);
  }

  /** Focuses the panel by its command and gives its frame. */
  async openChat(): Promise<Frame> {
    await this.runCommand("Valar: Focus Chat");
    return this.chatFrame();
  }

  /** VS Code puts a webview in a frame of its own page, whose address names the extension, and in that our document. */
  async #findFrame(kind: "webviewView" | "webviewPanel"): Promise<Frame | undefined> {
    const outer = this.page.frames().filter((frame) => {
      const query = URL.canParse(frame.url()) ? new URL(frame.url()).searchParams : new URLSearchParams();
      if (query.get("extensionId") !== extensionId) return false;
      return (query.get("purpose") === "webviewView") === (kind === "webviewView");
    });
    for (const frame of outer.flatMap((candidate) => candidate.childFrames())) {
      if (frame.isDetached()) continue;
      const isOurs = await frame.evaluate(
        () => document.readyState === "complete" && document.body.children.length > 0,
      );
      if (isOurs) return frame;
    }
    return undefined;
  }

  // The window.

  /** Drags the side bar's edge until the side bar is about this wide, in CSS pixels. */
  async resizeSideBar(width: number): Promise<void> {
    const sideBar = this.page.locator("#workbench\\.parts\\.sidebar");
    const box = await sideBar.boundingBox();
    if (box === null) throw new Error("The side bar is hidden");
    const edge = { x: box.x + box.width, y: box.y + box.height / 2 };
    await this.page.mouse.move(edge.x, edge.y);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + width, edge.y, { steps: 5 });
    await this.page.mouse.up();
  }

  /** Reloads the page as “Developer: Reload Window” does (extensions are deactivated) and waits for the new host. */
  async reloadWindow(): Promise<void> {
    await this.#withNewHost(async () => {
      await this.page.reload();
    });
  }

  /** “Developer: Reload Window”: unlike a reload of the page it lets VS Code write down which tabs are open. */
  async reloadByCommand(): Promise<void> {
    await this.#withNewHost(() => this.runCommand("Developer: Reload Window"));
  }

  /**
   * Ends the extension host without warning (as a crash does) and waits for another: VS Code starts it, and asks the
   * person to after three crashes within five minutes.
   */
  async killExtensionHost(): Promise<void> {
    const restart = this.page.getByRole("button", { name: "Restart Remote Extension Host" }).first();
    const page = await this.#findFrame("webviewView");
    await this.#withNewHost(async (before) => {
      process.kill(this.#helper.pid, "SIGKILL");
      // That of a window which was closed without a word may live on.
      await until("another extension host", async () => {
        if (await restart.isVisible()) await restart.click();
        return [...(await this.#hosts())].some((socket) => !before.has(socket));
      });
    });
    if (page) await until("the panel's old page to go", () => page.isDetached());
  }

  /** Opens the same in another tab, which shares the browser's profile with this one. */
  async openTab(): Promise<Workbench> {
    return Workbench.open(await this.page.context().newPage(), this.#place);
  }

  /** Closes the window and its browser profile. */
  async close(): Promise<void> {
    await this.page.context().close();
  }

  /** Saves what the window shows as out/screenshots/NAME.png and gives that path. */
  async screenshot(name: string): Promise<string> {
    const file = path.join(root, "out/screenshots", `${name}.png`);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, await this.page.screenshot());
    return file;
  }

  /**
   * Shows a document until the keyboard's focus is in it: the window moves the focus later than the extension host
   * shows the document, and a panel that was opened just before may take it once more.
   */
  async #inFocus(show: () => Promise<DocumentState>): Promise<DocumentState> {
    const editor = this.page.locator(".editor-instance .monaco-editor.focused").first();
    return until("an editor with the focus", async () => {
      const state = await show();
      try {
        await editor.waitFor({ timeout: 3000 });
        return state;
      } catch (error) {
        if (error instanceof errors.TimeoutError) return undefined;
        throw error;
      }
    });
  }

  async #hosts(): Promise<ReadonlySet<string>> {
    return HelperClient.sockets(this.#place.helperFolder);
  }

  async #withNewHost(change: (before: ReadonlySet<string>) => Promise<void>): Promise<void> {
    const before = await this.#hosts();
    await change(before);
    this.#helper = await HelperClient.connect(this.#place.helperFolder, before);
  }
}

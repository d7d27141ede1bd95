import type { Locator, Page } from "playwright-core";
import type { ChatSnapshot, HostEvent, HostMethod, ToHost, ToWebview } from "../../../src/protocol/chat.ts";
import type { Language } from "./languages.ts";
import { themes, type ThemeName } from "./themes.ts";

/** What the scripted host answers to a method; `undefined` without one. A thrown error is a failure. */
export type Replies = Partial<Record<HostMethod, (params: unknown) => unknown>>;

/** Where a panel is shown. */
export interface PanelPlace {
  readonly page: Page;
  readonly unexpected: readonly string[];
  readonly leave: () => Promise<void>;
}

/** One open page with its scripted host. */
export class Panel {
  readonly page: Page;
  /** Addresses the page tried to reach, other than its own three files. */
  readonly unexpectedRequests: readonly string[];
  /** Uncaught errors, and what the console reported as errors. */
  readonly errors: string[] = [];
  /** What the panel was answered and sent. */
  readonly told: unknown[] = [];
  readonly #received: (ToHost & { type: "request" })[] = [];
  readonly #cancelled = new Set<number>();
  readonly #replies: Replies;
  readonly #language: Language;
  readonly #leave: () => Promise<void>;
  #isLeft = false;
  #snapshot: ChatSnapshot;
  #seq: number;

  constructor(
    { page, unexpected, leave }: PanelPlace,
    snapshot: ChatSnapshot,
    replies: Replies,
    language: Language,
  ) {
    this.#language = language;
    this.page = page;
    this.unexpectedRequests = unexpected;
    this.#leave = leave;
    page.on("pageerror", (error) => this.errors.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") this.errors.push(message.text());
    });
    this.#snapshot = snapshot;
    this.#seq = snapshot.seq;
    this.#replies = replies;
  }

  /** Waits for the page and gives it its colours. */
  async begin(options: { readonly waitFor?: string; readonly theme?: ThemeName }): Promise<void> {
    await this.dress(options.theme ?? "dark");
    await this.page.locator(options.waitFor ?? ".modelPicker").waitFor();
    await this.settle();
  }

  /** Gives the page the colours of a theme, as VS Code does at any moment. */
  async dress(theme: ThemeName): Promise<void> {
    await this.page.evaluate(({ className, variables }) => {
      document.documentElement.removeAttribute("style");
      for (const [name, value] of Object.entries(variables)) {
        document.documentElement.style.setProperty(name, value);
      }
      document.body.className = className;
      document.body.style.backgroundColor = "var(--vscode-sideBar-background)";
    }, themes[theme]);
  }

  get box(): Locator {
    return this.page.getByRole("textbox", { name: this.translated("Message") });
  }
  get log(): Locator {
    return this.page.getByRole("log", { name: this.translated("Conversation") });
  }
  /** A text of the host in the panel's language. */
  translated(text: string): string {
    return this.#language.translate(text);
  }
  /** `name` in English, whatever the language is. */
  button(name: string): Locator {
    return this.page.getByRole("button", { name: this.translated(name), exact: true });
  }

  /** Parameters of every request of this kind, in order. */
  requests(method: HostMethod): unknown[] {
    return this.#received.filter((request) => request.method === method).map(({ params }) => params);
  }

  /** The same, once what the page asked until now has arrived here. */
  async asked(method: HostMethod): Promise<unknown[]> {
    await this.settle();
    return this.requests(method);
  }

  /** Sends an event, as the host does; `skip` leaves out as many numbers before it. */
  async emit(event: HostEvent, skip = 0): Promise<void> {
    this.#seq += 1 + skip;
    await this.post({ type: "event", seq: this.#seq, event });
  }

  /** Sends several events at once, so that they are shown with one frame. */
  async emitAll(events: readonly HostEvent[]): Promise<void> {
    const messages = events.map((event): ToWebview => ({ type: "event", seq: ++this.#seq, event }));
    await this.page.evaluate((all) => {
      for (const data of all) window.dispatchEvent(new MessageEvent("message", { data }));
    }, messages);
  }

  /** What the host answers to the next `ready`. */
  setSnapshot(snapshot: ChatSnapshot): void {
    this.#snapshot = snapshot;
  }

  async post(message: ToWebview): Promise<void> {
    this.told.push(message);
    await this.page.evaluate((data) => window.dispatchEvent(new MessageEvent("message", { data })), message);
  }

  /** How many requests of this kind the panel has given up. */
  cancelled(method: HostMethod): number {
    return this.#received.filter((request) => request.method === method && this.#cancelled.has(request.id))
      .length;
  }

  /** Waits until the panel has asked for this. */
  async untilRequested(method: HostMethod): Promise<void> {
    while (this.requests(method).length === 0) await this.settle();
  }

  /** Pastes an image as a clipboard holds it, of so many pixels each way. */
  async pasteImage(size: number, type = "image/png", name = "image.png"): Promise<void> {
    await this.box.evaluate(
      async (box, { size, type, name }) => {
        const canvas = new OffscreenCanvas(size, size);
        const drawing = canvas.getContext("2d");
        if (drawing === null) throw new Error("No canvas");
        drawing.fillStyle = "teal";
        drawing.fillRect(0, 0, size, size);
        const clipboardData = new DataTransfer();
        clipboardData.items.add(new File([await canvas.convertToBlob()], name, { type }));
        box.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
      },
      { size, type, name },
    );
  }

  async settle(): Promise<void> {
    await this.page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
  }

  async close(): Promise<void> {
    this.#isLeft = true;
    await this.#leave();
  }

  /** Takes what the page posts. */
  async receive(message: ToHost): Promise<void> {
    if (message.type === "cancel") this.#cancelled.add(message.id);
    if (message.type !== "request") return;
    this.#received.push(message);
    try {
      await this.post({ type: "result", id: message.id, result: await this.#reply(message) });
    } catch (error) {
      if (this.#isLeft) return;
      await this.post({
        type: "failure",
        id: message.id,
        message: error instanceof Error ? error.message : "",
      });
    }
  }

  #reply({ method, params }: ToHost & { type: "request" }): unknown {
    const reply = this.#replies[method];
    if (reply !== undefined) return reply(params);
    if (method === "ready") return { ...this.#snapshot, seq: this.#seq };
    return method === "send" ? { type: "accepted" } : undefined;
  }
}

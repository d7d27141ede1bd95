import type { ComposerView, ErrorView } from "../../protocol/chat.ts";
import type { WebviewStrings } from "../../protocol/strings.ts";
import { isComposing } from "../composing.ts";
import { element, iconButton, withOwnDirection } from "../dom.ts";
import type { HostLine } from "../hostLine.ts";
import { icon } from "../icons.ts";
import type { Notice } from "../notice.ts";
import type { Thumbnails } from "../thumbnails.ts";
import { Attachments } from "./attachments.ts";
import { BoxPopup } from "./boxPopup.ts";
import { ContextBar } from "./contextBar.ts";
import { insertText } from "./insertText.ts";
import { Mentions } from "./mentions.ts";
import { Meter } from "./meter.ts";
import { Pickers } from "./pickers.ts";
import { PopupList } from "./popupList.ts";
import { isNothing, readTransfer, type Transferred } from "./transfer.ts";

export interface ComposerContext extends HostLine {
  readonly strings: WebviewStrings;
  /** BCP 47, for numbers. */
  readonly locale: string;
  readonly notice: Notice;
  readonly thumbnails: Thumbnails;
  /** Reads text out to a screen reader. */
  readonly say: (text: string) => void;
}

export interface ComposerActions {
  readonly send: () => void;
  /** The person changed the text. */
  readonly edited: () => void;
  /** The up-arrow in an empty box; false when there is no message of the person's own. */
  readonly editLast: () => boolean;
  readonly showError: (error: ErrorView) => void;
}

/** The box for the next message, with its context and buttons. */
export class Composer {
  readonly element: HTMLElement;
  readonly #context: ComposerContext;
  readonly #actions: ComposerActions;
  readonly #box = withOwnDirection(element("textarea"));
  readonly #boxPopup: BoxPopup;
  readonly #pickers: Pickers;
  readonly #meter: Meter;
  readonly #chips: ContextBar;
  readonly #attachments: Attachments;
  readonly #mentions: Mentions;
  readonly #newChat: HTMLButtonElement;
  readonly #stop: HTMLButtonElement;
  readonly #send: HTMLButtonElement;
  #isComposing = false;

  constructor(context: ComposerContext, actions: ComposerActions) {
    this.#context = context;
    this.#actions = actions;
    const { strings, locale, ask } = context;
    const popup = new PopupList(context.say);
    this.#attachments = new Attachments({
      ...context,
      strings: strings.composer,
      showError: actions.showError,
      chooseModel: () => this.#pickers.chooseModel(),
    });
    this.#mentions = new Mentions({
      attach: (id) => this.#attachments.attach(id),
      remove: (id) => ask("removeContext", { id }),
    });
    this.#boxPopup = new BoxPopup(this.#box, popup, strings.composer, context, {
      attach: ({ id }, mark) => this.#mentions.add(mark, id),
      attachFiles: () => this.#attachments.attachFiles(),
      mark: (suggestion) => this.#mentions.markFor(suggestion),
    });
    this.#pickers = new Pickers(popup, strings.composer, context, locale);
    this.#meter = new Meter(strings.composer, locale);
    this.#chips = new ContextBar(strings, {
      remove: (id) => ask("removeContext", { id }),
      open: (id) => ask("openContext", { id }),
      setAmbient: (id, isOn) => ask("setAmbient", { id, isOn }),
      thumbnails: context.thumbnails,
      focus: () => this.focus(),
    });
    this.#newChat = iconButton(icon("add"), strings.newChat, () => {
      ask("newChat", undefined);
      this.focus();
    });
    this.#newChat.classList.add("newChatButton");
    this.#stop = iconButton(icon("stop"), strings.stop, () => {
      ask("stop", undefined);
      this.focus();
    });
    this.#stop.classList.add("stop");
    this.#send = iconButton(icon("send"), strings.send, () => {
      actions.send();
      this.focus();
    });
    this.#send.classList.add("submit");
    this.element = element("div", "composer", this.#chips.element, this.#box, this.#toolbar(), popup.element);
    this.element.addEventListener("click", ({ target }) => {
      if (target instanceof Element && target.matches(".composer, .toolbar, .chips")) this.focus();
    });
    this.#stop.hidden = true;
    this.#newChat.hidden = true;
    this.#prepareBox();
    this.#changed();
  }

  get text(): string {
    return this.#box.value;
  }

  /** Puts text into the box, the cursor behind it. */
  set text(text: string) {
    if (text === this.#box.value) return;
    this.#box.value = text;
    this.#box.setSelectionRange(text.length, text.length);
    this.#mentions.clear();
    this.#changed();
  }

  focus(): void {
    this.#box.focus();
  }

  /** Puts text behind what is there, on a line of its own, as if typed. */
  append(text: string): void {
    const { length } = this.#box.value;
    const needsBreak = length > 0 && !this.#box.value.endsWith("\n");
    insertText(this.#box, length, length, needsBreak ? `\n${text}` : text);
  }

  /**
   * Resolves when all that was asked for so far is attached or declined, and what is not wanted is off; false when
   * something could not be attached.
   */
  async attached(): Promise<boolean> {
    const isAttached = this.#attachments.settled();
    await this.#mentions.settled();
    return (await isAttached) && (await this.#attachments.settled());
  }

  /** Asks what is to become of images that the model does not take; false when there are none. */
  askAboutImages(send: () => void): boolean {
    return this.#attachments.askAboutWaiting(send);
  }

  /** Takes what was dropped or pasted. */
  take(transferred: Transferred): void {
    this.#attachments.take(transferred);
    this.focus();
  }

  update(view: ComposerView, isAnswering: boolean, isEmpty: boolean): void {
    this.#attachments.update(view.model);
    this.#chips.update(view);
    this.#pickers.update(view);
    this.#meter.update(view.meter);
    this.#boxPopup.commands = view.commands;
    const stopHadFocus = document.activeElement === this.#stop;
    this.#newChat.hidden = isEmpty;
    this.#stop.hidden = !isAnswering;
    if (stopHadFocus && !isAnswering) this.focus();
  }

  #toolbar(): HTMLElement {
    const { strings, ask } = this.#context;
    const attach = iconButton(icon("attach"), strings.composer.attach, () => this.#boxPopup.startMention());
    attach.addEventListener("mousedown", (event) => event.preventDefault());
    const history = iconButton(icon("history"), strings.composer.history, () =>
      ask("showHistory", undefined),
    );
    history.classList.add("historyButton");
    // The meter takes Stop's place when it goes: a second click must not meet New Chat there.
    const buttons = [history, this.#newChat, this.#meter.element, this.#stop, this.#send];
    return element(
      "div",
      "toolbar",
      element("div", "toolbarStart", attach, this.#pickers.element),
      element("div", "toolbarEnd", ...buttons),
    );
  }

  #prepareBox(): void {
    const { strings } = this.#context;
    const box = this.#box;
    box.rows = 1;
    box.placeholder = strings.messagePlaceholder;
    box.setAttribute("aria-label", strings.message);
    box.addEventListener("keydown", (event) => this.#key(event));
    box.addEventListener("input", () => {
      this.#changed();
      this.#actions.edited();
      this.#mentions.update(this.text);
      if (!this.#isComposing) this.#boxPopup.refresh();
    });
    box.addEventListener("compositionstart", () => (this.#isComposing = true));
    box.addEventListener("compositionend", () => {
      this.#isComposing = false;
      this.#boxPopup.refresh();
    });
    document.addEventListener("selectionchange", () => {
      if (document.activeElement === box && !this.#isComposing) this.#boxPopup.moved();
    });
    box.addEventListener("paste", (event) => this.#paste(event));
  }

  #key(event: KeyboardEvent): void {
    if (isComposing(event)) return;
    if (this.#boxPopup.key(event)) return;
    if (event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter") {
      event.preventDefault();
      this.#actions.send();
    } else if (event.key === "ArrowUp" && this.text === "" && this.#actions.editLast()) {
      event.preventDefault();
    }
  }

  /** Files and images are attached; text that comes with them wins, as from a word processor. */
  #paste(event: ClipboardEvent): void {
    const { clipboardData } = event;
    if (clipboardData === null || clipboardData.getData("text/plain") !== "") return;
    const transferred = readTransfer(clipboardData);
    if (isNothing(transferred)) return;
    event.preventDefault();
    this.#attachments.take(transferred);
  }

  #changed(): void {
    // Not `disabled`, which would drop the focus.
    this.#send.setAttribute("aria-disabled", String(this.text.trim() === ""));
    if (CSS.supports("field-sizing", "content")) return;
    this.#box.style.height = "auto";
    this.#box.style.height = `${this.#box.scrollHeight}px`;
  }
}

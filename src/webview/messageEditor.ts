import { type FitId, type HostRequests, isResend, type ResendId, type SendResult } from "../protocol/chat.ts";
import { assertNever } from "../core/util/assertNever.ts";
import { fitPanel } from "./composer/fitPanel.ts";
import { insertText } from "./composer/insertText.ts";
import { isComposing } from "./composing.ts";
import { element, textButton, withOwnDirection } from "./dom.ts";
import { errorPart } from "./errorPart.ts";
import type { PanelContext } from "./panelContext.ts";

/** The box in place of an own message whose wording the person changes. */
export class MessageEditor {
  readonly element: HTMLElement;
  readonly #messageId: string;
  readonly #context: PanelContext;
  readonly #close: (sent: boolean) => void;
  readonly #box = withOwnDirection(element("textarea"));
  /** Why it was not sent. */
  readonly #outcome = element("div", "editOutcome");
  #unsettled: HostRequests["editMessage"][0] | undefined;
  #isSending = false;

  /** `close` ends the edit. */
  constructor(messageId: string, text: string, context: PanelContext, close: (sent: boolean) => void) {
    this.#messageId = messageId;
    this.#context = context;
    this.#close = close;
    const { strings } = context;
    this.#box.value = text;
    this.#box.rows = Math.min(12, text.split("\n").length);
    this.#box.setAttribute("aria-label", strings.editMessage);
    this.#box.addEventListener("input", () => context.page.setEdit(messageId, this.#box.value));
    this.#box.addEventListener("keydown", (event) => this.#key(event));
    const buttons = element(
      "div",
      "buttons",
      textButton("primary", strings.send, () => void this.#send()),
      textButton("secondary", strings.cancel, () => this.#close(false)),
    );
    this.element = element("div", "messageEditor", this.#box, this.#outcome, buttons);
  }

  get text(): string {
    return this.#box.value;
  }

  /** Puts another wording into the box. Undo brings back the one before. */
  replace(text: string): void {
    if (text !== this.#box.value) insertText(this.#box, 0, this.#box.value.length, text);
  }

  /** Puts the cursor behind the text. */
  focus(): void {
    this.#box.focus();
    this.#box.setSelectionRange(this.#box.value.length, this.#box.value.length);
  }

  #key(event: KeyboardEvent): void {
    if (isComposing(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      void this.#send();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      this.#close(false);
    }
  }

  async #send(fit?: FitId): Promise<void> {
    const text = this.#box.value;
    if (text.trim() === "" || this.#isSending) return;
    this.#isSending = true;
    const params = this.#params(text, fit);
    this.#unsettled = params;
    try {
      const result = await this.#context.request("editMessage", params);
      this.#unsettled = undefined;
      this.#show(result);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#showError({ message, hint: "", requestId: undefined, actions: [] });
    } finally {
      this.#isSending = false;
    }
  }

  /** The same press under the same id while it is not known what became of it. */
  #params(text: string, fit: FitId | undefined): HostRequests["editMessage"][0] {
    const before = this.#unsettled;
    if (before?.text === text && before.fit === fit) return before;
    const choice = fit === undefined ? {} : { fit };
    return { clientId: crypto.randomUUID(), messageId: this.#messageId, text, ...choice };
  }

  #show(result: SendResult): void {
    switch (result.type) {
      case "accepted":
      case "queued":
        this.#close(true);
        return;
      case "rejected":
        this.#showError(result.error);
        return;
      case "tooLong":
        this.#showChoices(result);
        return;
      default:
        assertNever(result);
    }
  }

  #showError(error: Parameters<typeof errorPart>[0]): void {
    const { strings, say } = this.#context;
    const part = errorPart(error, strings, (action) => {
      if (action === "retry") void this.#send();
      else if (isResend(action)) void this.#resend(action);
      else this.#context.errorAction("", action);
    });
    this.#outcome.replaceChildren(part);
    say(`${error.message} ${error.hint}`);
  }

  async #resend(action: ResendId): Promise<void> {
    try {
      await this.#context.request("clearWay", { action });
    } catch (error) {
      this.#context.showFailure(error);
      return;
    }
    await this.#send();
  }

  #showChoices(result: SendResult & { type: "tooLong" }): void {
    const { strings, locale } = this.#context;
    const panel = fitPanel(result, strings.composer, locale, {
      choose: (fit) => void this.#send(fit),
      cancel: () => {
        this.#outcome.replaceChildren();
        this.focus();
      },
    });
    this.#outcome.replaceChildren(panel);
    panel.querySelector("button")?.focus();
    this.#context.say(panel.getAttribute("aria-label") ?? "");
  }
}

import { DisposableStore, type Disposable } from "../../core/util/disposable.ts";
import { assertNever } from "../../core/util/assertNever.ts";
import { type ErrorView, type FitId, isResend, type ResendId } from "../../protocol/chat.ts";
import { element } from "../dom.ts";
import type { PageState } from "../pageState.ts";
import { isAnswering, lastOwnMessage, type ChatState } from "../store.ts";
import { Composer, type ComposerContext } from "./composer.ts";
import { Draft } from "./draft.ts";
import { DropTarget } from "./dropTarget.ts";
import { fitPanel, type TooLong } from "./fitPanel.ts";
import { QueuePart } from "./queuePart.ts";
import { Sender } from "./sender.ts";

export interface ComposerAreaContext extends ComposerContext {
  readonly page: PageState;
  /** Where files may be dropped. */
  readonly dropArea: HTMLElement;
  /** Opens an own message for editing where it stands; false when it cannot. */
  readonly editMessage: (id: string) => boolean;
}

/** Everything below the conversation that makes the next message: the queue, the box, its draft, and sending. */
export class ComposerArea implements Disposable {
  readonly element: HTMLElement;
  readonly #store = new DisposableStore();
  readonly #context: ComposerAreaContext;
  readonly #draft: Draft;
  readonly #sender: Sender;
  readonly #composer: Composer;
  readonly #queue: QueuePart;
  readonly #fit = element("div", "fit");
  #state: ChatState | undefined;
  /** Was Send pressed before the conversation was there? */
  #isSendWanted = false;

  constructor(context: ComposerAreaContext) {
    this.#context = context;
    const { page, strings } = context;
    this.#draft = new Draft(
      (draft) => (page.draft = draft),
      (text) => context.ask("saveDraft", { text }),
    );
    this.#sender = new Sender(
      (params) => context.request("send", params),
      () => crypto.randomUUID(),
    );
    this.#composer = new Composer(context, {
      send: () => void this.send(),
      edited: (text) => {
        this.#fit.replaceChildren();
        this.#draft.edited(text);
      },
      editLast: () => this.#editLast(),
      showError: (error) => this.showError(error),
    });
    this.#queue = new QueuePart(strings.composer, {
      remove: (id) => void this.#takeBack(id),
      resume: () => context.ask("resumeQueue", undefined),
      focus: () => this.focus(),
    });
    const drop = this.#store.add(
      new DropTarget(context.dropArea, strings.composer.dropHere, (files) => this.#composer.take(files)),
    );
    this.#composer.text = page.draft;
    this.element = element(
      "div",
      "composerArea",
      this.#fit,
      this.#queue.element,
      this.#composer.element,
      drop.element,
    );
  }

  dispose(): void {
    this.#draft.flush();
    this.#store.dispose();
  }

  /** Saves what is not yet saved. */
  flush(): void {
    this.#draft.flush();
  }

  focus(): void {
    this.#composer.focus();
  }

  update(state: ChatState): void {
    this.#state = state;
    this.#composer.update(state.composer, isAnswering(state), state.messages.length === 0);
    this.#queue.update(state.queue);
    if (this.#isSendWanted) void this.send();
  }

  /** Takes the draft that came with a snapshot, but not over what is being typed. */
  offerDraft(text: string): void {
    if (this.#composer.text === "") this.setDraft(text);
  }

  /** Shows a draft that the host knows. */
  setDraft(text: string): void {
    this.#composer.text = text;
    this.#fit.replaceChildren();
    this.#draft.settled(text);
  }

  /** Puts a text into the box as if the person had typed it. */
  suggest(text: string): void {
    this.#composer.text = text;
    this.#draft.edited(text);
    this.#composer.focus();
  }

  /** Sends what is in the box; with `fit`, what does not fit is left out that way. */
  async send(fit?: FitId): Promise<void> {
    const { text } = this.#composer;
    this.#isSendWanted = this.#state === undefined;
    if (text.trim() === "" || this.#state === undefined) return;
    const { notice } = this.#context;
    try {
      const result = await this.#sender.send(text, fit);
      if (result === undefined) return;
      this.#fit.replaceChildren();
      switch (result.type) {
        case "accepted":
        case "queued":
          notice.clear();
          if (this.#composer.text === text) this.setDraft("");
          return;
        case "tooLong":
          notice.clear();
          this.#offerFit(result);
          return;
        case "rejected":
          this.#showRefusal(result.error);
          return;
        default:
          assertNever(result);
      }
    } catch (error) {
      notice.failure(error);
    }
  }

  /** Shows an error that belongs to no message. */
  showError(error: ErrorView): void {
    const { ask, notice } = this.#context;
    notice.error(error, (action) => {
      if (action === "retry" || isResend(action)) notice.clear();
      ask("errorAction", { messageId: "", action });
    });
  }

  /** Shows why what is in the box was not sent. */
  #showRefusal(error: ErrorView): void {
    const { ask, notice } = this.#context;
    notice.error(error, (action) => {
      if (action === "retry") void this.send();
      else if (isResend(action)) void this.#resend(action);
      else ask("errorAction", { messageId: "", action });
    });
  }

  async #resend(action: ResendId): Promise<void> {
    const { request, notice } = this.#context;
    try {
      await request("clearWay", { action });
    } catch (error) {
      notice.failure(error);
      return;
    }
    await this.send();
  }

  #offerFit(result: TooLong): void {
    const { strings, locale, say } = this.#context;
    const leave = (): void => {
      this.focus();
      this.#fit.replaceChildren();
    };
    const panel = fitPanel(result, strings.composer, locale, {
      choose: (fit) => {
        leave();
        void this.send(fit);
      },
      cancel: leave,
    });
    this.#fit.replaceChildren(panel);
    panel.querySelector("button")?.focus();
    say(panel.ariaLabel ?? "");
  }

  #editLast(): boolean {
    const last = this.#state === undefined ? undefined : lastOwnMessage(this.#state);
    return last !== undefined && this.#context.editMessage(last.id);
  }

  /** A waiting message goes back into the box, behind what is there. */
  async #takeBack(id: string): Promise<void> {
    try {
      const message = await this.#context.request("removeQueued", { id });
      if (message !== undefined) this.#composer.append(message.text);
    } catch (error) {
      this.#context.notice.failure(error);
    }
  }
}

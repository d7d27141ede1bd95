import { DisposableStore, type Disposable } from "../../core/util/disposable.ts";
import { assertNever } from "../../core/util/assertNever.ts";
import {
  type ChatSnapshot,
  type DraftVersion,
  type ErrorView,
  type FitId,
  isResend,
  type ResendId,
} from "../../protocol/chat.ts";
import { element } from "../dom.ts";
import type { PageState } from "../pageState.ts";
import { isAnswering, lastOwnMessage, type ChatState } from "../store.ts";
import { Composer, type ComposerContext } from "./composer.ts";
import { Draft } from "./draft.ts";
import { DropTarget } from "./dropTarget.ts";
import { fitPanel, type TooLong } from "./fitPanel.ts";
import { Outbox, type Refusal } from "./outbox.ts";
import { QueuePart } from "./queuePart.ts";

/** A message that is longer on its way is shown as waiting, ms. */
const showSendingAfter = 400;

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
  readonly #outbox: Outbox;
  readonly #composer: Composer;
  readonly #queue: QueuePart;
  readonly #fit = element("div", "fit");
  readonly #rateNote = element("p", "rateNote");
  /** Tells why what is in the box was not sent. */
  #refusal: HTMLElement | undefined;
  #state: ChatState | undefined;
  /** Was Send pressed before the conversation was there? */
  #isSendWanted = false;
  /** What was on its way when the page before this one went away. */
  #leftBehind: readonly string[];
  /** Of the text that the page before this one left, until the host has told its own. */
  #leftVersion: DraftVersion | undefined;
  #sendingTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(context: ComposerAreaContext) {
    this.#context = context;
    const { page, strings } = context;
    this.#leftBehind = page.sending;
    this.#leftVersion = page.version;
    this.#draft = new Draft(async (unsent) => {
      await context.request("saveDraft", unsent).catch((error: unknown) => context.notice.failure(error));
    });
    this.#outbox = new Outbox(
      async (params) => {
        if (await this.#composer.attached()) return context.request("send", params);
        return { type: "unattached" };
      },
      () => crypto.randomUUID(),
      {
        changed: () => this.#sendingChanged(),
        taken: () => this.#taken(),
        refused: (texts, why) => this.#refused(texts, why),
      },
    );
    this.#composer = new Composer(context, {
      send: () => this.send(),
      edited: () => {
        this.#fit.replaceChildren();
        // What it said of the message that was kept holds no longer once that is taken out.
        if (this.#refusal?.isConnected === true && this.#composer.text.trim() === "") context.notice.clear();
        this.#edited();
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
    this.#rateNote.hidden = true;
    this.element = element(
      "div",
      "composerArea",
      this.#fit,
      this.#queue.element,
      this.#rateNote,
      this.#composer.element,
      drop.element,
    );
  }

  dispose(): void {
    clearTimeout(this.#sendingTimer);
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
    this.#showRate(state.composer.rateNote);
    if (this.#isSendWanted) this.send();
  }

  /** Told when it appears; the numbers that follow would be noise. */
  #showRate(text: string | undefined): void {
    if (text !== undefined && this.#rateNote.hidden) this.#context.say(text);
    this.#rateNote.hidden = text === undefined;
    this.#rateNote.textContent = text ?? "";
  }

  /** Takes the draft that came with a snapshot, but not over what is being typed. */
  offerDraft(snapshot: ChatSnapshot): void {
    // VS Code may bring a page back as it was before it was typed on, or before its text was sent, in another tab too.
    const isOld = isNewer(snapshot.draftVersion, this.#leftVersion);
    // A newer draft holds what was on its way and not taken.
    const back = isOld ? [] : this.#leftBehind.filter((text) => !hasTaken(snapshot, text));
    if (back.length > 0) this.#putBack(back);
    if (this.#leftBehind.length > 0) this.#context.page.sending = [];
    this.#leftBehind = [];
    this.#leftVersion = undefined;
    this.#context.page.follow(snapshot.draftVersion);
    const { isEdited } = this.#draft;
    if (isOld && isEdited) this.#putBack([snapshot.draft]);
    const { text } = this.#composer;
    const isOwn = text !== "" && (isEdited || !(isOld || hasTaken(snapshot, text)));
    if (isOwn || this.#outbox.messages.length > 0) this.#edited();
    else if (!isEdited) this.#setDraft(snapshot.draft);
    this.#draft.begin();
  }

  /** Takes what the host adds to the draft, behind what was typed meanwhile; into an empty box the whole of it. */
  takeDraft({ text, added }: { readonly text: string; readonly added: string }): void {
    if (this.#composer.text.trim() === "") this.#setDraft(text);
    else this.#composer.append(added);
  }

  /** Shows a draft that the host knows. */
  #setDraft(text: string): void {
    this.#composer.text = text;
    this.#fit.replaceChildren();
    this.#context.page.draft = text;
    this.#draft.settled(text);
  }

  /** Puts a text into the box as if the person had typed it. */
  suggest(text: string): void {
    this.#composer.text = text;
    this.#edited();
    this.#composer.focus();
  }

  /** Sends what is in the box; with `fit`, what does not fit is left out that way. */
  send(fit?: FitId): void {
    const { text } = this.#composer;
    this.#isSendWanted = this.#state === undefined;
    if (text.trim() === "" || this.#state === undefined) return;
    this.#fit.replaceChildren();
    if (this.#composer.askAboutImages(() => this.send(fit))) return;
    this.#composer.text = "";
    this.#outbox.add(text, fit);
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
    // Where there is no token, a card above offers to set one.
    const isOffered =
      this.#state?.account.state === "signedOut" && error.actions.some(({ id }) => id === "setToken");
    this.#refusal = notice.error(isOffered ? { ...error, actions: [] } : error, (action) => {
      if (action === "retry") this.send();
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
    this.send();
  }

  /** What was written and is not yet in the conversation is kept here and, before anything is sent, at the host. */
  #edited(): void {
    const { page } = this.#context;
    page.editDraft(this.#composer.text);
    const sending = this.#outbox.messages.map(({ clientId, text }) => ({ clientId, text }));
    this.#draft.edited({ text: this.#composer.text, version: page.version, sending });
  }

  #sendingChanged(): void {
    const messages = [...this.#outbox.messages];
    this.#context.page.sending = messages.map(({ text }) => text);
    this.#edited();
    if (messages.length > 0) this.#draft.flush();
    this.#queue.setSending(messages, false);
    clearTimeout(this.#sendingTimer);
    this.#sendingTimer = setTimeout(() => this.#queue.setSending(messages, true), showSendingAfter);
  }

  #taken(): void {
    this.#context.notice.clear();
  }

  #refused(texts: readonly string[], why: Refusal): void {
    this.#putBack(texts);
    switch (why.type) {
      case "tooLong":
        this.#context.notice.clear();
        this.#offerFit(why);
        return;
      case "rejected":
        this.#showRefusal(why.error);
        return;
      case "unattached":
        // What could not be attached is told already.
        return;
      case "failed":
        this.#context.notice.failure(why.error);
        return;
      default:
        assertNever(why);
    }
  }

  /** Texts go back into the box, in front of what was written since. */
  #putBack(texts: readonly string[]): void {
    this.#composer.text = joined([...texts, this.#composer.text]);
    this.#edited();
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
        this.send(fit);
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
    // The host puts the message behind the draft that it knows.
    this.#draft.flush();
    const release = this.#queue.hold(id);
    const before = this.#composer.text;
    try {
      const message = await this.#context.request("removeQueued", { id });
      // A snapshot may have brought the host's draft meanwhile.
      const isThere = message !== undefined && this.#composer.text === joined([before, message.text]);
      if (message !== undefined && !isThere) this.#composer.append(message.text);
    } catch (error) {
      this.#context.notice.failure(error);
    } finally {
      release();
    }
  }
}

function joined(texts: readonly string[]): string {
  return texts.filter((text) => text !== "").join("\n");
}

/** Only versions of one page can be compared. */
function isNewer(known: DraftVersion | undefined, left: DraftVersion | undefined): boolean {
  return known !== undefined && left !== undefined && known.page === left.page && known.count > left.count;
}

/** Did the host take the message although its answer to that never came? */
function hasTaken({ draft, messages, queue }: ChatSnapshot, text: string): boolean {
  const own = messages.filter((message) => message.kind === "user");
  return !draft.includes(text) && [...own, ...queue.messages].some((message) => message.text === text);
}

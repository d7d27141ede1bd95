import { DisposableStore, type Disposable } from "../../core/util/disposable.ts";
import type { ErrorView, FitId } from "../../protocol/chat.ts";
import type { WebviewStrings } from "../../protocol/strings.ts";
import { element } from "../dom.ts";
import type { HostLine } from "../hostLine.ts";
import type { Notice } from "../notice.ts";
import { isAnswering, lastOwnText, type ChatState } from "../store.ts";
import { savedDraft, type VsCodeApi } from "../vscodeApi.ts";
import { Composer } from "./composer.ts";
import { Draft } from "./draft.ts";
import { Sender } from "./sender.ts";

export interface ComposerAreaContext extends HostLine {
  readonly strings: WebviewStrings;
  readonly api: VsCodeApi;
  readonly notice: Notice;
}

/** Everything below the conversation that makes the next message: the box, its draft, and sending it. */
export class ComposerArea implements Disposable {
  readonly element: HTMLElement;
  readonly #store = new DisposableStore();
  readonly #context: ComposerAreaContext;
  readonly #draft: Draft;
  readonly #sender: Sender;
  readonly #composer: Composer;
  #state: ChatState | undefined;
  /** Was Send pressed before the conversation was there? */
  #isSendWanted = false;

  constructor(context: ComposerAreaContext) {
    this.#context = context;
    const { api } = context;
    this.#draft = new Draft(
      (draft) => api.setState({ draft }),
      (text) => context.ask("saveDraft", { text }),
    );
    this.#sender = new Sender(
      (params) => context.request("send", params),
      () => crypto.randomUUID(),
    );
    this.#composer = this.#makeComposer();
    this.#composer.text = savedDraft(api.getState());
    this.element = element("div", "composerArea", this.#composer.element);
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
    if (this.#isSendWanted) void this.send();
  }

  /** Takes the draft that came with a snapshot, but not over what is being typed. */
  offerDraft(text: string): void {
    if (this.#composer.text === "") this.setDraft(text);
  }

  /** Shows a draft that the host knows. */
  setDraft(text: string): void {
    this.#composer.text = text;
    this.#draft.settled(text);
  }

  /** Puts a text into the box as if the person had typed it. */
  suggest(text: string): void {
    this.#composer.text = text;
    this.#draft.edited(text);
    this.#composer.focus();
  }

  async send(fit?: FitId): Promise<void> {
    const { text } = this.#composer;
    this.#isSendWanted = this.#state === undefined;
    if (text.trim() === "" || this.#state === undefined) return;
    const { notice } = this.#context;
    try {
      const result = await this.#sender.send(text, fit);
      if (result === undefined) return;
      if (result.type === "rejected") {
        this.showError(result.error);
        return;
      }
      if (result.type === "tooLong") return;
      notice.clear();
      if (this.#composer.text === text) this.setDraft("");
    } catch (error) {
      notice.failure(error);
    }
  }

  /** Shows an error that belongs to no message. */
  showError(error: ErrorView): void {
    const { ask, notice } = this.#context;
    notice.error(error, (action) => {
      if (action === "retry") void this.send();
      else ask("errorAction", { messageId: "", action });
    });
  }

  #makeComposer(): Composer {
    const { ask, strings } = this.#context;
    return new Composer(strings, {
      send: () => void this.send(),
      stop: () => ask("stop", undefined),
      newChat: () => {
        ask("newChat", undefined);
        this.#composer.focus();
      },
      selectModel: () => ask("listModels", undefined),
      removeContext: (id) => ask("removeContext", { id }),
      edited: (text) => this.#draft.edited(text),
      recall: () => (this.#state === undefined ? undefined : lastOwnText(this.#state)),
    });
  }
}

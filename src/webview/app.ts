import { createParser } from "../core/markdown/parser.ts";
import { DisposableStore, type Disposable } from "../core/util/disposable.ts";
import type {
  ErrorActionId,
  ErrorView,
  HostEvent,
  HostMethod,
  HostRequests,
  ToWebview,
} from "../protocol/chat.ts";
import type { WebviewStrings } from "../protocol/strings.ts";
import { Composer } from "./composer.ts";
import { Connection } from "./connection.ts";
import { element, nameButton, textButton } from "./dom.ts";
import { Draft } from "./draft.ts";
import { errorPart } from "./errorPart.ts";
import { FrameScheduler } from "./frameScheduler.ts";
import { icon } from "./icons.ts";
import { LiveRegion } from "./liveRegion.ts";
import { listenForLinks } from "./markdown/linkParts.ts";
import { plainLine } from "./markdown/plainLine.ts";
import type { PanelContext } from "./panelContext.ts";
import { ScrollFollower } from "./scrollFollower.ts";
import { Sender } from "./sender.ts";
import { isAnswering, lastOwnText, reduce, stateOf, type ChatState } from "./store.ts";
import { Transcript } from "./transcript.ts";
import { savedDraft, type VsCodeApi } from "./vscodeApi.ts";
import { tokenCard, welcome } from "./welcome.ts";

/** The panel: joins the parts, the state and the host. */
export class App implements Disposable {
  readonly #strings: WebviewStrings;
  readonly #store = new DisposableStore();
  readonly #connection: Connection;
  readonly #draft: Draft;
  readonly #sender: Sender;
  readonly #frame: FrameScheduler;
  readonly #live = new LiveRegion();
  readonly #transcript: Transcript;
  readonly #composer: Composer;
  readonly #follower: ScrollFollower;
  readonly #welcome: HTMLElement;
  readonly #tokenCard: HTMLElement;
  readonly #notice = element("div", "notice");
  #state: ChatState | undefined;
  /** Was Send pressed before the conversation was there? */
  #isSendWanted = false;

  constructor(root: HTMLElement, strings: WebviewStrings, api: VsCodeApi) {
    this.#strings = strings;
    this.#connection = new Connection((message) => api.postMessage(message), {
      snapshot: (snapshot) => {
        this.#state = stateOf(snapshot);
        if (this.#composer.text === "") this.#setDraft(snapshot.draft);
        this.#notice.replaceChildren();
        this.#frame.request();
        if (this.#isSendWanted) void this.#send();
      },
      event: (event) => this.#heard(event),
      lost: () => this.#showLost(),
    });
    this.#draft = new Draft(
      (draft) => api.setState({ draft }),
      (text) => this.#ask("saveDraft", { text }),
    );
    this.#sender = new Sender(
      (params) => this.#connection.request("send", params),
      () => crypto.randomUUID(),
    );
    this.#frame = new FrameScheduler(
      () => this.#render(),
      (callback) => requestAnimationFrame(callback),
    );
    const context = this.#context();
    this.#transcript = new Transcript(context);
    this.#composer = this.#makeComposer();
    this.#welcome = welcome(strings, (text) => this.#suggest(text));
    this.#tokenCard = tokenCard(strings, {
      setToken: () => this.#ask("setToken", undefined),
      getKey: () => this.#ask("getKey", undefined),
    });
    const scroller = element("div", "scroller", this.#welcome, this.#transcript.element);
    scroller.tabIndex = 0;
    const jump = this.#jumpButton();
    this.#follower = this.#store.add(
      new ScrollFollower(scroller, this.#transcript.element, (following) => (jump.hidden = following)),
    );
    const bottom = element("div", "bottom", jump, this.#tokenCard, this.#notice, this.#composer.element);
    root.setAttribute("role", "main");
    const title = element("h1", "screenReaderOnly", strings.valar);
    root.replaceChildren(title, scroller, bottom, this.#live.element);
    this.#welcome.hidden = true;
    this.#tokenCard.hidden = true;
    listenForLinks(scroller, context.openLink);
    this.#composer.text = savedDraft(api.getState());
  }

  dispose(): void {
    this.#draft.flush();
    this.#store.dispose();
  }

  /** Fetches the conversation. */
  start(): void {
    void this.#connection.synchronise();
  }

  receive(message: ToWebview): void {
    this.#connection.receive(message);
  }

  /** Saves what is not yet saved, e.g. because the page is about to be hidden. */
  flush(): void {
    this.#draft.flush();
  }

  #heard(event: HostEvent): void {
    if (this.#state !== undefined) this.#state = reduce(this.#state, event);
    if (event.type === "snapshot" && this.#composer.text === "") this.#setDraft(event.snapshot.draft);
    if (event.type === "draft") this.#setDraft(event.text);
    if (event.type === "focusInput") this.#composer.focus();
    if (event.type === "messageAdded" && event.message.kind === "user") this.#follower.jump();
    if (event.type === "account") this.#notice.replaceChildren();
    this.#frame.request();
  }

  #render(): void {
    const state = this.#state;
    if (state === undefined) return;
    const isEmpty = state.messages.length === 0;
    const isSignedOut = state.account.state === "signedOut";
    this.#transcript.update(state.messages);
    this.#composer.update(state.composer, isAnswering(state), isEmpty);
    this.#welcome.hidden = !isEmpty;
    this.#tokenCard.hidden = !isSignedOut;
    this.#follower.keepUp();
  }

  #context(): PanelContext {
    return {
      parser: createParser(),
      strings: this.#strings,
      locale: document.documentElement.lang || "en",
      renderLine: plainLine,
      copy: (text) => this.#ask("copy", { text }),
      insertAtCursor: (text) => this.#ask("insertAtCursor", { text }),
      openLink: (href) => this.#ask("openLink", { href }),
      regenerate: (messageId) => this.#ask("regenerate", { messageId }),
      errorAction: (messageId, action) => this.#ask("errorAction", { messageId, action }),
      holdScroll: () => this.#follower.hold(),
      say: (text) => this.#live.say(text),
      keepFocus: (part) => {
        if (part.contains(document.activeElement)) this.#composer.focus();
      },
    };
  }

  #makeComposer(): Composer {
    return new Composer(this.#strings, {
      send: () => void this.#send(),
      stop: () => this.#ask("stop", undefined),
      newChat: () => {
        this.#ask("newChat", undefined);
        this.#composer.focus();
      },
      selectModel: () => this.#ask("listModels", undefined),
      removeContext: (id) => this.#ask("removeContext", { id }),
      edited: (text) => this.#draft.edited(text),
      recall: () => (this.#state === undefined ? undefined : lastOwnText(this.#state)),
    });
  }

  #jumpButton(): HTMLButtonElement {
    const jump = textButton("jump", "", () => {
      this.#follower.jump();
      this.#composer.focus();
    });
    jump.append(icon("down"));
    nameButton(jump, this.#strings.jumpToLatest);
    jump.hidden = true;
    return jump;
  }

  async #send(): Promise<void> {
    const { text } = this.#composer;
    this.#isSendWanted = this.#state === undefined;
    if (text.trim() === "" || this.#state === undefined) return;
    try {
      const result = await this.#sender.send(text);
      if (result === undefined) return;
      if (result.type === "rejected") {
        this.#showNotice(result.error);
        return;
      }
      if (result.type === "tooLong") return;
      this.#notice.replaceChildren();
      if (this.#composer.text === text) this.#setDraft("");
    } catch (error) {
      this.#showFailure(error);
    }
  }

  #suggest(text: string): void {
    this.#composer.text = text;
    this.#draft.edited(text);
    this.#composer.focus();
  }

  /** Shows a draft that the host knows. */
  #setDraft(text: string): void {
    this.#composer.text = text;
    this.#draft.settled(text);
  }

  #showNotice(error: ErrorView): void {
    this.#notice.replaceChildren(errorPart(error, this.#strings, (action) => this.#noticeAction(action)));
    this.#live.say(`${error.message} ${error.hint}`);
  }

  #showFailure(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.#showNotice({ message, hint: "", requestId: undefined, actions: [] });
  }

  #noticeAction(action: ErrorActionId): void {
    if (action === "retry") void this.#send();
    else this.#ask("errorAction", { messageId: "", action });
  }

  #showLost(): void {
    const reload = textButton("primary", this.#strings.reload, () => this.start());
    const text = element(
      "div",
      "errorText",
      element("div", "errorMessage", this.#strings.disconnected),
      element("div", "buttons", reload),
    );
    this.#notice.replaceChildren(element("div", "error", icon("warning"), text));
    this.#live.say(this.#strings.disconnected);
  }

  /** Asks the host for something whose outcome the person sees elsewhere. */
  #ask<M extends HostMethod>(method: M, params: HostRequests[M][0]): void {
    this.#connection.request(method, params).catch((error: unknown) => this.#showFailure(error));
  }
}

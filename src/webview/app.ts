import { createParser } from "../core/markdown/parser.ts";
import { DisposableStore, type Disposable } from "../core/util/disposable.ts";
import type {
  ChatSnapshot,
  HostEvent,
  HostMethod,
  HostRequests,
  QueueView,
  ToWebview,
} from "../protocol/chat.ts";
import type { WebviewStrings } from "../protocol/strings.ts";
import { Arrival } from "./arrival.ts";
import { ComposerArea } from "./composer/composerArea.ts";
import { Connection } from "./connection.ts";
import { Deletions } from "./deletions.ts";
import { element, nameButton, textButton } from "./dom.ts";
import { Find } from "./find/find.ts";
import { FrameScheduler } from "./frameScheduler.ts";
import { Highlighter } from "./highlight/highlighter.ts";
import { loadLanguage } from "./highlight/loadLanguage.ts";
import type { HostLine } from "./hostLine.ts";
import { icon } from "./icons.ts";
import { LiveRegion } from "./liveRegion.ts";
import { listenForLinks } from "./markdown/linkParts.ts";
import { Notice } from "./notice.ts";
import { PageState } from "./pageState.ts";
import type { PanelContext } from "./panelContext.ts";
import { ScrollFollower } from "./scrollFollower.ts";
import { onStopKey } from "./stopKey.ts";
import { isAnswering, reduce, stateOf, type ChatState } from "./store.ts";
import { ThemedCode } from "./themedCode.ts";
import { Thumbnails } from "./thumbnails.ts";
import { Transcript } from "./transcript.ts";
import type { VsCodeApi } from "./vscodeApi.ts";
import { setUpCard, Welcome } from "./welcome.ts";
import { whenIdle } from "./whenIdle.ts";

/** The panel: joins the parts, the state and the host. */
export class App implements Disposable {
  readonly #strings: WebviewStrings;
  readonly #store = new DisposableStore();
  readonly #connection: Connection;
  readonly #frame: FrameScheduler;
  readonly #live = new LiveRegion();
  readonly #thumbnails: Thumbnails;
  readonly #transcript: Transcript;
  readonly #find: Find;
  readonly #composer: ComposerArea;
  readonly #arrival: Arrival;
  readonly #follower: ScrollFollower;
  readonly #welcome: Welcome;
  readonly #tokenCard: HTMLElement;
  readonly #baseUrlCard: HTMLElement;
  readonly #notice: Notice;
  readonly #deletions: Deletions;
  readonly #line: HostLine;
  readonly #page: PageState;
  readonly #themedCode: ThemedCode;
  /** Messages that have waited for their turn: they come when nobody expects them. */
  readonly #waited = new Set<string>();
  #state: ChatState | undefined;
  /** Id of the conversation that the page shows. */
  #shown: string | undefined;

  constructor(root: HTMLElement, strings: WebviewStrings, api: VsCodeApi) {
    this.#strings = strings;
    this.#page = new PageState(api);
    this.#themedCode = this.#store.add(new ThemedCode(root));
    this.#connection = new Connection((message) => api.postMessage(message), {
      snapshot: (snapshot) => {
        this.#takeSnapshot(snapshot);
        this.#notice.clear();
        this.#arrival.check();
        this.#frame.request();
      },
      event: (event) => this.#heard(event),
      lost: () => this.#showLost(),
    });
    this.#line = {
      request: (method, params, signal) => this.#connection.request(method, params, signal),
      ask: (method, params) => this.#ask(method, params),
    };
    this.#thumbnails = this.#store.add(new Thumbnails(this.#line.request));
    this.#notice = new Notice(
      strings,
      (text) => this.#live.say(text),
      () => this.#composer.focus(),
    );
    this.#deletions = new Deletions(
      strings,
      (text) => this.#live.say(text),
      () => this.#composer.focus(),
    );
    this.#frame = new FrameScheduler(
      () => this.#render(),
      (callback) => requestAnimationFrame(callback),
    );
    const context = this.#context();
    const scroller = element("div", "scroller");
    scroller.tabIndex = -1;
    this.#transcript = this.#store.add(new Transcript(scroller, context));
    this.#composer = this.#store.add(
      new ComposerArea({
        ...this.#line,
        strings,
        locale: context.locale,
        page: this.#page,
        thumbnails: this.#thumbnails,
        notice: this.#notice,
        say: context.say,
        dropArea: root,
        editMessage: context.editMessage,
      }),
    );
    this.#arrival = this.#store.add(new Arrival(() => this.#composer.focus()));
    this.#welcome = new Welcome(
      strings,
      (text) => this.#composer.suggest(text),
      () => this.#composer.focus(),
    );
    this.#tokenCard = setUpCard(strings.noTokenTitle, strings.noTokenHint, [
      { label: strings.setToken, press: () => this.#ask("setToken", undefined) },
      { label: strings.getKey, press: () => this.#ask("getKey", undefined) },
    ]);
    const openSettings = () => this.#ask("errorAction", { messageId: "", action: "openSettings" });
    this.#baseUrlCard = setUpCard(strings.badBaseUrlTitle, strings.badBaseUrlHint, [
      { label: strings.openSettings, press: openSettings },
    ]);
    scroller.append(this.#welcome.element, this.#transcript.element);
    const jump = this.#jumpButton();
    this.#follower = this.#store.add(
      new ScrollFollower(scroller, this.#transcript.element, (isLeft) => (jump.hidden = !isLeft)),
    );
    const bottom = element(
      "div",
      "bottom",
      jump,
      this.#tokenCard,
      this.#baseUrlCard,
      this.#deletions.element,
      this.#notice.element,
      this.#composer.element,
    );
    root.setAttribute("role", "main");
    const title = element("h1", "screenReaderOnly", strings.valar);
    const places = { scroller, list: this.#transcript.element };
    this.#find = this.#store.add(new Find(places, strings, context.holdScroll));
    root.replaceChildren(title, this.#find.element, scroller, bottom, this.#live.element);
    this.#welcome.element.hidden = true;
    this.#tokenCard.hidden = true;
    this.#baseUrlCard.hidden = true;
    listenForLinks(scroller, context);
    this.#store.add(onStopKey(() => this.#stop()));
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** Fetches the conversation. */
  start(): void {
    void this.#connection.synchronise();
  }

  /** The person turned to this page. */
  focused(): void {
    this.#ask("focused", undefined);
  }

  receive(message: ToWebview): void {
    this.#connection.receive(message);
  }

  /** Saves what is not yet saved, e.g. because the page is about to be hidden. */
  flush(): void {
    this.#composer.flush();
  }

  #heard(event: HostEvent): void {
    if (event.type === "snapshot") this.#takeSnapshot(event.snapshot);
    else if (this.#state !== undefined) this.#state = reduce(this.#state, event);
    if (event.type === "queue") this.#noteWaiting(event.queue);
    if (event.type === "draft") this.#composer.takeDraft(event);
    if (event.type === "notice") this.#composer.showError(event.error);
    if (event.type === "codeColours") this.#themedCode.show(event.colours);
    if (event.type === "focusInput") this.#composer.focus();
    if (event.type === "find") this.#find.open();
    if (this.#endsWithQuestion(event)) this.#follower.jump();
    if (event.type === "account") this.#notice.clear();
    this.#frame.request();
  }

  /** False when no answer runs. */
  #stop(): boolean {
    if (this.#state === undefined || !isAnswering(this.#state)) return false;
    this.#ask("stop", undefined);
    return true;
  }

  #takeSnapshot(snapshot: ChatSnapshot): void {
    if (snapshot.conversationId !== this.#state?.conversationId) this.#deletions.clear();
    this.#state = stateOf(snapshot);
    this.#noteWaiting(snapshot.queue);
    this.#composer.offerDraft(snapshot);
  }

  #render(): void {
    const state = this.#state;
    if (state === undefined) return;
    const isEmpty = state.messages.length === 0;
    const wasEmpty = !this.#welcome.element.hidden;
    this.#transcript.update(state.messages);
    this.#composer.update(state);
    this.#welcome.element.hidden = !isEmpty;
    this.#welcome.update(state.composer, state.account);
    this.#tokenCard.hidden = state.account.state !== "signedOut";
    this.#baseUrlCard.hidden = state.account.state !== "badBaseUrl";
    const isOther = state.conversationId !== this.#shown;
    this.#shown = state.conversationId;
    if (isOther || isEmpty !== wasEmpty) this.#follower.restart();
    else this.#follower.keepUp();
  }

  #noteWaiting({ messages }: QueueView): void {
    for (const { id } of messages) this.#waited.add(id);
  }

  /** Has the person just asked something? */
  #endsWithQuestion(event: HostEvent): boolean {
    if (event.type === "messageAdded") {
      return event.message.kind === "user" && !this.#waited.has(event.message.id);
    }
    return event.type === "messagesReplaced" && event.messages.at(-1)?.kind === "user";
  }

  #context(): PanelContext {
    return {
      parser: createParser(),
      strings: this.#strings,
      locale: document.documentElement.lang || "en",
      highlighter: new Highlighter(loadLanguage, whenIdle),
      copy: (text) => this.#ask("copy", { text }),
      insertAtCursor: (text) => this.#ask("insertAtCursor", { text }),
      applyToFile: (code) => this.#ask("applyToFile", code),
      newFile: (code) => this.#ask("newFile", code),
      openFile: ({ path, line }) => this.#ask("openPath", line === undefined ? { path } : { path, line }),
      openLink: (href) => this.#ask("openLink", { href }),
      errorAction: (messageId, action) => this.#ask("errorAction", { messageId, action }),
      ...this.#line,
      page: this.#page,
      thumbnails: this.#thumbnails,
      editMessage: (messageId) => this.#transcript.edit(messageId),
      deleteMessage: (messageId) => void this.#delete(messageId),
      showFailure: (error) => this.#notice.failure(error),
      holdScroll: () => this.#follower.hold(),
      say: (text) => this.#live.say(text),
      focusBox: () => this.#composer.focus(),
    };
  }

  async #delete(messageId: string): Promise<void> {
    const messages = this.#state?.messages ?? [];
    const count = messages.slice(messages.findIndex(({ id }) => id === messageId)).length;
    try {
      const done = await this.#connection.request("deleteMessage", { messageId });
      if (done === undefined) return;
      this.#deletions.add(count, () => {
        this.#transcript.focus(messageId);
        this.#ask("undoDelete", done);
      });
    } catch (error) {
      this.#notice.failure(error);
    }
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

  #showLost(): void {
    const { reload, disconnected } = this.#strings;
    this.#notice.text(disconnected, "", [{ label: reload, press: () => this.start() }]);
  }

  /** Asks the host for something whose outcome the person sees elsewhere. */
  #ask<M extends HostMethod>(method: M, params: HostRequests[M][0]): void {
    this.#connection.request(method, params).catch((error: unknown) => this.#notice.failure(error));
  }
}

import * as vscode from "vscode";
import { type ContextItem, shownMessages, type UserMessage } from "../../core/chat/conversation.ts";
import type {
  AccountView,
  ChatSnapshot,
  ErrorView,
  FitId,
  HostEvent,
  SendResult,
  Unsent,
} from "../../protocol/chat.ts";
import { thrownErrorView } from "../errorView.ts";
import { UserError } from "../userError.ts";
import { Composer, type ComposerDeps } from "./composer.ts";
import { withoutTwins } from "./composerState.ts";
import type { LiveConversation } from "./liveConversation.ts";
import type { OpenConversations } from "./openConversations.ts";
import type { PanelState, PlaceId, QueuedMessage } from "./panelStore.ts";

export interface ChatSessionDeps extends ComposerDeps {
  readonly conversations: OpenConversations;
  readonly account: () => Promise<AccountView>;
}

/** What is to be sent, beyond its text. */
export interface SendOptions {
  readonly fit?: FitId | undefined;
  /** In place of what is in the box; the answer is then prose. */
  readonly context?: readonly ContextItem[];
  readonly signal?: AbortSignal;
}

/** A place that shows a conversation: which one, and what is in its box. Every webview is a projection of it. */
export class ChatSession implements vscode.Disposable {
  readonly #deps: ChatSessionDeps;
  readonly #place: PlaceId;
  readonly #events = new vscode.EventEmitter<HostEvent>();
  readonly #runningChanged = new vscode.EventEmitter<boolean>();
  readonly #composer: Composer;
  /** By `clientId`, so that one press of Send is one message. */
  readonly #sends = new Map<string, Promise<SendResult>>();
  /** By `clientId`: what is in the conversation or its queue. */
  readonly #taken = new Set<string>();
  #live: LiveConversation | undefined;
  #listeners: vscode.Disposable | undefined;
  #loading: Promise<LiveConversation> | undefined;
  #isDisposed = false;

  readonly onDidHappen = this.#events.event;
  readonly onDidChangeRunning = this.#runningChanged.event;

  constructor(deps: ChatSessionDeps, place: PlaceId = "view") {
    this.#deps = deps;
    this.#place = place;
    this.#composer = new Composer(
      deps,
      place,
      {
        branch: () => (this.#live ? shownMessages(this.#live.current) : []),
        cost: () => this.#live?.cost,
      },
      (composer) => this.#events.fire({ type: "composer", composer }),
    );
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#listeners?.dispose();
    if (this.#live) {
      this.#deps.conversations.release(this.#live);
    }
    this.#composer.dispose();
    this.#events.dispose();
    this.#runningChanged.dispose();
  }

  get place(): PlaceId {
    return this.#place;
  }

  get composer(): Composer {
    return this.#composer;
  }

  get isRunning(): boolean {
    return this.#live?.isRunning ?? false;
  }

  /** The conversation that is shown. */
  conversation(): Promise<LiveConversation> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async snapshot(seq: () => number): Promise<ChatSnapshot> {
    await this.conversation();
    const account = await this.#deps.account();
    // Asked again: another may be shown by now.
    return this.#view(await this.conversation(), seq, account);
  }

  #view(live: LiveConversation, seq: () => number, account: AccountView): ChatSnapshot {
    return {
      ...live.snapshot(),
      seq: seq(),
      draft: this.#composer.draft,
      draftVersion: this.#composer.draftVersion,
      composer: this.#composer.view,
      account,
    };
  }

  /**
   * Sends a message, or lets it wait for the answers before it. `clientId` is one press of Send: the same twice is
   * one message. A message that is not taken changes nothing.
   */
  send(clientId: string, text: string, options: SendOptions = {}): Promise<SendResult> {
    return this.#once(clientId, async () => {
      const live = await this.conversation();
      const { moment } = live;
      const attached = options.context ?? this.#composer.context;
      const queued = await this.#compose(text, attached, options, live.isEmpty);
      const result = await live.send(queued, options.fit, moment);
      if (options.context === undefined && (result.type === "accepted" || result.type === "queued")) {
        this.#taken.add(clientId);
        await this.#composer.sent(
          text,
          attached.map(({ id }) => id),
        );
      }
      return result;
    });
  }

  /** Edit & Resend: `text` in place of the message's own, with the context that it had. */
  editMessage(clientId: string, messageId: string, text: string, fit?: FitId): Promise<SendResult> {
    return this.#once(clientId, async () => {
      const live = await this.conversation();
      const old = live.current.messages.find(({ id }) => id === messageId);
      if (old?.kind !== "user") {
        throw new Error(`No message ${messageId} to edit.`);
      }
      const expanded = await this.#deps.prompts.expand(text, old.context, neverAborted());
      const message: UserMessage = {
        kind: "user",
        id: crypto.randomUUID(),
        parentId: old.parentId,
        text,
        context: withoutTwins([...(expanded?.context ?? []), ...old.context]),
        ...(expanded && { instruction: expanded.instruction }),
        ...(old.prose === true ? { prose: true } : {}),
      };
      return live.resend(message, fit);
    });
  }

  stop(): void {
    this.#live?.stop();
  }

  async newChat(): Promise<void> {
    await this.conversation();
    await this.#show(this.#deps.conversations.create());
  }

  /** Shows another conversation. An answer that runs in the one that is left goes on there. */
  async open(conversationId: string): Promise<void> {
    const live = await this.conversation();
    if (live.current.id !== conversationId) {
      await this.#show(await this.#deps.conversations.acquire(conversationId));
    }
  }

  /** Takes a waiting message back into the box, with what was attached to it. */
  async removeQueued(id: string): Promise<{ readonly text: string } | undefined> {
    const live = await this.conversation();
    const removed = await live.removeQueued(id, ({ message: { text, context }, attachedIds }) =>
      this.#composer.takeBack(
        text,
        context.filter((item) => attachedIds.includes(item.id)),
      ),
    );
    return removed && { text: removed.message.text };
  }

  /** Puts a text into the box, in front of nothing that is there: an own draft is never overwritten. */
  async offerDraft(text: string): Promise<void> {
    await this.conversation();
    if (this.#composer.draft.trim() === "") {
      await this.#composer.saveDraft(text);
      this.#events.fire({ type: "draft", text, added: text });
    }
  }

  /** Puts a text and context behind what is in the box. */
  async appendDraft(text: string, context: readonly ContextItem[]): Promise<void> {
    await this.addContext(context);
    const whole = [this.#composer.draft, text].filter((part) => part.trim() !== "").join("\n");
    await this.#composer.saveDraft(whole);
    this.#events.fire({ type: "draft", text: whole, added: text });
  }

  async saveDraft({ text, version, sending }: Unsent): Promise<void> {
    // What the place had before must be known: it is saved together with this.
    await this.conversation();
    const left = sending.filter(({ clientId }) => !this.#taken.has(clientId)).map((message) => message.text);
    await this.#composer.saveDraft([...left, text].filter((part) => part !== "").join("\n"), version);
  }

  /** Resolves once it is known of all messages that were sent whether they were taken. */
  async sendsSettled(): Promise<void> {
    await Promise.all(this.#sends.values());
  }

  async removeContext(id: string): Promise<void> {
    await this.conversation();
    await this.#composer.remove([id]);
  }

  async addContext(items: readonly ContextItem[]): Promise<void> {
    await this.conversation();
    await this.#composer.add(items);
  }

  focusInput(): void {
    this.#events.fire({ type: "focusInput" });
  }

  find(): void {
    this.#events.fire({ type: "find" });
  }

  notice(error: ErrorView): void {
    this.#events.fire({ type: "notice", error });
  }

  accountChanged(account: AccountView): void {
    this.#events.fire({ type: "account", account });
  }

  /** Shows everything anew: names and prices may have changed. */
  async refresh(): Promise<void> {
    if (this.#loading) {
      await this.conversation();
      const account = await this.#deps.account();
      // Told at once: what happened in between would be lost. The connection puts its own number in.
      if (this.#live) {
        this.#events.fire({ type: "snapshot", snapshot: this.#view(this.#live, () => 0, account) });
      }
    }
  }

  #once(clientId: string, act: () => Promise<SendResult>): Promise<SendResult> {
    const known = this.#sends.get(clientId);
    if (known) {
      return known;
    }
    const sending = act()
      .catch((error: unknown): SendResult => ({ type: "rejected", error: thrownErrorView(error) }))
      .then((result) => {
        if (result.type === "rejected" || result.type === "tooLong") {
          this.#sends.delete(clientId);
        }
        return result;
      });
    this.#sends.set(clientId, sending);
    return sending;
  }

  /**
   * The message as it is now: what a slash command stands for, and what comes along by itself. At the
   * beginning of a conversation a command cannot be about code that was shown before. Throws `UserError`.
   */
  async #compose(
    text: string,
    attached: readonly ContextItem[],
    options: SendOptions,
    isBeginning: boolean,
  ): Promise<QueuedMessage> {
    const signal = options.signal ?? neverAborted();
    const isOwn = options.context === undefined;
    const expanded = isOwn ? await this.#deps.prompts.expand(text, attached, signal) : undefined;
    const { context } = this.#deps;
    const ambient = await (isOwn ? context.collectAmbient(signal) : context.collectRules(signal));
    const hasCode = [...ambient, ...attached].some(({ kind }) => kind !== "rules");
    if (expanded?.needsCode !== undefined && !hasCode && isBeginning) {
      throw new UserError(
        vscode.l10n.t("There is no code for {0}.", expanded.needsCode),
        vscode.l10n.t("Open a file, or attach code with @, and send it again."),
      );
    }
    const message: UserMessage = {
      kind: "user",
      id: crypto.randomUUID(),
      parentId: undefined,
      text,
      context: withoutTwins([...ambient, ...(expanded?.context ?? []), ...attached]),
      ...(expanded && { instruction: expanded.instruction }),
      ...(isOwn ? {} : { prose: true }),
    };
    return { message, attachedIds: attached.map(({ id }) => id) };
  }

  async #load(): Promise<LiveConversation> {
    const { conversations, panels } = this.#deps;
    const state: PanelState = await panels.load(this.#place);
    this.#composer.restore(state);
    const id = state.conversationId;
    const live = id === undefined ? conversations.create() : await conversations.acquire(id);
    if (!this.#attach(live)) {
      return live;
    }
    if (live.current.id !== id) {
      await this.#composer.choose(live.current.id);
    }
    this.#composer.measureSoon();
    return live;
  }

  async #show(live: LiveConversation): Promise<void> {
    const left = this.#live;
    this.#loading = Promise.resolve(live);
    if (!this.#attach(live)) {
      return;
    }
    if (left) {
      this.#deps.conversations.release(left);
    }
    await this.#composer.choose(live.current.id);
    this.#composer.measureSoon();
    await this.refresh();
  }

  /** False when the place was closed meanwhile: then it is let go of. */
  #attach(live: LiveConversation): boolean {
    if (this.#isDisposed) {
      this.#deps.conversations.release(live);
      return false;
    }
    this.#live = live;
    this.#listeners?.dispose();
    this.#listeners = vscode.Disposable.from(
      live.onDidHappen((event) => this.#events.fire(event)),
      live.onDidChangeRunning((isRunning) => {
        this.#runningChanged.fire(isRunning);
        this.#composer.measureSoon();
      }),
    );
    this.#runningChanged.fire(live.isRunning);
    return true;
  }
}

function neverAborted(): AbortSignal {
  return new AbortController().signal;
}

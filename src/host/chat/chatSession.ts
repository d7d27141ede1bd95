import * as vscode from "vscode";
import type { ChatParameters, PreparedRequest, ResponseFormat } from "../../core/api/types.ts";
import {
  type Answer,
  type ContextItem,
  conversationTitle,
  type Failure,
  findAnswer,
  type Message,
  shownMessages,
  type UserMessage,
} from "../../core/chat/conversation.ts";
import { chatPrompt } from "../../core/chat/prompt.ts";
import type {
  AccountView,
  AnswerActionId,
  ChatSnapshot,
  ComposerView,
  ErrorActionId,
  ErrorView,
  HostEvent,
  SendResult,
} from "../../protocol/chat.ts";
import { Answering, type AnsweringDeps } from "./answering.ts";
import { ComposerState } from "./composerState.ts";
import { ConversationKeeper } from "./conversationKeeper.ts";
import { newConversation, type ConversationStore } from "./conversationStore.ts";
import { errorView, isReplayable, toFailure } from "../errorView.ts";
import { contextView } from "./messageViews.ts";
import { otherAnswer } from "./otherAnswer.ts";

export interface ChatSessionDeps extends AnsweringDeps {
  readonly prepareChat: (parameters: ChatParameters) => Promise<PreparedRequest>;
  /** The parameters the settings ask for, without the messages. */
  readonly parameters: () => Omit<ChatParameters, "messages" | "stream">;
  readonly instructions: () => string;
  /** The format that answers in the panel are to have. Throws `ParameterError`. */
  readonly responseFormat: () => Promise<ResponseFormat | undefined>;
  readonly account: () => Promise<AccountView>;
  readonly store: ConversationStore;
  /** Carries out what an error's button asks beyond the conversation. */
  readonly perform: (action: Exclude<ErrorActionId, AnswerActionId>) => void;
  /** Shows an error that belongs to no answer. */
  readonly report: (error: ErrorView) => void;
}

/** One conversation: its state, its running answer, and the news of both. Every view of it is a projection. */
export class ChatSession implements vscode.Disposable {
  readonly #deps: ChatSessionDeps;
  readonly #keeper: ConversationKeeper;
  readonly #events = new vscode.EventEmitter<HostEvent>();
  readonly #answering: Answering;
  readonly #sent = new Set<string>();
  readonly #composer = new ComposerState();
  #isSending = false;
  #loaded: Promise<void> | undefined;

  readonly onDidHappen = this.#events.event;
  readonly onDidChangeRunning: vscode.Event<boolean>;

  constructor(deps: ChatSessionDeps) {
    this.#deps = deps;
    this.#keeper = new ConversationKeeper(deps.store, deps.clock);
    this.#answering = new Answering(deps, this.#keeper, (event) => this.#events.fire(event));
    this.onDidChangeRunning = this.#answering.onDidChangeRunning;
  }

  dispose(): void {
    this.#answering.dispose();
    this.#keeper.dispose();
    this.#events.dispose();
  }

  /** Writes what is not yet on disk, the running answer as far as it came. */
  async flush(): Promise<void> {
    this.#answering.flush();
    await this.#keeper.flush();
  }

  async snapshot(seq: () => number): Promise<ChatSnapshot> {
    await this.#load();
    const account = await this.#deps.account();
    this.#answering.flush();
    return {
      seq: seq(),
      conversationId: this.#keeper.current.id,
      title: conversationTitle(this.#keeper.current),
      messages: shownMessages(this.#keeper.current).map((message) => this.#answering.view(message)),
      queue: { messages: [], isPaused: false },
      draft: this.#composer.draft,
      composer: this.#composerView(),
      account,
    };
  }

  get isRunning(): boolean {
    return this.#answering.isRunning;
  }

  /**
   * Sends a message. `clientId` is one press of Send: the same twice is one message. `context` replaces the
   * attached context, and the answer is prose. A rejected message changes nothing.
   */
  async send(clientId: string, text: string, context?: readonly ContextItem[]): Promise<SendResult> {
    await this.#load();
    if (this.#sent.has(clientId)) {
      return { type: "accepted" };
    }
    if (this.isRunning || this.#isSending) {
      const message = vscode.l10n.t("Valar is still answering.");
      return reject({ kind: "busy", message, requestId: undefined });
    }
    this.#isSending = true;
    try {
      const parent = this.#keeper.current.leafId;
      const message: UserMessage = {
        kind: "user",
        id: crypto.randomUUID(),
        parentId: parent,
        text,
        context: context ?? this.#composer.context,
        ...(context === undefined ? {} : { prose: true }),
      };
      const prepared = await this.#prepare([...shownMessages(this.#keeper.current), message]);
      this.#sent.add(clientId);
      this.#keeper.change({ type: "asked", message });
      this.#events.fire({ type: "messageAdded", message: this.#answering.view(message) });
      if (context === undefined) {
        this.#composer.clearContext();
        this.#composer.draft = "";
        this.composerChanged();
        await this.#deps.store.saveDraft("");
      }
      this.#answering.begin(message.id, prepared);
      return { type: "accepted" };
    } catch (error) {
      return reject(toFailure(error));
    } finally {
      this.#isSending = false;
    }
  }

  stop(): void {
    this.#answering.cancel();
  }

  async newChat(): Promise<void> {
    await this.#load();
    this.stop();
    await this.#answering.settled();
    await this.flush();
    this.#keeper.replace(newConversation());
    this.#composer.clearContext();
    await this.#deps.store.choose(this.#keeper.current.id);
    await this.#announceAll();
  }

  /** Asks again for the answer `id`: a new request, charged anew. The old answer stays in the conversation. */
  async regenerate(id: string): Promise<void> {
    const old = findAnswer(this.#keeper.current, id);
    if (!old || this.isRunning || this.#isSending) {
      return;
    }
    this.#isSending = true;
    try {
      const branch = shownMessages(this.#keeper.current);
      const at = branch.findIndex((message) => message.id === id);
      const until = branch.findLastIndex((message, index) => message.kind === "user" && index < at);
      const question = branch[until];
      if (!question) {
        return;
      }
      const prepared = await this.#prepare(branch.slice(0, until + 1));
      const removed = branch.slice(until + 1).map((message) => message.id);
      this.#keeper.change({ type: "branchChosen", leafId: question.id });
      this.#events.fire({ type: "messagesRemoved", ids: removed });
      this.#answering.begin(question.id, prepared);
    } catch (error) {
      this.#refuseAgain(old, toFailure(error));
    } finally {
      this.#isSending = false;
    }
  }

  /** The button of a failed answer. */
  async errorAction(id: string, action: ErrorActionId): Promise<void> {
    if (action !== "retry" && action !== "recover" && action !== "showOther") {
      this.#deps.perform(action);
      return;
    }
    const answer = findAnswer(this.#keeper.current, id);
    if (!answer || this.isRunning || this.#isSending || answer.outcome.type !== "failed") {
      return;
    }
    if (action === "showOther") {
      this.#showOther(answer);
    } else if (answer.request && isReplayable(answer.outcome.failure)) {
      this.#answering.resume(answer, answer.request);
    } else {
      await this.regenerate(id);
    }
  }

  /** Adds what the server gave the second time; the frozen answer stays as it is. */
  #showOther(frozen: Answer): void {
    const parentId = this.#keeper.current.leafId;
    if (!frozen.replay || parentId === undefined) {
      return;
    }
    const answer = otherAnswer(frozen, frozen.replay, parentId);
    this.#keeper.change({ type: "answerUpdated", id: frozen.id, fields: { replay: undefined } });
    this.#answering.announceState(frozen.id);
    this.#keeper.change({ type: "answerStarted", answer });
    this.#events.fire({ type: "messageAdded", message: this.#answering.view(answer) });
    void this.flush();
  }

  async saveDraft(text: string): Promise<void> {
    this.#composer.draft = text;
    await this.#deps.store.saveDraft(text);
  }

  /** Puts a text into the box, in front of nothing that is there: an own draft is never overwritten. */
  async offerDraft(text: string): Promise<void> {
    await this.#load();
    if (this.#composer.draft.trim() === "") {
      await this.saveDraft(text);
      this.#events.fire({ type: "draft", text });
    }
  }

  async addContext(item: ContextItem): Promise<void> {
    await this.#load();
    this.#composer.add(item);
    this.composerChanged();
  }

  removeContext(id: string): void {
    this.#composer.remove(id);
    this.composerChanged();
  }

  focusInput(): void {
    this.#events.fire({ type: "focusInput" });
  }

  composerChanged(): void {
    this.#events.fire({ type: "composer", composer: this.#composerView() });
  }

  /** Shows everything anew: names and prices may have changed. */
  async refresh(): Promise<void> {
    if (this.#loaded) {
      await this.#announceAll();
    }
  }

  accountChanged(account: AccountView): void {
    this.#events.fire({ type: "account", account });
  }

  async #prepare(branch: readonly Message[]): Promise<{ request: PreparedRequest; json: boolean }> {
    const question = branch.at(-1);
    const isProse = question?.kind === "user" && question.prose === true;
    const responseFormat = isProse ? undefined : await this.#deps.responseFormat();
    const request = await this.#deps.prepareChat({
      ...this.#deps.parameters(),
      ...(responseFormat ? { responseFormat } : {}),
      messages: chatPrompt(branch, this.#deps.instructions(), responseFormat),
      stream: true,
      includeUsage: true,
    });
    return { request, json: responseFormat !== undefined && responseFormat.type !== "text" };
  }

  /** A new try that could not be sent: a finished answer stays as it is, a failed one shows the newer reason. */
  #refuseAgain(old: Answer, failure: Failure): void {
    if (old.outcome.type === "failed") {
      this.#keeper.change({
        type: "answerUpdated",
        id: old.id,
        fields: { outcome: { type: "failed", failure } },
      });
      this.#answering.announceState(old.id);
    } else {
      this.#deps.report(errorView(failure));
    }
  }

  async #announceAll(): Promise<void> {
    // The connection puts its own number in.
    this.#events.fire({ type: "snapshot", snapshot: await this.snapshot(() => 0) });
  }

  #composerView(): ComposerView {
    const { model } = this.#deps.parameters();
    return {
      model: {
        id: model,
        name: this.#deps.modelName(model),
        isKnown: true,
        imageInput: undefined,
        reasoning: undefined,
        windows: [],
      },
      effort: undefined,
      window: "asap",
      context: this.#composer.context.map(contextView),
      ambient: [],
      commands: [],
      meter: undefined,
    };
  }

  #load(): Promise<void> {
    this.#loaded ??= this.#deps.store.load(newConversation).then(({ conversation, draft }) => {
      this.#keeper.replace(conversation);
      this.#composer.draft = draft;
    });
    return this.#loaded;
  }
}

function reject(failure: Failure): SendResult {
  return { type: "rejected", error: errorView(failure) };
}

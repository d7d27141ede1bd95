import * as vscode from "vscode";
import type { ChatParameters, PreparedRequest, StreamChat } from "../../core/api/types.ts";
import {
  type Answer,
  changeConversation,
  type ContextItem,
  type Conversation,
  type ConversationChange,
  conversationTitle,
  type Failure,
  findAnswer,
  type Message,
  shownMessages,
  type UserMessage,
} from "../../core/chat/conversation.ts";
import { chatPrompt } from "../../core/chat/prompt.ts";
import type { Clock } from "../../core/util/clock.ts";
import type { Disposable } from "../../core/util/disposable.ts";
import type {
  AccountView,
  ChatSnapshot,
  ComposerView,
  ErrorActionId,
  HostEvent,
  SendResult,
} from "../../protocol/chat.ts";
import { type AnswerEnd, AnswerRun } from "./answerRun.ts";
import { newConversation, type ConversationStore } from "./conversationStore.ts";
import { errorView, isReplayable, toFailure } from "./errorView.ts";
import { answerState, contextView, type CostOf, figures, messageView } from "./messageViews.ts";

export interface ChatSessionDeps {
  readonly streamChat: StreamChat;
  readonly prepareChat: (parameters: ChatParameters) => Promise<PreparedRequest>;
  /** The parameters the settings ask for, without the messages. */
  readonly parameters: () => Omit<ChatParameters, "messages" | "stream">;
  readonly instructions: () => string;
  readonly modelName: (id: string) => string;
  readonly account: () => Promise<AccountView>;
  readonly costOf: CostOf;
  readonly store: ConversationStore;
  /** Carries out what an error's button asks beyond the conversation. */
  readonly perform: (action: Exclude<ErrorActionId, "retry" | "recover">) => void;
  readonly clock: Clock;
}

/** How often a running answer is written to disk, ms. */
const saveEveryMs = 500;

/** One conversation: its state, its running answer, and the news of both. Every view of it is a projection. */
export class ChatSession implements vscode.Disposable {
  readonly #deps: ChatSessionDeps;
  readonly #events = new vscode.EventEmitter<HostEvent>();
  readonly #runningChanged = new vscode.EventEmitter<boolean>();
  readonly #sent = new Set<string>();
  #ending: Promise<void> = Promise.resolve();
  #conversation: Conversation = newConversation();
  #draft = "";
  #context: readonly ContextItem[] = [];
  #run: AnswerRun | undefined;
  #isSending = false;
  #isDisposed = false;
  #saveTimer: Disposable | undefined;
  #loaded: Promise<void> | undefined;

  readonly onDidHappen = this.#events.event;
  readonly onDidChangeRunning = this.#runningChanged.event;

  constructor(deps: ChatSessionDeps) {
    this.#deps = deps;
  }

  /** Leaves a running answer on disk as running: the stored request lets the next window recover it. */
  dispose(): void {
    this.#isDisposed = true;
    this.#run?.cancel();
    this.#saveTimer?.dispose();
    this.#events.dispose();
    this.#runningChanged.dispose();
  }

  /** Writes what is not yet on disk, the running answer as far as it came. */
  async flush(): Promise<void> {
    this.#run?.flush();
    this.#saveTimer?.dispose();
    this.#saveTimer = undefined;
    if (this.#conversation.messages.length > 0) {
      await this.#deps.store.save(this.#conversation);
    }
  }

  async snapshot(seq: () => number): Promise<ChatSnapshot> {
    await this.#load();
    const account = await this.#deps.account();
    this.#run?.flush();
    return {
      seq: seq(),
      conversationId: this.#conversation.id,
      title: conversationTitle(this.#conversation),
      messages: shownMessages(this.#conversation).map((message) => this.#view(message)),
      draft: this.#draft,
      composer: this.#composer(),
      account,
    };
  }

  get isRunning(): boolean {
    return this.#run !== undefined;
  }

  /**
   * Sends a message. `clientId` is one press of Send: the same twice is one message. `context` replaces the
   * attached context. A rejected message changes nothing.
   */
  async send(clientId: string, text: string, context?: readonly ContextItem[]): Promise<SendResult> {
    await this.#load();
    if (this.#sent.has(clientId)) {
      return { type: "accepted" };
    }
    if (this.#run || this.#isSending) {
      return reject({
        kind: "busy",
        message: vscode.l10n.t("Valar is still answering."),
        requestId: undefined,
      });
    }
    this.#isSending = true;
    try {
      const parent = this.#conversation.leafId;
      const message: UserMessage = {
        kind: "user",
        id: crypto.randomUUID(),
        parentId: parent,
        text,
        context: context ?? this.#context,
      };
      const request = await this.#prepare([...shownMessages(this.#conversation), message]);
      this.#sent.add(clientId);
      this.#change({ type: "asked", message });
      this.#events.fire({ type: "messageAdded", message: this.#view(message) });
      if (context === undefined) {
        this.#context = [];
        this.#draft = "";
        this.composerChanged();
        await this.#deps.store.saveDraft("");
      }
      this.#answer(message.id, request);
      return { type: "accepted" };
    } catch (error) {
      return reject(toFailure(error));
    } finally {
      this.#isSending = false;
    }
  }

  stop(): void {
    this.#run?.cancel();
  }

  async newChat(): Promise<void> {
    await this.#load();
    this.stop();
    await this.#ending;
    await this.flush();
    this.#conversation = newConversation();
    this.#context = [];
    await this.#deps.store.choose(this.#conversation.id);
    await this.#announceAll();
  }

  /** Asks again for the answer `id`: a new request, charged anew. The old answer stays in the conversation. */
  async regenerate(id: string): Promise<void> {
    const old = findAnswer(this.#conversation, id);
    if (!old || this.#run || this.#isSending) {
      return;
    }
    this.#isSending = true;
    try {
      const branch = shownMessages(this.#conversation);
      const until = branch.findIndex((message) => message.id === old.parentId);
      const request = await this.#prepare(branch.slice(0, until + 1));
      const removed = branch.slice(until + 1).map((message) => message.id);
      this.#change({ type: "branchChosen", leafId: old.parentId });
      this.#events.fire({ type: "messagesRemoved", ids: removed });
      this.#answer(old.parentId, request);
    } catch (error) {
      this.#failAnswer(id, toFailure(error));
    } finally {
      this.#isSending = false;
    }
  }

  /** The button of a failed answer. */
  async errorAction(id: string, action: ErrorActionId): Promise<void> {
    if (action !== "retry" && action !== "recover") {
      this.#deps.perform(action);
      return;
    }
    const answer = findAnswer(this.#conversation, id);
    if (!answer || this.#run || this.#isSending || answer.outcome.type !== "failed") {
      return;
    }
    if (answer.request && isReplayable(answer.outcome.failure)) {
      this.#start(answer, answer.request);
    } else {
      await this.regenerate(id);
    }
  }

  async saveDraft(text: string): Promise<void> {
    this.#draft = text;
    await this.#deps.store.saveDraft(text);
  }

  /** Puts a text into the box, in front of nothing that is there: an own draft is never overwritten. */
  async offerDraft(text: string): Promise<void> {
    await this.#load();
    if (this.#draft.trim() === "") {
      await this.saveDraft(text);
      this.#events.fire({ type: "draft", text });
    }
  }

  async addContext(item: ContextItem): Promise<void> {
    await this.#load();
    const isSame = (other: ContextItem) =>
      other.path === item.path && other.startLine === item.startLine && other.endLine === item.endLine;
    this.#context = [...this.#context.filter((other) => !isSame(other)), item];
    this.composerChanged();
  }

  removeContext(id: string): void {
    this.#context = this.#context.filter((item) => item.id !== id);
    this.composerChanged();
  }

  focusInput(): void {
    this.#events.fire({ type: "focusInput" });
  }

  composerChanged(): void {
    this.#events.fire({ type: "composer", composer: this.#composer() });
  }

  async accountChanged(): Promise<void> {
    this.#events.fire({ type: "account", account: await this.#deps.account() });
  }

  async #prepare(branch: readonly Message[]): Promise<PreparedRequest> {
    return this.#deps.prepareChat({
      ...this.#deps.parameters(),
      messages: chatPrompt(branch, this.#deps.instructions()),
      stream: true,
    });
  }

  #answer(parentId: string, request: PreparedRequest): void {
    const parameters = this.#deps.parameters();
    const answer: Answer = {
      kind: "answer",
      id: crypto.randomUUID(),
      parentId,
      content: "",
      reasoning: "",
      refusal: "",
      outcome: { type: "running" },
      model: parameters.model,
      completionWindow: parameters.completionWindow,
      request,
      requestId: undefined,
      usage: undefined,
      timing: undefined,
    };
    this.#change({ type: "answerStarted", answer });
    this.#start(answer, request, () =>
      this.#events.fire({ type: "messageAdded", message: this.#view(answer) }),
    );
  }

  #start(answer: Answer, request: PreparedRequest, announce = () => this.#announceState(answer.id)): void {
    const { id } = answer;
    this.#change({ type: "answerUpdated", id, fields: { outcome: { type: "running" }, timing: undefined } });
    const run = new AnswerRun(answer, request, {
      clock: this.#deps.clock,
      grew: (delta) => {
        this.#change({ type: "answerGrew", id, ...delta });
        this.#events.fire({ type: "delta", messageId: id, ...delta });
      },
      phaseChanged: () => this.#announceState(id),
    });
    this.#run = run;
    this.#runningChanged.fire(true);
    announce();
    // What is sent is on disk first: only then can a killed window recover it.
    this.#ending = this.flush()
      .then(() => run.stream(this.#deps.streamChat))
      .then((fields) => this.#ended(id, fields));
  }

  #ended(id: string, fields: AnswerEnd): void {
    if (this.#isDisposed) {
      return;
    }
    this.#run = undefined;
    this.#change({ type: "answerUpdated", id, fields });
    this.#announceState(id);
    this.#runningChanged.fire(false);
    void this.flush();
  }

  #failAnswer(id: string, failure: Failure): void {
    this.#change({ type: "answerUpdated", id, fields: { outcome: { type: "failed", failure } } });
    this.#announceState(id);
  }

  #announceState(id: string): void {
    const answer = findAnswer(this.#conversation, id);
    if (answer) {
      const state = answerState(answer, this.#phase());
      const costs = figures(answer, this.#deps.costOf);
      this.#events.fire({ type: "answerState", messageId: id, state, figures: costs });
    }
  }

  async #announceAll(): Promise<void> {
    // The connection puts its own number in.
    this.#events.fire({ type: "snapshot", snapshot: await this.snapshot(() => 0) });
  }

  #change(change: ConversationChange): void {
    this.#conversation = changeConversation(this.#conversation, change);
    this.#saveTimer ??= this.#deps.clock.setTimeout(() => {
      this.#saveTimer = undefined;
      void this.#deps.store.save(this.#conversation);
    }, saveEveryMs);
  }

  #view(message: Message) {
    return messageView(message, this.#phase(), this.#deps.costOf);
  }

  #phase() {
    return this.#run?.phase ?? ({ type: "sending" } as const);
  }

  #composer(): ComposerView {
    const { model } = this.#deps.parameters();
    return {
      model: { id: model, name: this.#deps.modelName(model) },
      context: this.#context.map(contextView),
    };
  }

  #load(): Promise<void> {
    this.#loaded ??= this.#deps.store.load(newConversation).then(({ conversation, draft }) => {
      this.#conversation = conversation;
      this.#draft = draft;
    });
    return this.#loaded;
  }
}

function reject(failure: Failure): SendResult {
  return { type: "rejected", error: errorView(failure) };
}

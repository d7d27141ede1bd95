import * as vscode from "vscode";
import {
  type Answer,
  type ContextItem,
  type Conversation,
  type ConversationChange,
  conversationTitle,
  findAnswer,
  type Message,
  shownMessages,
  type UserMessage,
} from "../../core/chat/conversation.ts";
import { branchPlaces } from "../../core/chat/branchPlaces.ts";
import { type ConversationCost, conversationCost } from "../../core/chat/conversationCost.ts";
import type {
  AnswerActionId,
  ChatSnapshot,
  ErrorView,
  FitId,
  HostEvent,
  SendResult,
} from "../../protocol/chat.ts";
import { isReplayable } from "../errorView.ts";
import { Answering, type AnsweringDeps } from "./answering.ts";
import { Asker, type AskerDeps, type SendMoment } from "./asker.ts";
import type { AskingOptions } from "./asking.ts";
import { Branches } from "./branches.ts";
import { ConversationKeeper } from "./conversationKeeper.ts";
import type { ConversationStore } from "./conversationStore.ts";
import { MessageQueue, type QueueStore } from "./messageQueue.ts";
import { busy } from "./notices.ts";
import { otherAnswer } from "./otherAnswer.ts";
import type { QueuedMessage } from "./panelStore.ts";

export interface LiveConversationDeps extends AnsweringDeps, AskerDeps {
  readonly store: Pick<ConversationStore, "mentions" | "save">;
  readonly panels: QueueStore;
}

/** What a conversation alone knows of its snapshot. */
export type ConversationSnapshot = Pick<ChatSnapshot, "conversationId" | "title" | "messages" | "queue">;

/** One conversation at work: its messages, its running answer, its queue, and the news of them all. */
export class LiveConversation implements vscode.Disposable {
  readonly #deps: LiveConversationDeps;
  readonly #keeper: ConversationKeeper;
  readonly #answering: Answering;
  readonly #branches: Branches;
  readonly #queue: MessageQueue;
  readonly #asker: Asker;
  readonly #events = new vscode.EventEmitter<HostEvent>();

  readonly onDidHappen = this.#events.event;
  readonly onDidChangeRunning: vscode.Event<boolean>;

  constructor(deps: LiveConversationDeps, conversation: Conversation) {
    const tell = (event: HostEvent) => this.#events.fire(event);
    this.#deps = deps;
    this.#keeper = new ConversationKeeper(deps.store, deps.clock, conversation);
    this.#answering = new Answering(deps, this.#keeper, {
      tell,
      ended: (answer, branch) => this.#answerEnded(answer, branch),
    });
    this.#branches = new Branches(this.#keeper, (message) => this.#answering.view(message), tell);
    this.#queue = new MessageQueue(deps.panels, conversation.id, (queue) => tell({ type: "queue", queue }));
    this.#asker = new Asker(deps, {
      keeper: this.#keeper,
      answering: this.#answering,
      branches: this.#branches,
      queue: this.#queue,
      notice: (error) => this.#notice(error),
    });
    this.onDidChangeRunning = this.#answering.onDidChangeRunning;
  }

  /** Leaves a running answer as running on disk: the next window can recover it. */
  dispose(): void {
    this.#answering.dispose();
    this.#keeper.dispose();
    this.#events.dispose();
  }

  /** Reads the queue from disk. */
  load(): Promise<void> {
    return this.#queue.load((id) => this.current.messages.some((message) => message.id === id));
  }

  get current(): Conversation {
    return this.#keeper.current;
  }

  get isRunning(): boolean {
    return this.#answering.isRunning;
  }

  /** Nothing is shown in it, and nothing waits. */
  get isEmpty(): boolean {
    return this.current.leafId === undefined && this.#queue.isEmpty && !this.isBusy;
  }

  /** Something is being sent or answered. */
  get isBusy(): boolean {
    return this.#asker.isBusy;
  }

  /** What it has cost so far. */
  get cost(): ConversationCost | undefined {
    return conversationCost(this.current, this.#deps.costOf);
  }

  /** Writes what is not yet on disk, the running answer as far as it came. */
  async flush(): Promise<void> {
    this.#answering.flush();
    await this.#keeper.flush();
  }

  snapshot(): ConversationSnapshot {
    this.#answering.flush();
    const places = branchPlaces(this.current);
    return {
      conversationId: this.current.id,
      title: conversationTitle(this.current),
      messages: shownMessages(this.current).map((message) => this.#answering.view(message, places)),
      queue: this.#queue.view,
    };
  }

  /** What a message was given, or one that waits will be. */
  contextOf(messageId: string): readonly ContextItem[] {
    const message = this.current.messages.find(({ id }) => id === messageId);
    return message?.kind === "user" ? message.context : this.#queue.contextOf(messageId);
  }

  /** For `send`. */
  get moment(): SendMoment {
    return this.#asker.moment;
  }

  /**
   * Asks now, or, while something is being answered, when the answers before it are there. What the person stopped
   * since the `moment` when they sent it stops this too.
   */
  send(queued: QueuedMessage, fit: FitId | undefined, moment = this.moment): Promise<SendResult> {
    return this.#asker.send(queued, fit, moment);
  }

  /** Edit & Resend: `message` stands beside the one it rewords. The old branch stays. */
  resend(message: UserMessage, fit: FitId | undefined): Promise<SendResult> {
    return this.#asker.resend(message, fit);
  }

  /** Ends the answer that runs; what is still being prepared is not sent. */
  stop(): void {
    this.#asker.stop();
  }

  /** Asks again for the answer `id`: a new request, charged anew. The old answer stays as a sibling. */
  regenerate(id: string, options: AskingOptions = {}): Promise<void> {
    return this.#asker.regenerate(id, options);
  }

  /** Goes on with the messages that wait. */
  resumeQueue(): Promise<void> {
    return this.#asker.resumeQueue();
  }

  /** Resolves when no answer runs any more and all is on disk. */
  async settled(): Promise<void> {
    await this.#answering.settled();
    await this.flush();
  }

  /** A change made in the list of all conversations: its name, or whether it is pinned. */
  async amend(change: ConversationChange): Promise<void> {
    this.#keeper.change(change);
    this.#events.fire({ type: "title", title: conversationTitle(this.current) });
    await this.flush();
  }

  /** A button of a failed answer; with an empty `id`, of the notice that something was not sent. */
  async errorAction(id: string, action: AnswerActionId): Promise<void> {
    if (id === "") {
      await this.#asker.retryRefused();
      return;
    }
    const answer = findAnswer(this.current, id);
    if (answer?.outcome.type !== "failed") {
      return;
    }
    if (this.isBusy) {
      this.#notice(busy());
      return;
    }
    if (action === "showOther") {
      this.#showOther(answer);
    } else if (answer.request && isReplayable(answer.outcome.failure)) {
      this.#queue.resume();
      this.#answering.resume(answer, answer.request);
    } else {
      await this.#asker.retry(answer);
    }
  }

  switchBranch(messageId: string, index: number): void {
    if (this.isBusy) {
      this.#notice(busy());
    } else {
      this.#branches.switchTo(messageId, index);
      void this.flush();
    }
  }

  /** Takes a message and what follows from it out of sight; an answer that runs there is stopped first. */
  async deleteMessage(id: string): Promise<{ readonly undoId: string } | undefined> {
    if (this.isRunning && this.#branches.isShown(id)) {
      this.stop();
      await this.#answering.settled();
    }
    if (!this.#branches.isShown(id)) {
      return undefined;
    }
    if (this.isBusy) {
      this.#notice(busy());
      return undefined;
    }
    const undoId = this.#branches.delete(id);
    await this.flush();
    return { undoId };
  }

  /** Brings a deleted message back, and into sight unless something is being answered meanwhile. */
  async undoDelete(undoId: string): Promise<void> {
    this.#branches.undoDelete(undoId, !this.isBusy);
    await this.flush();
  }

  /** Gives a waiting message back once it is kept; undefined when it is not there any more or just being sent. */
  async removeQueued(
    id: string,
    keep: (removed: QueuedMessage) => Promise<void>,
  ): Promise<QueuedMessage | undefined> {
    return this.#asker.isSending(id) ? undefined : this.#queue.remove(id, keep);
  }

  #answerEnded(answer: Answer, branch: readonly Message[] | undefined): void {
    if (branch && answer.usage) {
      this.#deps.budget.calibrate(answer.model, branch, answer.usage.promptTokens);
    }
    const { outcome } = answer;
    if (branch && outcome.type === "failed" && outcome.failure.kind === "tooLarge") {
      this.#deps.budget.refused(answer.model, branch);
    }
    void this.#asker.ended(outcome.type);
  }

  /** Adds what the server gave the second time; the frozen answer stays as it is. */
  #showOther(frozen: Answer): void {
    const parentId = this.current.leafId;
    if (!frozen.replay || parentId === undefined) {
      return;
    }
    const answer = otherAnswer(frozen, frozen.replay, parentId);
    this.#keeper.change({ type: "answerUpdated", id: frozen.id, fields: { replay: undefined } });
    this.#answering.announceState(frozen.id);
    this.#branches.change({ type: "answerStarted", answer });
    void this.flush();
  }

  #notice(error: ErrorView): void {
    this.#events.fire({ type: "notice", error });
  }
}

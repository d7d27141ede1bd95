import * as vscode from "vscode";
import {
  type Answer,
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
import { branchPlaces } from "../../core/chat/branchPlaces.ts";
import { type ConversationCost, conversationCost } from "../../core/chat/conversationCost.ts";
import type {
  AnswerActionId,
  ChatSnapshot,
  ErrorView,
  FitChoiceView,
  FitId,
  HostEvent,
  SendResult,
} from "../../protocol/chat.ts";
import { errorView, isReplayable, toFailure } from "../errorView.ts";
import { Answering, type AnsweringDeps } from "./answering.ts";
import { type AskingDeps, type AskingOptions, prepareAnswer, type PreparedAnswer } from "./asking.ts";
import { Branches } from "./branches.ts";
import { ConversationKeeper } from "./conversationKeeper.ts";
import type { ConversationStore } from "./conversationStore.ts";
import { MessageQueue, type QueueStore } from "./messageQueue.ts";
import { busy, imagesLeftOut, queuedTooLong, sentElsewhere, stopped } from "./notices.ts";
import { otherAnswer } from "./otherAnswer.ts";
import type { QueuedMessage } from "./panelStore.ts";

export interface LiveConversationDeps extends AnsweringDeps, AskingDeps {
  readonly store: Pick<ConversationStore, "mentions" | "save">;
  readonly panels: QueueStore;
  /** Lets the person choose what to leave out of a request that cannot ask in the box; undefined for nothing. */
  readonly chooseFit: (choices: readonly FitChoiceView[]) => Promise<FitId | undefined>;
  /** Tells the person something that needs no answer. */
  readonly inform: (text: string) => void;
}

/** What a conversation alone knows of its snapshot. */
export type ConversationSnapshot = Pick<ChatSnapshot, "conversationId" | "title" | "messages" | "queue">;

/** What was so when Send was pressed, or the like. */
export interface SendMoment {
  readonly isBusy: boolean;
  /** How often the person had stopped something by then, or an answer had not ended well. */
  readonly interruptions: number;
}

/** One conversation at work: its messages, its running answer, its queue, and the news of them all. */
export class LiveConversation implements vscode.Disposable {
  readonly #deps: LiveConversationDeps;
  readonly #keeper: ConversationKeeper;
  readonly #answering: Answering;
  readonly #branches: Branches;
  readonly #queue: MessageQueue;
  readonly #events = new vscode.EventEmitter<HostEvent>();
  /** The message that is being prepared; an empty text for a question asked again. */
  #sendingId: string | undefined;
  #preparing: AbortController | undefined;
  #leftOutImages = 0;
  #interruptions = 0;
  /** What the person was told could not be sent, once more. */
  #refused: (() => Promise<void>) | undefined;
  /** The same of a failed answer, by its id. */
  readonly #refusedAgain = new Map<string, () => Promise<void>>();

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
    return this.#sendingId !== undefined || this.isRunning;
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

  get moment(): SendMoment {
    return { isBusy: this.isBusy, interruptions: this.#interruptions };
  }

  /**
   * Asks now, or, while something is being answered, when the answers before it are there. What the person stopped
   * since the `moment` when they sent it stops this too.
   */
  async send(queued: QueuedMessage, fit: FitId | undefined, moment = this.moment): Promise<SendResult> {
    const isInterrupted = moment.interruptions !== this.#interruptions;
    if (this.isBusy || moment.isBusy) {
      const added = this.#queue.add(queued);
      if (isInterrupted) {
        this.#queue.pause();
      }
      await added;
      void this.#sendNext();
      return { type: "queued" };
    }
    if (isInterrupted) {
      return { type: "rejected", error: stopped() };
    }
    return this.#ask({ ...queued.message, parentId: this.current.leafId }, fit);
  }

  /** Edit & Resend: `message` stands beside the one it rewords. The old branch stays. */
  async resend(message: UserMessage, fit: FitId | undefined): Promise<SendResult> {
    return this.isBusy ? { type: "rejected", error: busy() } : this.#ask(message, fit);
  }

  /** Ends the answer that runs; what is still being prepared is not sent. */
  stop(): void {
    this.#interruptions += 1;
    this.#preparing?.abort();
    this.#answering.cancel();
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

  /** Asks again for the answer `id`: a new request, charged anew. The old answer stays as a sibling. */
  async regenerate(id: string, options: AskingOptions = {}): Promise<void> {
    const old = findAnswer(this.current, id);
    const branch = this.#branches.pathToQuestionOf(id);
    const question = branch.at(-1);
    if (!old || !question || !this.#branches.isShown(id)) {
      return;
    }
    if (this.isBusy) {
      this.#notice(busy());
      return;
    }
    const choices = await this.#sending("", (signal) =>
      this.#askAgain(old, branch, question, options, signal),
    );
    const fit = choices && (await this.#deps.chooseFit(choices));
    if (fit !== undefined) {
      await this.regenerate(id, { ...options, fit });
    }
  }

  /** A button of a failed answer; with an empty `id`, of the notice that something was not sent. */
  async errorAction(id: string, action: AnswerActionId): Promise<void> {
    if (id === "") {
      await this.#refused?.();
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
      const again = this.#refusedAgain.get(id);
      this.#refusedAgain.delete(id);
      await (again ?? (() => this.regenerate(id, { model: answer.ownModel ? answer.model : undefined })))();
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
    return id === this.#sendingId ? undefined : this.#queue.remove(id, keep);
  }

  async resumeQueue(): Promise<void> {
    this.#queue.resume();
    await this.#sendNext();
  }

  #ask(message: UserMessage, fit: FitId | undefined): Promise<SendResult> {
    return this.#sending(message.id, async (signal) => {
      try {
        const branch = [...this.#branches.pathTo(message.parentId), message];
        const prepared = await prepareAnswer(this.#deps, branch, { fit });
        if (prepared.type === "tooLong") {
          this.#queue.pause();
          return prepared;
        }
        if (signal.aborted) {
          this.#queue.pause();
          return { type: "rejected", error: stopped() };
        }
        if (!this.#queue.has(message.id)) {
          this.#branches.change({ type: "asked", message });
        } else if (!(await this.#askQueued(message))) {
          this.#deps.inform(sentElsewhere());
          return { type: "accepted" };
        }
        this.#begin(message.id, prepared);
        return { type: "accepted" };
      } catch (error) {
        // What came meanwhile waits for the person too.
        this.#queue.pause();
        return { type: "rejected", error: errorView(toFailure(error)) };
      }
    });
  }

  /**
   * Out of the queue only when it is in the conversation, on disk too. False when another window sent it or took it
   * out: then it is gone here too.
   */
  async #askQueued(message: UserMessage): Promise<boolean> {
    let isAsked = false;
    await this.#queue.remove(message.id, async () => {
      if (!(await this.#deps.store.mentions(this.current.id, message.id))) {
        this.#branches.change({ type: "asked", message });
        await this.flush();
        isAsked = true;
      }
    });
    return isAsked;
  }

  /** What could be left out is given back when the request does not fit. */
  async #askAgain(
    old: Answer,
    branch: readonly Message[],
    question: Message,
    options: AskingOptions,
    signal: AbortSignal,
  ): Promise<readonly FitChoiceView[] | undefined> {
    try {
      const prepared = await prepareAnswer(this.#deps, branch, options);
      if (prepared.type === "tooLong") {
        this.#queue.pause();
        return prepared.choices;
      }
      if (signal.aborted) {
        this.#queue.pause();
        return undefined;
      }
      this.#queue.resume();
      this.#begin(question.id, prepared);
    } catch (error) {
      this.#queue.pause();
      this.#refuseAgain(old, toFailure(error), () => this.regenerate(old.id, options));
    }
    return undefined;
  }

  /** What the request leaves out is told once. */
  #begin(questionId: string, prepared: PreparedAnswer): void {
    const { leftOutImages: count, model } = prepared;
    if (count > this.#leftOutImages) {
      this.#deps.inform(imagesLeftOut(count, this.#deps.modelInfo(model)));
    }
    this.#leftOutImages = count;
    this.#answering.begin(questionId, prepared);
  }

  async #sendNext(): Promise<void> {
    const { next } = this.#queue;
    if (!next || this.isBusy) {
      return;
    }
    const result = await this.#ask({ ...next.message, parentId: this.current.leafId }, undefined);
    if (result.type === "rejected") {
      this.#refused = () => this.resumeQueue();
      this.#notice(result.error);
    } else if (result.type === "tooLong") {
      this.#notice(queuedTooLong());
    } else {
      // For the case that another window had sent it.
      await this.#sendNext();
    }
  }

  async #sending<T>(messageId: string, act: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const preparing = new AbortController();
    this.#preparing = preparing;
    this.#sendingId = messageId;
    this.#refused = undefined;
    try {
      return await act(preparing.signal);
    } finally {
      this.#sendingId = undefined;
      this.#preparing = undefined;
    }
  }

  #answerEnded(answer: Answer, branch: readonly Message[] | undefined): void {
    if (branch && answer.usage) {
      this.#deps.budget.calibrate(answer.model, branch, answer.usage.promptTokens);
    }
    const { outcome } = answer;
    if (branch && outcome.type === "failed" && outcome.failure.kind === "tooLarge") {
      this.#deps.budget.refused(answer.model, branch);
    }
    if (outcome.type === "complete") {
      void this.#sendNext();
    } else {
      this.#interruptions += 1;
      this.#queue.pause();
    }
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

  /** A new try that could not be sent: a finished answer stays as it is, a failed one shows the newer reason. */
  #refuseAgain(old: Answer, failure: Failure, again: () => Promise<void>): void {
    if (old.outcome.type === "failed") {
      const outcome = { type: "failed", failure } as const;
      this.#keeper.change({ type: "answerUpdated", id: old.id, fields: { outcome } });
      this.#answering.announceState(old.id);
      this.#refusedAgain.set(old.id, again);
    } else {
      this.#refused = again;
      this.#notice(errorView(failure));
    }
  }

  #notice(error: ErrorView): void {
    this.#events.fire({ type: "notice", error });
  }
}

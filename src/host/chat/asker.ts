import {
  type Answer,
  type Failure,
  findAnswer,
  type Message,
  type Outcome,
  type UserMessage,
} from "../../core/chat/conversation.ts";
import type { ErrorView, FitChoiceView, FitId, SendResult } from "../../protocol/chat.ts";
import { errorView, toFailure } from "../errorView.ts";
import type { Answering } from "./answering.ts";
import { type AskingDeps, type AskingOptions, prepareAnswer, type PreparedAnswer } from "./asking.ts";
import type { Branches } from "./branches.ts";
import type { ConversationKeeper } from "./conversationKeeper.ts";
import type { ConversationStore } from "./conversationStore.ts";
import type { MessageQueue } from "./messageQueue.ts";
import { busy, imagesLeftOut, queuedTooLong, sentElsewhere, stopped } from "./notices.ts";
import type { QueuedMessage } from "./panelStore.ts";

export interface AskerDeps extends AskingDeps {
  readonly store: Pick<ConversationStore, "mentions">;
  /** Lets the person choose what to leave out of a request that cannot ask in the box; undefined for nothing. */
  readonly chooseFit: (choices: readonly FitChoiceView[]) => Promise<FitId | undefined>;
  /** Tells the person something that needs no answer. */
  readonly inform: (text: string) => void;
}

/** Of the conversation in which is asked. */
export interface AskerParts {
  readonly keeper: ConversationKeeper;
  readonly answering: Answering;
  readonly branches: Branches;
  readonly queue: MessageQueue;
  /** Tells the person that something was not sent. */
  readonly notice: (error: ErrorView) => void;
}

/** What was so when Send was pressed, or the like. */
export interface SendMoment {
  readonly isBusy: boolean;
  /** How often the person had stopped something by then, or an answer had not ended well. */
  readonly interruptions: number;
}

/** What one conversation asks: a message now, those that wait when their turn comes, and questions asked again. */
export class Asker {
  readonly #deps: AskerDeps;
  readonly #parts: AskerParts;
  /** The message that is being prepared; an empty text for a question asked again. */
  #sendingId: string | undefined;
  #preparing: AbortController | undefined;
  #leftOutImages = 0;
  #interruptions = 0;
  /** What the person was told could not be sent, once more. */
  #refused: (() => Promise<void>) | undefined;
  /** The same of a failed answer, by its id. */
  readonly #refusedAgain = new Map<string, () => Promise<void>>();

  constructor(deps: AskerDeps, parts: AskerParts) {
    this.#deps = deps;
    this.#parts = parts;
  }

  /** Something is being sent or answered. */
  get isBusy(): boolean {
    return this.#sendingId !== undefined || this.#parts.answering.isRunning;
  }

  get moment(): SendMoment {
    return { isBusy: this.isBusy, interruptions: this.#interruptions };
  }

  /** Is the message just being sent? */
  isSending(messageId: string): boolean {
    return messageId === this.#sendingId;
  }

  /**
   * Asks now, or, while something is being answered, when the answers before it are there. What the person stopped
   * since the `moment` when they sent it stops this too.
   */
  async send(queued: QueuedMessage, fit: FitId | undefined, moment = this.moment): Promise<SendResult> {
    const isInterrupted = moment.interruptions !== this.#interruptions;
    if (this.isBusy || moment.isBusy) {
      const added = this.#parts.queue.add(queued);
      if (isInterrupted) {
        this.#parts.queue.pause();
      }
      await added;
      void this.#sendNext();
      return { type: "queued" };
    }
    if (isInterrupted) {
      return { type: "rejected", error: stopped() };
    }
    return this.#ask({ ...queued.message, parentId: this.#parts.keeper.current.leafId }, fit);
  }

  /** Edit & Resend: `message` stands beside the one it rewords. The old branch stays. */
  async resend(message: UserMessage, fit: FitId | undefined): Promise<SendResult> {
    return this.isBusy ? { type: "rejected", error: busy() } : this.#ask(message, fit);
  }

  /** Ends the answer that runs; what is still being prepared is not sent. */
  stop(): void {
    this.#interruptions += 1;
    this.#preparing?.abort();
    this.#parts.answering.cancel();
  }

  /** Asks again for the answer `id`: a new request, charged anew. The old answer stays as a sibling. */
  async regenerate(id: string, options: AskingOptions = {}): Promise<void> {
    const old = findAnswer(this.#parts.keeper.current, id);
    const branch = this.#parts.branches.pathToQuestionOf(id);
    const question = branch.at(-1);
    if (!old || !question || !this.#parts.branches.isShown(id)) {
      return;
    }
    if (this.isBusy) {
      this.#parts.notice(busy());
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

  /** Tries once more what the person was told could not be sent. */
  async retryRefused(): Promise<void> {
    await this.#refused?.();
  }

  /** Asks again for a failed answer: what could not be sent the last time, or the same of the same model. */
  async retry(answer: Answer): Promise<void> {
    const again = this.#refusedAgain.get(answer.id);
    this.#refusedAgain.delete(answer.id);
    const model = answer.ownModel ? answer.model : undefined;
    await (again ?? (() => this.regenerate(answer.id, { model })))();
  }

  /** An answer ended: when it ended well, what waits goes on. */
  async ended(outcome: Outcome["type"]): Promise<void> {
    if (outcome === "complete") {
      await this.#sendNext();
    } else {
      this.#interruptions += 1;
      this.#parts.queue.pause(outcome === "cancelled");
    }
  }

  async resumeQueue(): Promise<void> {
    this.#parts.queue.resume();
    await this.#sendNext();
  }

  #ask(message: UserMessage, fit: FitId | undefined): Promise<SendResult> {
    return this.#sending(message.id, async (signal) => {
      try {
        const branch = [...this.#parts.branches.pathTo(message.parentId), message];
        const prepared = await prepareAnswer(this.#deps, branch, { fit });
        if (prepared.type === "tooLong") {
          this.#parts.queue.pause(false);
          return prepared;
        }
        if (signal.aborted) {
          this.#parts.queue.pause(true);
          return { type: "rejected", error: stopped() };
        }
        if (!this.#parts.queue.has(message.id)) {
          this.#parts.branches.change({ type: "asked", message });
        } else if (!(await this.#askQueued(message))) {
          this.#deps.inform(sentElsewhere());
          return { type: "accepted" };
        }
        this.#begin(message.id, prepared);
        return { type: "accepted" };
      } catch (error) {
        // What came meanwhile waits for the person too.
        this.#parts.queue.pause(false);
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
    await this.#parts.queue.remove(message.id, async () => {
      if (!(await this.#deps.store.mentions(this.#parts.keeper.current.id, message.id))) {
        this.#parts.branches.change({ type: "asked", message });
        await this.#parts.keeper.flush();
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
        this.#parts.queue.pause(false);
        return prepared.choices;
      }
      if (signal.aborted) {
        this.#parts.queue.pause(true);
        return undefined;
      }
      this.#parts.queue.resume();
      this.#begin(question.id, prepared);
    } catch (error) {
      this.#parts.queue.pause(false);
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
    this.#parts.answering.begin(questionId, prepared);
  }

  async #sendNext(): Promise<void> {
    const { next } = this.#parts.queue;
    if (!next || this.isBusy) {
      return;
    }
    const result = await this.#ask(
      { ...next.message, parentId: this.#parts.keeper.current.leafId },
      undefined,
    );
    if (result.type === "rejected") {
      this.#refused = () => this.resumeQueue();
      this.#parts.notice(result.error);
    } else if (result.type === "tooLong") {
      this.#parts.notice(queuedTooLong());
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

  /** A new try that could not be sent: a finished answer stays as it is, a failed one shows the newer reason. */
  #refuseAgain(old: Answer, failure: Failure, again: () => Promise<void>): void {
    if (old.outcome.type === "failed") {
      const outcome = { type: "failed", failure } as const;
      this.#parts.keeper.change({ type: "answerUpdated", id: old.id, fields: { outcome } });
      this.#parts.answering.announceState(old.id);
      this.#refusedAgain.set(old.id, again);
    } else {
      this.#refused = again;
      this.#parts.notice(errorView(failure));
    }
  }
}

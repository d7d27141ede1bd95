import * as vscode from "vscode";
import type { PreparedRequest, StreamChat } from "../../core/api/types.ts";
import { branchPlaces } from "../../core/chat/branchPlaces.ts";
import {
  type Answer,
  findAnswer,
  type Message,
  shownMessages,
  type TextLengths,
} from "../../core/chat/conversation.ts";
import { foldRequest } from "../../core/chat/sentRequest.ts";
import type { Clock } from "../../core/util/clock.ts";
import type { AnswerPhase, HostEvent, MessageView } from "../../protocol/chat.ts";
import { type AnswerEnd, AnswerRun, type AnswerRunObserver } from "./answerRun.ts";
import type { PreparedAnswer } from "./asking.ts";
import type { ConversationKeeper } from "./conversationKeeper.ts";
import { answerState, type FigureSources, figures, messageView } from "./messageViews.ts";

export interface AnsweringDeps extends FigureSources {
  readonly streamChat: StreamChat;
  readonly clock: Clock;
}

export interface AnsweringObserver {
  readonly tell: (event: HostEvent) => void;
  /** An answer ended, well or not; `branch` is what its request held, undefined when it was sent earlier. */
  readonly ended: (answer: Answer, branch: readonly Message[] | undefined) => void;
}

/** The running answer of a conversation: begun, streamed into the conversation, ended, and told of. */
export class Answering implements vscode.Disposable {
  readonly #deps: AnsweringDeps;
  readonly #keeper: ConversationKeeper;
  readonly #observer: AnsweringObserver;
  readonly #runningChanged = new vscode.EventEmitter<boolean>();
  #run: AnswerRun | undefined;
  #ended: Promise<void> = Promise.resolve();
  #isDisposed = false;

  readonly onDidChangeRunning = this.#runningChanged.event;

  constructor(deps: AnsweringDeps, keeper: ConversationKeeper, observer: AnsweringObserver) {
    this.#deps = deps;
    this.#keeper = keeper;
    this.#observer = observer;
  }

  get isRunning(): boolean {
    return this.#run !== undefined;
  }

  /** Leaves a running answer as running, on disk too: there its request lets the next window recover it. */
  dispose(): void {
    this.#isDisposed = true;
    this.#run?.cancel();
    this.#runningChanged.dispose();
  }

  /** Hands over the text that waits for its frame. */
  flush(): void {
    this.#run?.flush();
  }

  cancel(): void {
    this.#run?.cancel();
  }

  /** Resolves when no answer runs any more. */
  async settled(): Promise<void> {
    await this.#ended;
  }

  /** A new answer to the message `parentId`, in place of what is shown after it. */
  begin(parentId: string, prepared: PreparedAnswer): void {
    const { request, model, ownModel, completionWindow, json, branch } = prepared;
    const { sent, added } = foldRequest(request, this.#keeper.current.sentMessages);
    const answer: Answer = {
      kind: "answer",
      id: crypto.randomUUID(),
      parentId,
      content: "",
      reasoning: "",
      refusal: "",
      outcome: { type: "running" },
      model,
      completionWindow,
      request,
      requestId: undefined,
      usage: undefined,
      timing: undefined,
      sent,
      ...(json ? { json } : {}),
      ...(ownModel ? { ownModel } : {}),
    };
    const shown = shownMessages(this.#keeper.current);
    const ids = shown
      .slice(shown.findIndex((message) => message.id === parentId) + 1)
      .map((message) => message.id);
    this.#keeper.change({ type: "sent", messages: added });
    this.#keeper.change({ type: "answerStarted", answer });
    const announce = () => {
      const message = this.view(answer);
      this.#observer.tell(
        ids.length > 0
          ? { type: "messagesReplaced", ids, messages: [message] }
          : { type: "messageAdded", message },
      );
    };
    this.#start(answer, request, branch, announce);
  }

  /** The same request again for an answer that broke off: only what is missing is added. */
  resume(answer: Answer, request: PreparedRequest): void {
    this.#start(answer, request, undefined, () => this.announceState(answer.id), true);
  }

  /** `places` spares the search for siblings when many messages are shown. */
  view(message: Message, places = branchPlaces(this.#keeper.current)): MessageView {
    return messageView(message, this.#phase, places.get(message.id), this.#deps);
  }

  announceState(id: string): void {
    const answer = findAnswer(this.#keeper.current, id);
    if (answer) {
      const state = answerState(answer, this.#phase);
      this.#observer.tell({
        type: "answerState",
        messageId: id,
        state,
        figures: figures(answer, this.#deps),
      });
    }
  }

  get #phase(): AnswerPhase {
    return this.#run?.phase ?? { type: "sending" };
  }

  #start(
    answer: Answer,
    request: PreparedRequest,
    branch: readonly Message[] | undefined,
    announce: () => void,
    isReplay = false,
  ): void {
    const { id } = answer;
    const fields = { outcome: { type: "running" }, timing: undefined } as const;
    this.#keeper.change({ type: "answerUpdated", id, fields });
    const observer: AnswerRunObserver = {
      clock: this.#deps.clock,
      grew: (delta) => {
        if (!this.#isDisposed) {
          this.#keeper.change({ type: "answerGrew", id, ...delta, from: this.#lengthsOf(id) });
          this.#observer.tell({ type: "delta", messageId: id, ...delta });
        }
      },
      phaseChanged: () => this.announceState(id),
      responded: (requestId) => this.#keeper.change({ type: "answerUpdated", id, fields: { requestId } }),
    };
    const run = new AnswerRun(answer, request, observer, isReplay);
    this.#run = run;
    this.#runningChanged.fire(true);
    announce();
    // What is sent is on disk first: only then can a killed window recover it.
    this.#ended = this.#keeper
      .flush()
      .then(() => run.stream(this.#deps.streamChat))
      .then((end) => this.#end(id, end, branch));
  }

  #lengthsOf(id: string): TextLengths | undefined {
    const answer = findAnswer(this.#keeper.current, id);
    return (
      answer && {
        content: answer.content.length,
        reasoning: answer.reasoning.length,
        refusal: answer.refusal.length,
      }
    );
  }

  #end(id: string, fields: AnswerEnd, branch: readonly Message[] | undefined): void {
    if (this.#isDisposed) {
      return;
    }
    this.#run = undefined;
    this.#keeper.change({ type: "answerUpdated", id, fields });
    this.announceState(id);
    this.#runningChanged.fire(false);
    void this.#keeper.flush();
    const answer = findAnswer(this.#keeper.current, id);
    if (answer) {
      this.#observer.ended(answer, branch);
    }
  }
}

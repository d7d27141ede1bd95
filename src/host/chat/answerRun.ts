import type { PreparedRequest, StreamChat } from "../../core/api/types.ts";
import type { Answer } from "../../core/chat/conversation.ts";
import { runTurn, TurnTimer, type TurnResult } from "../../core/chat/turn.ts";
import type { Clock } from "../../core/util/clock.ts";
import type { AnswerPhase } from "../../protocol/chat.ts";
import { DeltaBuffer, type TextDelta } from "./deltaBuffer.ts";
import { toFailure } from "../errorView.ts";
import { replayOf } from "./otherAnswer.ts";

/** What changes in an answer when its run ends. */
export type AnswerEnd = Partial<Omit<Answer, "kind" | "id">>;

export interface AnswerRunObserver {
  readonly clock: Clock;
  readonly grew: (delta: TextDelta) => void;
  readonly phaseChanged: () => void;
  readonly responded: (requestId: string) => void;
}

/** One answer being streamed: its text a frame at a time, its phase, its end. */
export class AnswerRun {
  readonly answerId: string;
  readonly #request: PreparedRequest;
  readonly #shown: Pick<Answer, "content" | "reasoning" | "refusal">;
  readonly #observer: AnswerRunObserver;
  readonly #isReplay: boolean;
  readonly #controller = new AbortController();
  readonly #buffer: DeltaBuffer;
  #phase: AnswerPhase = { type: "sending" };

  /** `isReplay`: the request was sent before, and the answer may be there already. */
  constructor(answer: Answer, request: PreparedRequest, observer: AnswerRunObserver, isReplay: boolean) {
    this.answerId = answer.id;
    this.#request = request;
    this.#shown = { content: answer.content, reasoning: answer.reasoning, refusal: answer.refusal };
    this.#observer = observer;
    this.#isReplay = isReplay;
    this.#buffer = new DeltaBuffer(observer.grew, observer.clock);
  }

  get phase(): AnswerPhase {
    return this.#phase;
  }

  cancel(): void {
    this.#controller.abort();
  }

  flush(): void {
    this.#buffer.flush();
  }

  /** Streams to the end and says how the answer ended. Does not throw: a failure is an end too. */
  async stream(streamChat: StreamChat): Promise<AnswerEnd> {
    const timer = new TurnTimer(() => this.#observer.clock.now(), this.#isReplay);
    const { signal } = this.#controller;
    try {
      const events = streamChat(this.#request, signal, this.#shown);
      const result = await runTurn(events, this.#turnObserver(), timer);
      this.flush();
      return signal.aborted && !result.finish ? this.#cancelled(timer, result) : completed(result);
    } catch (error) {
      this.flush();
      const failure = toFailure(error);
      return {
        outcome: { type: "failed", failure },
        ...(failure.requestId === undefined ? {} : { requestId: failure.requestId }),
        timing: timer.timing(),
        replay: replayOf(error),
      };
    }
  }

  #turnObserver() {
    return {
      text: (channel: "content" | "reasoning" | "refusal", text: string) => this.#buffer.add(channel, text),
      phase: (phase: AnswerPhase) => {
        this.flush();
        this.#phase = phase;
        this.#observer.phaseChanged();
      },
      responded: this.#observer.responded,
    };
  }

  #cancelled(timer: TurnTimer, result: TurnResult): AnswerEnd {
    return {
      outcome: { type: "cancelled" },
      request: undefined,
      usage: result.usage,
      timing: timer.timing(),
    };
  }
}

function completed(result: TurnResult): AnswerEnd {
  return {
    outcome: {
      type: "complete",
      truncated: result.finish?.truncated ?? false,
      ...(result.finish?.reason === "content_filter" ? { filtered: true } : {}),
    },
    request: undefined,
    ...(result.finish?.requestId === undefined ? {} : { requestId: result.finish.requestId }),
    usage: result.usage,
    timing: result.timing,
  };
}

/**
 * One logical request, billed once: the states between preparing it and its answer's end. Pure: no I/O, no
 * timers, no promises; the driver (`runRequest.ts`) tells it what happened and does what its state says.
 *
 *   ready → answering → complete
 *     ↑        ↓    ↘
 *     └──── waiting   failed (also: diverged, budget spent)
 */
import { phrase, type Phrase } from "../util/phrase.ts";
import { parseJson } from "../util/record.ts";
import { Answer, type AttemptOutcome } from "./answer.ts";
import { classifyEnvelope } from "./classifyResponse.ts";
import { ApiError } from "./errors.ts";
import type { Failure } from "./failure.ts";
import { RetryBudget, type Wait } from "./retry.ts";
import { isTruncated } from "./truncation.ts";
import type { ChatEvent, Finish, RequestPhase, ShownAnswer } from "./types.ts";
import { readChunk, readCompletion, readErrorEnvelope, WireError } from "./wire.ts";

export type RequestState =
  /** The next attempt is due. */
  | { readonly type: "ready" }
  /** An attempt is under way. */
  | { readonly type: "answering" }
  /** The next attempt is due after a delay, since the last one failed with `error`. */
  | { readonly type: "waiting"; readonly wait: Wait; readonly error: ApiError }
  | { readonly type: "complete" }
  | { readonly type: "failed"; readonly error: ApiError };

export interface RequestMachineOptions {
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Takes the token out of what a server wrote. */
  readonly redact: (text: string) => string;
  /** `max_completion_tokens` of the request; asked once, at the answer's end. */
  readonly tokenLimit: () => number | undefined;
  readonly shown: ShownAnswer;
}

export class RequestMachine {
  readonly #options: RequestMachineOptions;
  readonly #budget: RetryBudget;
  readonly #answer: Answer;
  #state: RequestState = { type: "ready" };
  #phases: ChatEvent[] = [];
  #phase: RequestPhase["type"] | undefined;
  #requestId: string | undefined;

  constructor(options: RequestMachineOptions) {
    this.#options = options;
    this.#budget = new RetryBudget(options.random);
    this.#answer = new Answer(options.shown);
  }

  get state(): RequestState {
    return this.#state;
  }

  get attempts(): number {
    return this.#budget.attempts;
  }

  /** An attempt is being sent. */
  sending(): void {
    this.#budget.countAttempt();
    this.#answer.rewind();
    this.#requestId = undefined;
    this.#state = { type: "answering" };
    if (this.#phase === undefined || this.#phase === "rateLimited") this.#enter({ type: "sending" });
  }

  /** The attempt's response has begun. */
  responded(requestId: string | undefined): void {
    this.#requestId = requestId;
    if (requestId !== undefined) this.#phases.push({ type: "responded", requestId });
    if (this.#answer.isBehind) this.#enter({ type: "catchingUp" });
  }

  /** One event of the stream. What comes after the end is ignored. */
  event(data: string, name: string | undefined): void {
    if (this.#state.type !== "answering") return;
    if (data === "[DONE]") {
      this.#complete();
      return;
    }
    const json = parseJson(data);
    if (name === "error" || isErrorEnvelope(json)) {
      this.broken(this.#errorEvent(json, name));
      return;
    }
    try {
      readChunk(json, this.#answer);
    } catch (error) {
      this.#malformed(error);
    }
  }

  /** A whole completion in one piece of JSON, as the answer or as the replay of a stream. */
  completion(json: unknown): void {
    const envelope = readErrorEnvelope(json);
    if (envelope !== undefined) {
      this.broken(classifyEnvelope(envelope, this.#options.redact, this.#requestId));
      return;
    }
    try {
      readCompletion(json, this.#answer);
    } catch (error) {
      this.#malformed(error);
      return;
    }
    this.ended();
  }

  /** The body ended cleanly. Without a finish reason the answer may still be in the making. */
  ended(): void {
    if (this.#state.type !== "answering") return;
    if (this.#answer.hasFinish) this.#complete();
    else this.broken(interrupted(phrase("The answer broke off."), this.#requestId));
  }

  /** The attempt failed: decides between another one and the end. */
  broken(failure: Failure): void {
    if (this.#state.type !== "answering") return;
    if (this.#answer.hasDiverged) {
      this.#fail(this.#diverged(undefined));
      return;
    }
    const wait = this.#budget.next(failure);
    if (wait === undefined) {
      const { error } = failure;
      this.#fail(new ApiError(error.kind, error.phrase, { ...error.details, attempts: this.attempts }));
    } else {
      this.#enter(wait.phase);
      this.#state = { type: "waiting", wait, error: failure.error };
    }
  }

  /** The wait is over. */
  waited(): void {
    if (this.#state.type === "waiting") this.#state = { type: "ready" };
  }

  /** Something else than the machine makes the request wait. */
  held(phase: RequestPhase): void {
    this.#enter(phase);
  }

  /** Events since the last call, in order. */
  take(): ChatEvent[] {
    const fresh = this.#answer.take();
    if (fresh.length > 0 && this.#phase !== "streaming" && this.#state.type !== "waiting") {
      this.#enter({ type: "streaming" });
    }
    if (this.#phases.length === 0) return fresh;
    const phases = this.#phases;
    this.#phases = [];
    // Text of an attempt precedes the wait that its break led to.
    return this.#state.type === "waiting" ? [...fresh, ...phases] : [...phases, ...fresh];
  }

  #complete(): void {
    if (this.#answer.hasDiverged || this.#answer.isBehind || this.#answer.contradictsShownCalls) {
      this.#fail(this.#diverged(this.#finishOf(this.#answer.outcome(this.#answer.replayedContent))));
      return;
    }
    this.#answer.close((outcome) => this.#finishOf(outcome));
    this.#state = { type: "complete" };
  }

  #finishOf({ reason, usage, responseId, model, content }: AttemptOutcome): Finish {
    return {
      reason,
      verified: reason !== undefined && reason !== "content_filter",
      truncated: isTruncated({ reason, usage, content, tokenLimit: this.#options.tokenLimit() }),
      responseId,
      model,
      requestId: this.#requestId,
      attempts: this.attempts,
    };
  }

  #diverged(finish: Finish | undefined): ApiError {
    return new ApiError(
      "diverged",
      phrase("The connection broke, and the answer sent again differs from what is shown."),
      { replay: this.#answer.replay(finish), requestId: this.#requestId, attempts: this.attempts },
    );
  }

  #errorEvent(json: unknown, name: string | undefined): Failure {
    const envelope =
      readErrorEnvelope(json) ?? (name === "error" ? readErrorEnvelope({ error: json }) : undefined);
    return envelope === undefined
      ? interrupted(phrase("The server reported an error in the middle of the answer."), this.#requestId)
      : classifyEnvelope(envelope, this.#options.redact, this.#requestId);
  }

  #malformed(error: unknown): void {
    if (!(error instanceof WireError)) throw error;
    this.broken(interrupted(phrase("The server's answer could not be read."), this.#requestId, "protocol"));
  }

  #fail(error: ApiError): void {
    this.#state = { type: "failed", error };
  }

  #enter(phase: RequestPhase): void {
    this.#phase = phase.type;
    this.#phases.push({ type: "phase", phase });
  }
}

function interrupted(
  said: Phrase,
  requestId: string | undefined,
  kind: "network" | "protocol" = "network",
): Failure {
  return { error: new ApiError(kind, said, { requestId }), transient: true };
}

function isErrorEnvelope(json: unknown): boolean {
  return typeof json === "object" && json !== null && "error" in json && !("choices" in json);
}

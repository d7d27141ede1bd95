import type { ChatEvent, Finish, RequestPhase, ToolCall, Usage } from "../api/types.ts";
import { assertNever } from "../util/assertNever.ts";
import type { Timing } from "./conversation.ts";

/** What a turn tells while it runs. */
export interface TurnObserver {
  text(channel: "content" | "reasoning" | "refusal", text: string): void;
  phase(phase: RequestPhase): void;
  responded?(requestId: string): void;
}

export interface TurnResult {
  /** Undefined when the turn was cancelled. */
  readonly finish: Finish | undefined;
  readonly usage: Usage | undefined;
  readonly timing: Timing;
  readonly toolCalls: readonly ToolCall[];
}

/** Measures one turn. `now` is a monotonic clock in ms. */
export class TurnTimer {
  readonly #now: () => number;
  readonly #start: number;
  readonly #isReplay: boolean;
  #first: number | undefined;
  #reasoningStart: number | undefined;
  #reasoningEnd: number | undefined;

  /** A replay brings at once what was made before: how long its parts took tells nothing, and is left out. */
  constructor(now: () => number, isReplay = false) {
    this.#now = now;
    this.#start = now();
    this.#isReplay = isReplay;
  }

  saw(channel: "content" | "reasoning" | "refusal"): void {
    if (channel !== "reasoning" && this.#reasoningEnd !== undefined) {
      return;
    }
    const time = this.#now();
    this.#first ??= time;
    if (channel === "reasoning") {
      this.#reasoningStart ??= time;
    } else if (this.#reasoningStart !== undefined) {
      this.#reasoningEnd = time;
    }
  }

  timing(): Timing {
    const end = this.#now();
    const totalMs = end - this.#start;
    if (this.#isReplay) return { firstTokenMs: undefined, reasoningMs: undefined, totalMs };
    return {
      firstTokenMs: this.#first === undefined ? undefined : this.#first - this.#start,
      reasoningMs:
        this.#reasoningStart === undefined ? undefined : (this.#reasoningEnd ?? end) - this.#reasoningStart,
      totalMs,
    };
  }
}

/**
 * Reads one turn's events to their end. Throws what the stream throws (`ApiError`); a cancelled stream just ends,
 * and the result then has no `finish`. The timer is the caller's, so that a failed turn can be timed too.
 */
export async function runTurn(
  events: AsyncIterable<ChatEvent>,
  observer: TurnObserver,
  timer: TurnTimer,
): Promise<TurnResult> {
  let finish: Finish | undefined;
  let usage: Usage | undefined;
  const toolCalls: ToolCall[] = [];
  for await (const event of events) {
    switch (event.type) {
      case "delta":
        timer.saw(event.channel);
        observer.text(event.channel, event.text);
        break;
      case "phase":
        observer.phase(event.phase);
        break;
      case "responded":
        observer.responded?.(event.requestId);
        break;
      case "usage":
        usage = event.usage;
        break;
      case "toolCall":
        toolCalls.push(event.call);
        break;
      case "finished":
        finish = event.finish;
        break;
      default:
        assertNever(event);
    }
  }
  return { finish, usage, timing: timer.timing(), toolCalls };
}

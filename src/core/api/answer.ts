import { ChannelText, channels } from "./channelText.ts";
import type { ApiErrorDetails } from "./errors.ts";
import { ToolCalls } from "./toolCalls.ts";
import type { Channel, ChatEvent, Finish, FinishReason, ShownAnswer, Usage } from "./types.ts";
import type { AnswerSink, ToolCallPiece } from "./wire.ts";

/**
 * The answer of one logical request, built from one attempt after another. New text is gathered and handed out
 * by `take`, joined to one delta for each run of a channel. The hot path is `text` on a live channel.
 */
export class Answer implements AnswerSink {
  readonly #channels: Readonly<Record<Channel, ChannelText>>;
  /** Tool calls already emitted in an earlier life of the request. */
  readonly #shownCalls: ShownAnswer["toolCalls"];
  #events: ChatEvent[] = [];
  #run: string[] = [];
  #runChannel: Channel = "content";
  #diverged = false;

  // Of the attempt under way:
  #calls = new ToolCalls();
  #finished = false;
  #reason: FinishReason | undefined;
  #usage: Usage | undefined;
  #responseId: string | undefined;
  #model: string | undefined;

  constructor(shown: ShownAnswer) {
    this.#channels = {
      reasoning: new ChannelText(shown.reasoning ?? ""),
      content: new ChannelText(shown.content ?? ""),
      refusal: new ChannelText(shown.refusal ?? ""),
    };
    this.#shownCalls = shown.toolCalls;
  }

  /** A new attempt tells the answer from its beginning. */
  rewind(): void {
    for (const channel of channels) this.#channels[channel].rewind();
    // A character whose second half never came: the replay brings it whole.
    this.#run = [];
    this.#calls = new ToolCalls();
    this.#finished = false;
    this.#reason = undefined;
    this.#usage = undefined;
  }

  text(channel: Channel, piece: string): void {
    const text = this.#channels[channel];
    if (this.#diverged) text.setAside(piece);
    else if (text.live) this.#append(channel, piece);
    else {
      const fresh = text.verify(piece);
      if (fresh === undefined) {
        this.#diverged = true;
        text.setAside(piece);
      } else if (fresh !== "") this.#append(channel, fresh);
    }
  }

  toolCall(piece: ToolCallPiece): void {
    this.#calls.add(piece);
  }

  finish(reason: FinishReason | undefined): void {
    this.#finished = true;
    this.#reason = reason;
  }

  usage(usage: Usage): void {
    this.#usage = usage;
  }

  identity(responseId: string, model: string | undefined): void {
    this.#responseId = responseId;
    this.#model = model;
  }

  /** The attempt named a finish reason. */
  get hasFinish(): boolean {
    return this.#finished;
  }

  /** The attempt contradicts what is shown. */
  get hasDiverged(): boolean {
    return this.#diverged;
  }

  /** Something is shown that the attempt has not yet given again. */
  get isBehind(): boolean {
    return channels.some((channel) => !this.#channels[channel].live);
  }

  get content(): string {
    return this.#channels.content.shown;
  }

  /** Emits what is new since the last call. */
  take(): ChatEvent[] {
    this.#flush(true);
    const events = this.#events;
    if (events.length > 0) this.#events = [];
    return events;
  }

  /** The attempt has ended as an answer: emits the rest. Call after checking that it is not behind. */
  close(finish: (parts: AttemptOutcome) => Finish): void {
    this.#flush(false);
    const outcome = this.outcome(this.content);
    const finished = finish(outcome);
    // Calls of an answer that is uncertain or cut off may themselves be cut: they are never to be run.
    if (finished.verified && !finished.truncated) {
      for (const call of this.#calls.all()) {
        if (this.#shownCalls?.some((shown) => shown.id === call.id) !== true) {
          this.#events.push({ type: "toolCall", call });
        }
      }
    }
    if (this.#usage !== undefined) this.#events.push({ type: "usage", usage: this.#usage });
    this.#events.push({ type: "finished", finish: finished });
  }

  /** Whether the attempt's tool calls leave out or change one that was already emitted. */
  get contradictsShownCalls(): boolean {
    const calls = this.#calls.all();
    return (this.#shownCalls ?? []).some(
      (shown) =>
        !calls.some(
          (call) => call.id === shown.id && call.name === shown.name && call.arguments === shown.arguments,
        ),
    );
  }

  /** The answer as the attempt tells it, for a person to choose. */
  replay(finish: Finish | undefined): ApiErrorDetails["replay"] {
    return {
      content: this.#channels.content.replayed,
      reasoning: this.#channels.reasoning.replayed,
      refusal: this.#channels.refusal.replayed,
      toolCalls: finish?.verified === true && !finish.truncated ? this.#calls.all() : [],
      usage: this.#usage,
      ...(finish === undefined ? {} : { finish }),
    };
  }

  /** What the attempt said besides its text. */
  outcome(content: string): AttemptOutcome {
    return {
      reason: this.#reason,
      usage: this.#usage,
      responseId: this.#responseId,
      model: this.#model,
      content,
    };
  }

  get replayedContent(): string {
    return this.#channels.content.replayed;
  }

  #append(channel: Channel, piece: string): void {
    if (channel !== this.#runChannel) {
      this.#flush(false);
      this.#runChannel = channel;
    }
    this.#run.push(piece);
  }

  /** Ends the run. With `hold`, the first half of a character stays back: alone it would not survive UTF-8. */
  #flush(hold: boolean): void {
    if (this.#run.length === 0) return;
    let text = this.#run.join("");
    this.#run = [];
    if (hold && isHighSurrogate(text.charCodeAt(text.length - 1))) {
      this.#run.push(text.slice(-1));
      text = text.slice(0, -1);
    }
    if (text === "") return;
    this.#channels[this.#runChannel].shown += text;
    this.#events.push({ type: "delta", channel: this.#runChannel, text });
  }
}

/** What an attempt said besides its text, and the content it belongs to. */
export interface AttemptOutcome {
  readonly reason: FinishReason | undefined;
  readonly usage: Usage | undefined;
  readonly responseId: string | undefined;
  readonly model: string | undefined;
  readonly content: string;
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

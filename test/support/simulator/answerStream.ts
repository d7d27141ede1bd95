import { assertNever } from "../../../src/core/util/assertNever.ts";
import type { Clock } from "../../../src/core/util/clock.ts";
import { sleep } from "../clock.ts";
import { CutReached, type ByteSink } from "./byteSink.ts";
import { chunkJson, pieceJson, pieces, usageChunkJson, type Piece } from "./chunks.ts";
import type { SimulatorConfig } from "./config.ts";
import type { Delivery } from "./delivery.ts";
import { epochNow, type Exchange } from "./exchange.ts";
import type { Break, CutPoint, FaultAction } from "./faults.ts";
import type { Gate } from "./gate.ts";
import type { Inference } from "./inference.ts";
import { dueAt } from "./pacing.ts";
import { commentText, eventText, withEndings } from "./sse.ts";

export interface StreamSettings {
  readonly config: SimulatorConfig;
  readonly clock: Clock;
  readonly delivery: Delivery;
  readonly gate: Gate;
  readonly action: FaultAction;
}

class ClientLeft extends Error {}

/** Events are gathered up to this many characters when they are due together. */
const batch = 16 * 1024;

/** Streams one inference as server-sent events, at its pace, with at most one fault on the way. */
export class AnswerStream {
  readonly #exchange: Exchange;
  readonly #sink: ByteSink;
  readonly #inference: Inference;
  readonly #settings: StreamSettings;
  readonly #sent = { reasoning: 0, content: 0, refusal: 0, tool: 0 };
  #pending: Interruption | undefined;
  #units = 0;
  #buffer = "";
  #bufferedContent = 0;

  constructor(exchange: Exchange, sink: ByteSink, inference: Inference, settings: StreamSettings) {
    this.#exchange = exchange;
    this.#sink = sink;
    this.#inference = inference;
    this.#settings = settings;
    this.#pending = interruptionOf(settings.action);
  }

  /** Resolves when the answer, or the fault, is over. */
  async run(): Promise<void> {
    const { delivery, action } = this.#settings;
    try {
      try {
        if (delivery.bom) this.#buffer += "\uFEFF";
        await this.#stream();
      } catch (error) {
        if (!(error instanceof CutReached)) throw error;
        this.#buffer = "";
        await this.#break(action.type === "break" ? action.then : "reset");
      }
    } catch (error) {
      if (!(error instanceof ClientLeft)) throw error;
      this.#exchange.end("clientLeft");
    }
  }

  async #stream(): Promise<void> {
    const { config, delivery } = this.#settings;
    this.#event(chunkJson(this.#inference, { role: "assistant" }));
    const size = delivery.utf16PerChunk > 0 ? delivery.utf16PerChunk : Math.max(1, config.charsPerChunk);
    const unit = delivery.utf16PerChunk > 0 ? "utf16" : "codePoint";
    for (const piece of pieces(this.#inference.answer, size, unit)) {
      let rest: Piece | undefined = piece;
      const head = this.#headBefore(piece);
      if (head !== undefined) {
        if (head !== "") await this.#piece({ ...piece, text: head });
        if (await this.#interrupt()) return;
        rest = head === piece.text ? undefined : { ...piece, text: piece.text.slice(head.length) };
      }
      if (rest) await this.#piece(rest);
    }
    if (this.#pending && (await this.#interrupt())) return;
    await this.#break("finish");
  }

  /** The part of the piece before the place of the fault, when that place is in or right at the end of it. */
  #headBefore(piece: Piece): string | undefined {
    const at = this.#pending?.at;
    if (!at) return undefined;
    const wanted = {
      reasoning: at.reasoning,
      content: at.content,
      refusal: undefined,
      tool: at.toolArguments,
    };
    const place = wanted[piece.channel];
    if (place === undefined) return undefined;
    const offset = place - this.#sent[piece.channel];
    if (offset > piece.text.length) return undefined;
    return piece.text.slice(0, Math.max(0, offset));
  }

  async #piece(piece: Piece): Promise<void> {
    const { config } = this.#settings;
    this.#units += piece.text.length;
    await this.#waitUntil(dueAt(this.#inference, this.#units, config));
    this.#event(pieceJson(this.#inference, piece));
    this.#sent[piece.channel] += piece.text.length;
    if (piece.channel === "content") this.#bufferedContent += piece.text.length;
    if (this.#buffer.length >= batch) await this.#flush();
  }

  #event(data: string): void {
    this.#buffer += eventText(data, this.#settings.delivery);
  }

  async #flush(): Promise<void> {
    const { entry } = this.#exchange;
    const text = this.#buffer;
    this.#buffer = "";
    if (this.#exchange.left.aborted) throw new ClientLeft();
    if (text === "") return;
    if (this.#bufferedContent > 0) entry.firstContentAt ??= epochNow();
    entry.contentWritten += this.#bufferedContent;
    this.#bufferedContent = 0;
    try {
      await this.#sink.write(text);
    } finally {
      entry.bytesWritten = this.#sink.bytesWritten;
      this.#exchange.changed();
    }
  }

  async #waitUntil(time: number): Promise<void> {
    const { clock, config } = this.#settings;
    while (clock.now() < time) {
      await this.#flush();
      const left = Math.max(0, time - clock.now());
      const beat = config.heartbeatMs > 0 && config.heartbeatMs < left;
      const waited = sleep(clock, beat ? config.heartbeatMs : left, this.#exchange.left);
      this.#exchange.changed();
      if (!(await waited)) throw new ClientLeft();
      if (beat) this.#comment();
    }
  }

  #comment(): void {
    this.#buffer += commentText("keep-alive", this.#settings.delivery);
  }

  /** Lets the fault strike; true when the stream is over. */
  async #interrupt(): Promise<boolean> {
    const interruption = this.#pending;
    this.#pending = undefined;
    if (!interruption) return false;
    for (const text of interruption.insert) {
      this.#buffer += withEndings(text, this.#settings.delivery);
      if (this.#buffer.length >= batch) await this.#flush();
    }
    if (interruption.then === undefined) return false;
    await this.#break(interruption.then);
    return interruption.then !== "hold";
  }

  async #break(kind: Break): Promise<void> {
    switch (kind) {
      case "reset":
        return this.#reset();
      case "drop":
        await this.#flush();
        return this.#exchange.drop();
      case "end":
        return this.#end("broken");
      case "stall":
        await this.#flush();
        return this.#untilLeft();
      case "heartbeats":
        return this.#beatForEver();
      case "hold":
        return this.#hold();
      case "finish":
        this.#finishEvents(true);
        return this.#end("answered");
      case "finishThenEnd":
        this.#finishEvents(false);
        return this.#end("answered");
      case "finishThenReset":
        this.#finishEvents(false);
        return this.#reset();
      case "doneOnly":
        this.#event("[DONE]");
        return this.#end("answered");
      case "doneThenReset":
        this.#finishEvents(true);
        return this.#reset();
      case "doneThenData":
        this.#finishEvents(true);
        this.#event(chunkJson(this.#inference, { content: "This came after [DONE]." }));
        return this.#end("answered");
      case "doneThenStall":
        this.#finishEvents(true);
        await this.#flush();
        return this.#untilLeft();
      default:
        return assertNever(kind);
    }
  }

  #finishEvents(done: boolean): void {
    const { request, finishReason } = this.#inference;
    this.#event(chunkJson(this.#inference, {}, finishReason));
    if (request.includeUsage) this.#event(usageChunkJson(this.#inference));
    if (done) this.#event("[DONE]");
  }

  async #reset(): Promise<void> {
    await this.#flush();
    await this.#exchange.reset();
  }

  async #end(outcome: "answered" | "broken"): Promise<void> {
    await this.#flush();
    this.#exchange.end(outcome);
    await this.#sink.end();
  }

  async #untilLeft(): Promise<void> {
    const { left } = this.#exchange;
    if (left.aborted) return;
    await new Promise((resolve) => left.addEventListener("abort", resolve, { once: true }));
  }

  async #beatForEver(): Promise<void> {
    const { clock, config } = this.#settings;
    const pause = config.heartbeatMs > 0 ? config.heartbeatMs : 20;
    do {
      this.#comment();
      await this.#flush();
    } while (await sleep(clock, pause, this.#exchange.left));
  }

  async #hold(): Promise<void> {
    await this.#flush();
    this.#exchange.entry.held = true;
    this.#exchange.changed();
    const released = await this.#settings.gate.pass(this.#exchange.left);
    this.#exchange.entry.held = false;
    if (!released) throw new ClientLeft();
  }
}

interface Interruption {
  readonly at: CutPoint;
  readonly insert: Iterable<string>;
  readonly then: Break | undefined;
}

function interruptionOf(action: FaultAction): Interruption | undefined {
  switch (action.type) {
    case "break":
      // A place given in bytes is the sink's to find.
      return action.at.bytes === undefined ? { at: action.at, insert: [], then: action.then } : undefined;
    case "insert":
      return { at: action.at, insert: [action.raw], then: action.then };
    case "longLine":
      return { at: action.at, insert: longLine(action.field, action.bytes), then: undefined };
    default:
      return undefined;
  }
}

function* longLine(field: "comment" | "data", bytes: number): Generator<string> {
  yield field === "data" ? 'data: {"padding":"' : ": ";
  for (let left = bytes; left > 0; left -= batch) yield "x".repeat(Math.min(left, batch));
  yield field === "data" ? '"}\n\n' : "\n\n";
}

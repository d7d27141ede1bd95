import { parseJson } from "../util/record.ts";
import type { Attempt, Piece } from "./attempt.ts";
import { classifyResponse, classifyStrangeBody, type BadResponse } from "./classifyResponse.ts";
import { ApiError } from "./errors.ts";
import type { RequestMachine } from "./requestMachine.ts";
import { createSseDecoder, SseOverflowError, type SseDecoder } from "./sse.ts";
import type { ChatEvent } from "./types.ts";

export interface ReceiveOptions {
  /** What the response asked to wait. */
  readonly retryAfterMs: number | undefined;
  readonly redact: (text: string) => string;
  readonly signal: AbortSignal;
}

/** Bytes read of a body that explains an error, and of a completion sent in one piece. */
const maxErrorBytes = 64 * 1024;
const maxCompletionBytes = 32 * 1024 * 1024;

/** Reads one response and tells `machine` what it holds; yields what that makes to show, once for each read. */
export async function* receive(
  machine: RequestMachine,
  attempt: Attempt,
  response: Response,
  options: ReceiveOptions,
): AsyncGenerator<ChatEvent, void> {
  const { signal, redact } = options;
  const requestId = response.headers.get("x-request-id") ?? undefined;
  if (!response.ok) {
    const { text } = await attempt.readText(maxErrorBytes);
    if (signal.aborted) return;
    machine.broken(classifyResponse(badResponse(response, requestId, text, options), redact));
    return;
  }
  machine.responded(requestId);
  yield* machine.take();
  const first = await attempt.read();
  if (isStream(response.headers.get("content-type") ?? "", first)) {
    yield* receiveStream(machine, attempt, first, signal);
    return;
  }
  const { text, failure } = await attempt.readText(maxCompletionBytes, first);
  if (signal.aborted) return;
  const json = parseJson(text);
  if (failure !== undefined) machine.broken(failure);
  // JSON that was cut short by a clean end is an interruption; anything else that is not JSON will not get better.
  else if (json !== undefined || /^\s*[{[]/.test(text) || text.trim() === "") machine.completion(json);
  else machine.broken(classifyStrangeBody(badResponse(response, requestId, text, options), redact));
}

async function* receiveStream(
  machine: RequestMachine,
  attempt: Attempt,
  first: Piece,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent, void> {
  const decoder = createSseDecoder((data, name) => machine.event(data, name));
  for (let piece = first; !signal.aborted; piece = await attempt.read()) {
    advance(machine, decoder, piece);
    yield* machine.take();
    if (machine.state.type === "complete") await attempt.drain();
    if (machine.state.type !== "answering") return;
  }
}

function advance(machine: RequestMachine, decoder: SseDecoder, piece: Piece): void {
  if (piece.type === "broken") {
    machine.broken(piece.failure);
    return;
  }
  try {
    if (piece.type === "bytes") decoder.push(piece.bytes);
    else {
      decoder.end();
      machine.ended();
    }
  } catch (error) {
    if (!(error instanceof SseOverflowError)) throw error;
    machine.broken({ error: new ApiError("protocol", error.message), transient: false });
  }
}

/** Trusts the content type; without a telling one, looks whether the body begins like an event stream. */
function isStream(contentType: string, first: Piece): boolean {
  if (/^text\/event-stream\b/i.test(contentType)) return true;
  if (/json|html/i.test(contentType) || first.type !== "bytes") return false;
  const start = new TextDecoder().decode(first.bytes.subarray(0, 16));
  return /^\s*(data|event|id|retry)?:/.test(start);
}

function badResponse(
  response: Response,
  requestId: string | undefined,
  body: string,
  { retryAfterMs }: ReceiveOptions,
): BadResponse {
  return { status: response.status, requestId, retryAfterMs, body };
}

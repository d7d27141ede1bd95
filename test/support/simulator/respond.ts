import { errorEnvelope, type ErrorEnvelope } from "./apiFailure.ts";
import { AnswerStream, type StreamSettings } from "./answerStream.ts";
import { ByteSink, CutReached } from "./byteSink.ts";
import { completionJson } from "./chunks.ts";
import type { Exchange } from "./exchange.ts";
import type { Break, FaultAction } from "./faults.ts";
import type { Inference } from "./inference.ts";
import { completeAt } from "./pacing.ts";
import { sleep } from "../clock.ts";

/** Answers a chat request with an inference, as a stream or as JSON, with at most one fault. */
export async function respondWithInference(
  exchange: Exchange,
  inference: Inference,
  settings: StreamSettings,
): Promise<void> {
  const { delivery, action } = settings;
  exchange.entry.responseId = inference.id;
  const shownInference = action.type === "differ" ? withOtherText(inference, action) : inference;
  const asStream = delivery.as === "asked" ? inference.request.stream : delivery.as === "sse";
  if (!asStream) {
    const { clock, config } = settings;
    const wait = completeAt(inference, config) - clock.now();
    if (wait > 0) {
      const waited = sleep(clock, wait, exchange.left);
      exchange.changed();
      if (!(await waited)) return;
    }
    exchange.entry.contentWritten = inference.answer.content?.length ?? 0;
    return sendJson(exchange, completionJson(shownInference), settings);
  }
  exchange.writeHead(200, {
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-cache",
    ...(delivery.gzip ? { "Content-Encoding": "gzip" } : {}),
  });
  if (action.type === "resetAfterHeaders") return exchange.reset();
  const sink = new ByteSink(exchange.response, delivery, byteLimit(action));
  await new AnswerStream(exchange, sink, shownInference, settings).run();
}

/** Sends a JSON body, cut where a fault wants it cut (at half of it when the place is given in characters). */
export async function sendJson(exchange: Exchange, body: string, settings: StreamSettings): Promise<void> {
  const { delivery, action } = settings;
  exchange.writeHead(200, {
    "Content-Type": "application/json",
    ...(delivery.gzip ? { "Content-Encoding": "gzip" } : {}),
  });
  if (action.type === "resetAfterHeaders") return exchange.reset();
  const cut = action.type === "break" ? (action.at.bytes ?? Math.floor(body.length / 2)) : Infinity;
  const sink = new ByteSink(exchange.response, delivery, cut);
  try {
    await sink.write(body);
  } catch (error) {
    if (!(error instanceof CutReached) || action.type !== "break") throw error;
    exchange.entry.bytesWritten = sink.bytesWritten;
    return breakJson(exchange, sink, action.then);
  }
  exchange.entry.bytesWritten = sink.bytesWritten;
  exchange.end("answered");
  await sink.end();
}

async function breakJson(exchange: Exchange, sink: ByteSink, then: Break): Promise<void> {
  if (then === "stall") return;
  if (then === "reset") await exchange.reset();
  else if (then === "drop") await exchange.drop();
  else {
    exchange.end("broken");
    await sink.end();
  }
}

/** Answers with whatever a `status` fault says. */
export function sendStatus(exchange: Exchange, action: FaultAction & { type: "status" }): void {
  const body = action.body ?? JSON.stringify(action.envelope ?? envelopeOf(action.status));
  const contentType = action.contentType ?? (action.body === undefined ? "application/json" : "text/html");
  exchange.send(action.status, body, { "Content-Type": contentType, ...action.headers });
}

const types: Readonly<Record<number, readonly [type: string, message: string]>> = {
  400: ["invalid_request_error", "The request is not valid."],
  401: ["authentication_error", "The API key is not valid."],
  402: ["billing_error", "This API key is disabled for lack of credit."],
  403: ["permission_error", "This API key may not use this resource."],
  404: ["not_found_error", "There is nothing here."],
  408: ["timeout_error", "The request timed out before the result was ready."],
  409: ["conflict_error", "Another request with this key is being dealt with."],
  413: ["invalid_request_error", "The request is too large."],
  422: ["invalid_request_error", "The request cannot be processed."],
  429: ["rate_limit_exceeded", "Too many requests."],
  500: ["server_error", "Something went wrong on Valar's side."],
  502: ["server_error", "An upstream service returned an error."],
  503: ["server_error", "The service is overloaded."],
  504: ["timeout_error", "The request timed out before the result was ready."],
};

/** The envelope that goes with a status by default. */
export function envelopeOf(status: number): ErrorEnvelope {
  const [type, message] = types[status] ?? ["api_error", `Status ${status}.`];
  return errorEnvelope(type, message, undefined, type);
}

function byteLimit(action: FaultAction): number {
  return action.type === "break" ? (action.at.bytes ?? Infinity) : Infinity;
}

function withOtherText(inference: Inference, action: FaultAction & { type: "differ" }): Inference {
  const { content } = inference.answer;
  if (content === null) return inference;
  const other = content[action.content] === "#" ? "@" : "#";
  const text = content.slice(0, action.content) + (action.text ?? other) + content.slice(action.content + 1);
  return { ...inference, answer: { ...inference.answer, content: text } };
}

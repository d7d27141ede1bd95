/**
 * Reads what the API sends. Everything arrives as `unknown` and is looked at before use; nothing is copied, since
 * a long answer has some hundred thousand chunks. Source: `chat.completion`, `chat.completion.chunk`.
 */
import { isRecord } from "../util/record.ts";
import type { Channel, FinishReason, ModelEntry, Usage } from "./types.ts";

/** What one chunk, or one whole completion, is taken apart into. */
export interface AnswerSink {
  identity(responseId: string, model: string | undefined): void;
  text(channel: Channel, text: string): void;
  /** A tool call or a piece of one; pieces of one call share `index`, or else `id`. */
  toolCall(piece: ToolCallPiece): void;
  /** `undefined` is a reason this client does not know. */
  finish(reason: FinishReason | undefined): void;
  usage(usage: Usage): void;
}

export interface ToolCallPiece {
  readonly index: number | undefined;
  readonly type: "function" | "custom";
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

/** Content of the wrong shape: the rest of the stream cannot be trusted. */
export class WireError extends Error {
  override readonly name = "WireError";
}

/** Takes apart a chunk of a stream. Throws `WireError`. */
export function readChunk(json: unknown, sink: AnswerSink): void {
  readAnswer(json, "delta", sink);
}

/** Takes apart a completion sent in one piece. Throws `WireError`. */
export function readCompletion(json: unknown, sink: AnswerSink): void {
  readAnswer(json, "message", sink);
}

function readAnswer(json: unknown, part: "delta" | "message", sink: AnswerSink): void {
  if (!isRecord(json) || !Array.isArray(json["choices"])) throw new WireError("no choices");
  if (typeof json["id"] === "string") {
    sink.identity(json["id"], typeof json["model"] === "string" ? json["model"] : undefined);
  }
  const choices: readonly unknown[] = json["choices"];
  const choice = choices[0];
  if (choice !== undefined) readChoice(choice, part, sink);
  if (json["usage"] !== undefined && json["usage"] !== null) {
    const usage = readUsage(json["usage"]);
    if (usage !== undefined) sink.usage(usage);
  }
}

function readChoice(choice: unknown, part: "delta" | "message", sink: AnswerSink): void {
  if (!isRecord(choice)) throw new WireError("choice is not an object");
  const message = choice[part];
  if (isRecord(message)) {
    // Reasoning precedes the content it led to; a completion in one piece is read in the same order.
    readText(message["reasoning_content"], "reasoning", sink);
    readText(message["content"], "content", sink);
    readText(message["refusal"], "refusal", sink);
    if (message["tool_calls"] !== undefined) readToolCalls(message["tool_calls"], sink);
  } else if (message !== undefined && message !== null) {
    throw new WireError(`${part} is not an object`);
  }
  const reason = choice["finish_reason"];
  if (typeof reason === "string") sink.finish(isFinishReason(reason) ? reason : undefined);
}

function readText(value: unknown, channel: Channel, sink: AnswerSink): void {
  if (typeof value === "string") {
    if (value !== "") sink.text(channel, value);
  } else if (value !== undefined && value !== null) {
    throw new WireError(`${channel} is not text`);
  }
}

function readToolCalls(value: unknown, sink: AnswerSink): void {
  if (value === null) return;
  if (!Array.isArray(value)) throw new WireError("tool_calls is not a list");
  for (const call of value as readonly unknown[]) {
    if (!isRecord(call)) throw new WireError("tool call is not an object");
    const custom = isRecord(call["custom"]);
    const body = custom ? call["custom"] : call["function"];
    const from = isRecord(body) ? body : {};
    sink.toolCall({
      index: typeof call["index"] === "number" ? call["index"] : undefined,
      type: custom ? "custom" : "function",
      id: stringOr(call["id"], ""),
      name: stringOr(from["name"], ""),
      arguments: stringOr(from[custom ? "input" : "arguments"], ""),
    });
  }
}

function stringOr(value: unknown, fallback: string): string {
  return typeof value === "string" ? value : fallback;
}

const finishReasons: readonly string[] = [
  "stop",
  "length",
  "tool_calls",
  "content_filter",
  "function_call",
] satisfies readonly FinishReason[];

function isFinishReason(value: string): value is FinishReason {
  return finishReasons.includes(value);
}

/** Undefined when the three totals are not all there. */
export function readUsage(value: unknown): Usage | undefined {
  if (!isRecord(value)) return undefined;
  const promptTokens = readCount(value["prompt_tokens"]);
  const completionTokens = readCount(value["completion_tokens"]);
  const totalTokens = readCount(value["total_tokens"]);
  if (promptTokens === undefined || completionTokens === undefined || totalTokens === undefined)
    return undefined;
  const cachedTokens = readDetail(value["prompt_tokens_details"], "cached_tokens");
  const reasoningTokens = readDetail(value["completion_tokens_details"], "reasoning_tokens");
  return {
    promptTokens,
    completionTokens,
    totalTokens,
    ...(cachedTokens === undefined ? {} : { cachedTokens }),
    ...(reasoningTokens === undefined ? {} : { reasoningTokens }),
  };
}

function readDetail(details: unknown, name: string): number | undefined {
  return isRecord(details) ? readCount(details[name]) : undefined;
}

function readCount(value: unknown): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** The model list of `GET /models`. Throws `WireError`. Entries without an id are left out. */
export function readModelList(json: unknown): readonly ModelEntry[] {
  if (!isRecord(json) || !Array.isArray(json["data"])) throw new WireError("no model list");
  return (json["data"] as readonly unknown[]).flatMap((entry) => {
    if (!isRecord(entry) || typeof entry["id"] !== "string") return [];
    const created = entry["created"];
    return [
      {
        id: entry["id"],
        ownedBy: stringOr(entry["owned_by"], ""),
        created: typeof created === "number" ? created : 0,
      },
    ];
  });
}

/** The error envelope `{"error": {message, type, param, code}}`. */
export interface ErrorEnvelope {
  readonly message: string | undefined;
  readonly type: string | undefined;
  readonly param: string | undefined;
  readonly code: string | undefined;
}

/** Undefined when `json` is no error envelope. */
export function readErrorEnvelope(json: unknown): ErrorEnvelope | undefined {
  if (!isRecord(json)) return undefined;
  const error = json["error"];
  if (typeof error === "string")
    return { message: error, type: undefined, param: undefined, code: undefined };
  if (!isRecord(error)) return undefined;
  const text = (value: unknown): string | undefined =>
    typeof value === "string" || typeof value === "number" ? String(value) : undefined;
  return {
    message: text(error["message"]),
    type: text(error["type"]),
    param: text(error["param"]),
    code: text(error["code"]),
  };
}

import { randomUUID } from "node:crypto";
import type { Answer } from "./answers/answer.ts";
import type { ChatRequest } from "./chatRequest.ts";
import { countTokens, firstTokens } from "./tokens.ts";

export interface ChatUsage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly prompt_tokens_details: { readonly cached_tokens?: number };
  readonly completion_tokens_details: { readonly reasoning_tokens?: number };
}

/**
 * One run of the model. Its answer is known from the start and revealed by time alone, so it goes on when a
 * client drops, and whoever asks again sees what there is by then.
 */
export interface Inference {
  readonly id: string;
  /** Unix time, seconds. */
  readonly created: number;
  /** Clock time of its start, milliseconds. */
  readonly startedAt: number;
  readonly request: ChatRequest;
  readonly answer: Answer;
  readonly finishReason: "stop" | "length" | "tool_calls";
  readonly usage: ChatUsage;
}

export interface InferenceSettings {
  readonly startedAt: number;
  readonly promptTokens: { readonly prompt: number; readonly cached: number };
  readonly truncatedFinishReason: "stop" | "length";
  readonly usageDetails: boolean;
}

/** Cuts the full answer to the request's token limit and counts it. */
export function createInference(request: ChatRequest, full: Answer, settings: InferenceSettings): Inference {
  const { answer, truncated } = limitAnswer(full, request.maxCompletionTokens);
  const completion = answerTokens(answer);
  const { prompt, cached } = settings.promptTokens;
  const ended = answer.toolCalls.length > 0 ? "tool_calls" : "stop";
  return {
    id: `chatcmpl-${randomUUID().replaceAll("-", "")}`,
    created: Math.floor(Date.now() / 1000),
    startedAt: settings.startedAt,
    request,
    answer,
    finishReason: truncated ? settings.truncatedFinishReason : ended,
    usage: {
      prompt_tokens: prompt,
      completion_tokens: completion,
      total_tokens: prompt + completion,
      prompt_tokens_details: settings.usageDetails ? { cached_tokens: cached } : {},
      completion_tokens_details: settings.usageDetails
        ? { reasoning_tokens: countTokens(answer.reasoning) }
        : {},
    },
  };
}

function answerTokens(answer: Answer): number {
  const calls = answer.toolCalls.reduce((sum, call) => sum + countTokens(call.name + call.input), 0);
  return countTokens(answer.reasoning) + countTokens(answer.content ?? answer.refusal ?? "") + calls;
}

/** Reasoning spends the limit first, then text; a tool call that does not fit whole is not made. */
function limitAnswer(full: Answer, limit: number | undefined): { answer: Answer; truncated: boolean } {
  if (limit === undefined || answerTokens(full) <= limit) return { answer: full, truncated: false };
  const reasoning = firstTokens(full.reasoning, limit);
  const left = limit - countTokens(reasoning);
  return {
    answer: {
      reasoning,
      content: full.refusal === null ? firstTokens(full.content ?? "", left) : null,
      refusal: full.refusal === null ? null : firstTokens(full.refusal, left),
      toolCalls: [],
    },
    truncated: true,
  };
}

import type { Channel, FinishReason } from "../../../../../src/core/api/types.ts";

/** An answer as a model might give it. */
export interface ModelAnswer {
  readonly reasoning: string;
  readonly content: string;
  readonly finish?: FinishReason | null;
}

const identity = { id: "chatcmpl-1", created: 1, model: "zai-org/GLM-5.1-FP8" };

export function chunk(delta: object, finish: string | null = null): string {
  return event({
    ...identity,
    object: "chat.completion.chunk",
    choices: [{ index: 0, delta, finish_reason: finish }],
  });
}

export function event(json: unknown): string {
  return `data: ${JSON.stringify(json)}\n\n`;
}

export const done = "data: [DONE]\n\n";

export const usage = {
  prompt_tokens: 10,
  completion_tokens: 20,
  total_tokens: 30,
  prompt_tokens_details: { cached_tokens: 4 },
  completion_tokens_details: { reasoning_tokens: 6 },
};

export function usageChunk(): string {
  return event({ ...identity, object: "chat.completion.chunk", choices: [], usage });
}

/** Cuts text into pieces of the given sizes, the last size used again. UTF-16 units. */
export function pieces(text: string, sizes: readonly number[]): string[] {
  const found: string[] = [];
  for (let at = 0, n = 0; at < text.length; n += 1) {
    const size = Math.max(1, sizes[Math.min(n, sizes.length - 1)] ?? 1);
    found.push(text.slice(at, at + size));
    at += size;
  }
  return found;
}

/** The events of a whole stream, `[DONE]` included. */
export function streamEvents(answer: ModelAnswer, sizes: readonly number[] = [4]): string[] {
  const field: Record<Channel, string> = {
    reasoning: "reasoning_content",
    content: "content",
    refusal: "refusal",
  };
  return [
    chunk({ role: "assistant" }),
    ...pieces(answer.reasoning, sizes).map((text) => chunk({ [field.reasoning]: text })),
    ...pieces(answer.content, sizes).map((text) => chunk({ [field.content]: text })),
    chunk({}, answer.finish === undefined ? "stop" : answer.finish),
    usageChunk(),
    done,
  ];
}

export function completion(answer: ModelAnswer): object {
  return {
    ...identity,
    object: "chat.completion",
    choices: [
      {
        index: 0,
        message: { role: "assistant", content: answer.content, reasoning_content: answer.reasoning },
        logprobs: null,
        finish_reason: answer.finish === undefined ? "stop" : answer.finish,
      },
    ],
    usage,
  };
}

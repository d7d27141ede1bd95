import type { Answer, AnswerToolCall } from "./answers/answer.ts";
import type { Inference } from "./inference.ts";

/** A delta of a stream: text of one channel, or one whole tool call. */
export type Piece =
  | { readonly channel: "reasoning" | "content" | "refusal"; readonly text: string }
  | {
      readonly channel: "tool";
      readonly text: string;
      readonly index: number;
      readonly call: AnswerToolCall;
    };

/** Cuts an answer into deltas of `size` characters: reasoning first, then text, then each tool call whole. */
export function* pieces(answer: Answer, size: number, unit: "codePoint" | "utf16"): Generator<Piece> {
  const channels = [
    ["reasoning", answer.reasoning],
    ["content", answer.content ?? ""],
    ["refusal", answer.refusal ?? ""],
  ] as const;
  for (const [channel, text] of channels) {
    for (const part of cut(text, size, unit)) yield { channel, text: part };
  }
  for (const [index, call] of answer.toolCalls.entries()) {
    yield { channel: "tool", text: call.input, index, call };
  }
}

function* cut(text: string, size: number, unit: "codePoint" | "utf16"): Generator<string> {
  let start = 0;
  while (start < text.length) {
    let end = Math.min(text.length, start + size);
    if (unit === "codePoint") {
      // Astral characters take two units: widen by one for each that was counted.
      let points = 0;
      end = start;
      while (points < size && end < text.length) {
        end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
        points++;
      }
    }
    yield text.slice(start, end);
    start = end;
  }
}

/** The JSON of a chunk with one delta. */
export function chunkJson(inference: Inference, delta: object, finishReason: string | null = null): string {
  // Put together by hand: benchmarks read 200,000 of these, and the simulator must not be what they measure.
  const { id, created, request } = inference;
  const head = `{"id":"${id}","object":"chat.completion.chunk","created":${created}`;
  const choice = `{"index":0,"delta":${JSON.stringify(delta)},"logprobs":null,"finish_reason":${JSON.stringify(finishReason)}}`;
  return `${head},"model":${JSON.stringify(request.model.id)},"choices":[${choice}]}`;
}

export function usageChunkJson(inference: Inference): string {
  return JSON.stringify({
    id: inference.id,
    object: "chat.completion.chunk",
    created: inference.created,
    model: inference.request.model.id,
    choices: [],
    usage: inference.usage,
  });
}

export function pieceJson(inference: Inference, piece: Piece): string {
  switch (piece.channel) {
    case "reasoning":
      return chunkJson(inference, { reasoning_content: piece.text });
    case "content":
      return chunkJson(inference, { content: piece.text });
    case "refusal":
      return chunkJson(inference, { refusal: piece.text });
    case "tool":
      return chunkJson(inference, {
        tool_calls: [{ index: piece.index, ...toolCallJson(piece.call, piece.text) }],
      });
  }
}

function toolCallJson(call: AnswerToolCall, input: string): object {
  return call.kind === "function"
    ? { id: call.id, type: "function", function: { name: call.name, arguments: input } }
    : { id: call.id, type: "custom", custom: { name: call.name, input } };
}

/** The whole answer as one `chat.completion`. */
export function completionJson(inference: Inference): string {
  const { answer } = inference;
  const calls = answer.toolCalls.map((call) => toolCallJson(call, call.input));
  const message = {
    role: "assistant",
    content: answer.content,
    reasoning_content: answer.reasoning === "" ? null : answer.reasoning,
    refusal: answer.refusal,
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
  };
  return JSON.stringify({
    id: inference.id,
    object: "chat.completion",
    created: inference.created,
    model: inference.request.model.id,
    choices: [{ index: 0, message, logprobs: null, finish_reason: inference.finishReason }],
    usage: inference.usage,
  });
}

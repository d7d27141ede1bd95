import type { ChatRequest } from "../chatRequest.ts";
import type { Answer } from "./answer.ts";

export function createAnswer(request: ChatRequest): Promise<Answer> {
  const last = request.messages.findLast((message) => message.role === "user")?.text ?? "";
  return Promise.resolve({
    reasoning: "",
    content: `You asked: ${last}`,
    refusal: null,
    toolCalls: [],
  });
}

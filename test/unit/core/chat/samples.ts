import type { Answer, UserMessage } from "../../../../src/core/chat/conversation.ts";

export function question(id: string, parentId: string | undefined, text = id): UserMessage {
  return { kind: "user", id, parentId, text, context: [] };
}

export function answer(id: string, parentId: string, fields: Partial<Answer> = {}): Answer {
  return {
    kind: "answer",
    id,
    parentId,
    content: "",
    reasoning: "",
    refusal: "",
    outcome: { type: "running" },
    model: "m",
    completionWindow: undefined,
    request: undefined,
    requestId: undefined,
    usage: undefined,
    timing: undefined,
    replay: undefined,
    ...fields,
  };
}

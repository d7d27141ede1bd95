export interface AnswerToolCall {
  readonly kind: "function" | "custom";
  readonly id: string;
  readonly name: string;
  /** JSON text for a function, free text for a custom tool. */
  readonly input: string;
}

/** What the model says to one request, whole. */
export interface Answer {
  /** Empty when the model does not think aloud. */
  readonly reasoning: string;
  readonly content: string | null;
  readonly refusal: string | null;
  readonly toolCalls: readonly AnswerToolCall[];
}

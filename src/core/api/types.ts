/**
 * The client's vocabulary: what callers hand in and what they get back. Names are ours (camelCase);
 * `wire.ts` holds the API's own shapes. Source: the reference page “Create a chat completion”.
 */

export type ReasoningEffort = "none" | "minimal" | "low" | "medium" | "high" | "xhigh";
export type CompletionWindow = "asap" | "standard";
export type FinishReason = "stop" | "length" | "tool_calls" | "content_filter" | "function_call";

export interface TextPart {
  readonly type: "text";
  readonly text: string;
}
export interface ImagePart {
  readonly type: "image";
  /** A data URI (JPEG, PNG, WebP, GIF; at most 20 MB decoded) or a public http(s) URL. */
  readonly url: string;
  readonly detail?: "auto" | "low" | "high";
}
export type ContentPart = TextPart | ImagePart;

export interface ToolCall {
  /** Left out means `function`. */
  readonly type?: "function" | "custom";
  readonly id: string;
  readonly name: string;
  /** JSON text as the model wrote it (parse it before use); of a custom tool, its plain input. */
  readonly arguments: string;
}

export type ChatMessage =
  | { readonly role: "system" | "developer"; readonly content: string }
  | { readonly role: "user"; readonly content: string | readonly ContentPart[]; readonly name?: string }
  | { readonly role: "assistant"; readonly content: string | null; readonly toolCalls?: readonly ToolCall[] }
  | { readonly role: "tool"; readonly toolCallId: string; readonly content: string }
  /** Deprecated by the API in favour of `tool`, still taken. */
  | { readonly role: "function"; readonly name: string; readonly content: string | null };

export interface ToolDefinition {
  /** Left out means `function`. A custom tool takes plain text and has neither `parameters` nor `strict`. */
  readonly type?: "function" | "custom";
  readonly name: string;
  readonly description?: string;
  /** A JSON Schema object. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly strict?: boolean;
}
export type ToolChoice = "none" | "auto" | "required" | { readonly name: string };

export type ResponseFormat =
  | { readonly type: "text" }
  | { readonly type: "json_object" }
  | {
      readonly type: "json_schema";
      readonly name: string;
      readonly description?: string;
      readonly schema: Readonly<Record<string, unknown>>;
      readonly strict?: boolean;
    };

/** Every parameter of the endpoint. Unset fields are left out of the body. */
export interface ChatParameters {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  /** 0 to 2. */
  readonly temperature?: number;
  /** 0 to 1. */
  readonly topP?: number;
  /** Tokens, at least 1. */
  readonly maxCompletionTokens?: number;
  readonly responseFormat?: ResponseFormat;
  readonly reasoningEffort?: ReasoningEffort;
  readonly n?: 1;
  readonly modalities?: readonly ["text"];
  readonly stream?: boolean;
  readonly includeUsage?: boolean;
  readonly store?: true;
  /** At most 256 characters. */
  readonly user?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly completionWindow?: CompletionWindow;
  /** An http or https URL. */
  readonly completionWebhook?: string;
  readonly webhookToken?: string;
  readonly tools?: readonly ToolDefinition[];
  readonly toolChoice?: ToolChoice;
  readonly parallelToolCalls?: boolean;
}

/** One logical request, frozen: every attempt sends the same bytes with this key. Safe to store: no token in it. */
export interface PreparedRequest {
  /** The Idempotency-Key, at most 255 characters. */
  readonly key: string;
  /** The exact JSON body, but for a webhook's token (see `sealedBody.ts`). */
  readonly body: string;
  /** SHA-256 of the body as it is sent, hexadecimal. */
  readonly bodyHash: string;
  /** Normalised base URL, no trailing slash. */
  readonly baseUrl: string;
  /** First 16 hexadecimal digits of SHA-256 over origin and token: tells a changed token, reveals none. */
  readonly tokenFingerprint: string;
  readonly stream: boolean;
}

/** Where to send and as whom. `token` is never stored, logged or shown. */
export interface Access {
  readonly baseUrl: string;
  readonly token: string;
}

/** Token counts. Fields the server left out stay undefined, never 0. */
export interface Usage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly totalTokens: number;
  readonly cachedTokens?: number;
  readonly reasoningTokens?: number;
}

export type Channel = "content" | "reasoning" | "refusal";

/** Why nothing arrives just now. Delays in ms. */
export type RequestPhase =
  | { readonly type: "sending" }
  /** Waiting before the next attempt of the same request. */
  | { readonly type: "reconnecting"; readonly attempt: number; readonly delayMs: number }
  /** Waiting for the rate limit or a long Retry-After; show a countdown. */
  | { readonly type: "rateLimited"; readonly delayMs: number }
  /** A replay runs and has not yet caught up with what is shown. */
  | { readonly type: "catchingUp" }
  | { readonly type: "streaming" };

export type ChatEvent =
  | { readonly type: "phase"; readonly phase: RequestPhase }
  /** A response has begun; `X-Request-ID` of its attempt. */
  | { readonly type: "responded"; readonly requestId: string }
  | { readonly type: "delta"; readonly channel: Channel; readonly text: string }
  | { readonly type: "toolCall"; readonly call: ToolCall }
  | { readonly type: "usage"; readonly usage: Usage }
  /** Always the last event of an answer that ended by itself. None comes after a cancel. */
  | { readonly type: "finished"; readonly finish: Finish };

export interface Finish {
  /** Undefined when the stream closed with `[DONE]` but named no reason. */
  readonly reason: FinishReason | undefined;
  /** False when the answer's end is not certain: never apply such an answer to a file. */
  readonly verified: boolean;
  /** True when the answer stopped at the token limit, whatever the reason says. */
  readonly truncated: boolean;
  readonly responseId: string | undefined;
  readonly model: string | undefined;
  /** `X-Request-ID` of the attempt that completed it. */
  readonly requestId: string | undefined;
  /** Attempts made, 1 when all went well. */
  readonly attempts: number;
}

/** A whole answer, for those who do not stream. */
export interface ChatCompletion {
  readonly content: string;
  readonly reasoning: string;
  readonly refusal: string;
  readonly toolCalls: readonly ToolCall[];
  readonly usage: Usage | undefined;
  readonly finish: Finish;
}

/**
 * What the person already has of an answer, e.g. from before a reload. The request must give it again: only
 * what follows is emitted, and a tool call listed here is not emitted a second time.
 */
export interface ShownAnswer {
  readonly content?: string;
  readonly reasoning?: string;
  readonly refusal?: string;
  readonly toolCalls?: readonly ToolCall[];
}

export interface ModelEntry {
  readonly id: string;
  readonly ownedBy: string;
  /** Unix time, seconds. */
  readonly created: number;
}

/**
 * Streams one prepared request. Leaving the iteration, or aborting `signal`, ends the request; after an abort
 * the iteration just ends. Failures are thrown as `ApiError`. With `shown` (Recover after a reload) only what
 * goes beyond it is emitted, and an answer that does not begin with it is `diverged`.
 */
export type StreamChat = (
  request: PreparedRequest,
  signal: AbortSignal,
  shown?: ShownAnswer,
) => AsyncGenerator<ChatEvent, void>;

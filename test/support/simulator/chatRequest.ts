import type { ModelInfo } from "./catalog.ts";

/** A chat request that passed validation, in the words the rest of the simulator uses. */
export type Role = "system" | "developer" | "user" | "assistant" | "tool" | "function";
export type Effort = "none" | "minimal" | "low" | "medium" | "high" | "xhigh";
export type Window = "asap" | "standard";
export type JsonObject = Readonly<Record<string, unknown>>;

export interface ImageInput {
  readonly url: string;
  readonly detail: "auto" | "low" | "high";
}

export interface RequestMessage {
  readonly role: Role;
  /** All text of the message, parts joined by a blank line; empty for null. */
  readonly text: string;
  readonly images: readonly ImageInput[];
  /** Ids of the tool calls an assistant message made. */
  readonly toolCallIds: readonly string[];
  readonly toolCallId: string | undefined;
  /** The message as it came, for token counts and prefix matching. */
  readonly json: string;
}

export interface OfferedTool {
  readonly kind: "function" | "custom";
  readonly name: string;
  readonly parameters: JsonObject;
}

export type ToolChoice =
  { readonly type: "none" | "auto" | "required" } | { readonly type: "one"; readonly name: string };

export type ResponseFormat =
  { readonly type: "text" | "json_object" } | { readonly type: "json_schema"; readonly schema: JsonObject };

export interface ChatRequest {
  readonly model: ModelInfo;
  readonly messages: readonly RequestMessage[];
  readonly maxCompletionTokens: number | undefined;
  readonly responseFormat: ResponseFormat;
  readonly effort: Effort;
  readonly stream: boolean;
  readonly includeUsage: boolean;
  readonly tools: readonly OfferedTool[];
  readonly toolChoice: ToolChoice;
  readonly parallelToolCalls: boolean;
  readonly window: Window;
  readonly webhook: { readonly url: string; readonly token: string | undefined } | undefined;
  /** Fields of the body that the API does not know: accepted and ignored, listed for tests. */
  readonly unknownFields: readonly string[];
}

/** Outside data as an object, or undefined. */
export function asObject(value: unknown): JsonObject | undefined {
  return isObject(value) ? value : undefined;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

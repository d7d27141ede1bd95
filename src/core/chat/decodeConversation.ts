import type { CompletionWindow, PreparedRequest, Usage } from "../api/types.ts";
import type { Answer, ContextItem, Conversation, Message, Outcome, Timing } from "./conversation.ts";

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads a stored conversation. Throws a `TypeError` that names the field when it is not one. An answer that was
 * running when it was stored comes back as interrupted.
 */
export function decodeConversation(stored: unknown): Conversation {
  const file = object(stored, "file");
  if (file["version"] !== 1) {
    throw new TypeError(`A stored conversation of an unknown version: ${String(file["version"])}.`);
  }
  const fields = object(file["conversation"], "conversation");
  return {
    id: string(fields, "id"),
    createdAt: number(fields, "createdAt"),
    messages: array(fields["messages"], "messages").map((item) => message(object(item, "message"))),
    leafId: optional(fields, "leafId", string),
  };
}

function message(fields: Fields): Message {
  return string(fields, "kind") === "user"
    ? {
        kind: "user",
        id: string(fields, "id"),
        parentId: optional(fields, "parentId", string),
        text: string(fields, "text"),
        context: array(fields["context"], "context").map((item) => contextItem(object(item, "context item"))),
      }
    : answer(fields);
}

function contextItem(fields: Fields): ContextItem {
  return {
    id: string(fields, "id"),
    path: string(fields, "path"),
    languageId: string(fields, "languageId"),
    startLine: number(fields, "startLine"),
    endLine: number(fields, "endLine"),
    text: string(fields, "text"),
  };
}

function answer(fields: Fields): Answer {
  return {
    kind: "answer",
    id: string(fields, "id"),
    parentId: string(fields, "parentId"),
    content: string(fields, "content"),
    reasoning: string(fields, "reasoning"),
    refusal: string(fields, "refusal"),
    outcome: outcome(object(fields["outcome"], "outcome")),
    model: string(fields, "model"),
    completionWindow: completionWindow(fields["completionWindow"]),
    request: optional(fields, "request", (from, name) => request(object(from[name], name))),
    requestId: optional(fields, "requestId", string),
    usage: optional(fields, "usage", (from, name) => usage(object(from[name], name))),
    timing: optional(fields, "timing", (from, name) => timing(object(from[name], name))),
  };
}

function outcome(fields: Fields): Outcome {
  const type = string(fields, "type");
  switch (type) {
    case "running":
      return { type: "failed", failure: { kind: "interrupted", message: "", requestId: undefined } };
    case "complete":
      return { type: "complete", truncated: fields["truncated"] === true };
    case "cancelled":
      return { type: "cancelled" };
    case "failed": {
      const failure = object(fields["failure"], "failure");
      return {
        type: "failed",
        failure: {
          kind: string(failure, "kind"),
          message: string(failure, "message"),
          requestId: optional(failure, "requestId", string),
        },
      };
    }
    default:
      throw new TypeError(`An answer with an unknown outcome: ${type}.`);
  }
}

function request(fields: Fields): PreparedRequest {
  return {
    key: string(fields, "key"),
    body: string(fields, "body"),
    bodyHash: string(fields, "bodyHash"),
    baseUrl: string(fields, "baseUrl"),
    tokenFingerprint: string(fields, "tokenFingerprint"),
    stream: fields["stream"] === true,
  };
}

function completionWindow(value: unknown): CompletionWindow | undefined {
  return value === "asap" || value === "standard" ? value : undefined;
}

function usage(fields: Fields): Usage {
  const cachedTokens = optional(fields, "cachedTokens", number);
  const reasoningTokens = optional(fields, "reasoningTokens", number);
  return {
    promptTokens: number(fields, "promptTokens"),
    completionTokens: number(fields, "completionTokens"),
    totalTokens: number(fields, "totalTokens"),
    ...(cachedTokens === undefined ? {} : { cachedTokens }),
    ...(reasoningTokens === undefined ? {} : { reasoningTokens }),
  };
}

function timing(fields: Fields): Timing {
  return {
    firstTokenMs: optional(fields, "firstTokenMs", number),
    reasoningMs: optional(fields, "reasoningMs", number),
    totalMs: number(fields, "totalMs"),
  };
}

function object(value: unknown, name: string): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TypeError(`A stored ${name} is not an object.`);
  }
  return Object.fromEntries(Object.entries(value));
}

function array(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value)) {
    throw new TypeError(`Stored ${name} are not a list.`);
  }
  return value;
}

function string(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value !== "string") {
    throw new TypeError(`Stored ${name} is not a text.`);
  }
  return value;
}

function number(fields: Fields, name: string): number {
  const value = fields[name];
  if (typeof value !== "number") {
    throw new TypeError(`Stored ${name} is not a number.`);
  }
  return value;
}

function optional<T>(fields: Fields, name: string, read: (fields: Fields, name: string) => T): T | undefined {
  return fields[name] === undefined || fields[name] === null ? undefined : read(fields, name);
}

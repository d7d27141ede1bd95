import type { CompletionWindow, PreparedRequest, Usage } from "../api/types.ts";
import {
  type Failure,
  type Answer,
  type ContextItem,
  type Conversation,
  type Message,
  type Outcome,
  type Replay,
  textContextKinds,
  type Timing,
} from "./conversation.ts";
import { array, type Fields, number, object, optional, string } from "./decodeFields.ts";
import type { SentMessage, SentRequest } from "./sentRequest.ts";

/** Reads a stored conversation. Throws a `TypeError` that names the field when it is not one. */
export function decodeConversation(stored: unknown): Conversation {
  const fields = object(stored, "conversation");
  return {
    id: string(fields, "id"),
    createdAt: number(fields, "createdAt"),
    messages: array(fields["messages"], "messages").map(decodeMessage),
    leafId: optional(fields, "leafId", string),
    ...("title" in fields ? { title: optional(fields, "title", string) } : {}),
    ...("pinned" in fields ? { pinned: fields["pinned"] === true } : {}),
    ...optionalField("sentMessages", optional(fields, "sentMessages", sentMessages)),
  };
}

/** Reads a stored message; throws as `decodeConversation` does. */
export function decodeMessage(stored: unknown): Message {
  const fields = object(stored, "message");
  return string(fields, "kind") === "user"
    ? {
        kind: "user",
        id: string(fields, "id"),
        parentId: optional(fields, "parentId", string),
        text: string(fields, "text"),
        context: array(fields["context"], "context").map(decodeContextItem),
        ...(fields["prose"] === true ? { prose: true } : {}),
        ...("deleted" in fields ? { deleted: fields["deleted"] === true } : {}),
        ...optionalField("instruction", optional(fields, "instruction", string)),
      }
    : { kind: "answer", id: string(fields, "id"), ...requireAll(decodeAnswerFields(fields)) };
}

/** What of an answer can change. */
export type AnswerFields = Omit<Answer, "kind" | "id">;

/** Reads those fields of an answer that are there, even if undefined was written (as null). */
export function decodeAnswerFields(fields: Fields): Partial<AnswerFields> {
  const present = Object.entries(answerDecoders).filter(([name]) => Object.hasOwn(fields, name));
  return Object.fromEntries(present.map(([name, decode]) => [name, decode(fields, name)]));
}

const answerDecoders: {
  readonly [K in keyof AnswerFields]: (fields: Fields, name: string) => AnswerFields[K];
} = {
  parentId: string,
  content: string,
  reasoning: string,
  refusal: string,
  outcome: (fields, name) => outcome(object(fields[name], name)),
  model: string,
  completionWindow: (fields, name) => completionWindow(fields[name]),
  request: (fields, name) => optional(fields, name, (from) => request(object(from[name], name))),
  requestId: (fields, name) => optional(fields, name, string),
  usage: (fields, name) => optional(fields, name, (from) => usage(object(from[name], name))),
  timing: (fields, name) => optional(fields, name, (from) => timing(object(from[name], name))),
  json: (fields, name) => fields[name] === true,
  ownModel: (fields, name) => fields[name] === true,
  sent: (fields, name) => optional(fields, name, (from) => sentRequest(object(from[name], name))),
  deleted: (fields, name) => fields[name] === true,
  replay: (fields, name) => optional(fields, name, (from) => replay(object(from[name], name))),
};

function requireAll(fields: Partial<AnswerFields>): AnswerFields {
  const { parentId, content, reasoning, refusal, outcome: end, model } = fields;
  if (
    parentId === undefined ||
    content === undefined ||
    reasoning === undefined ||
    refusal === undefined ||
    end === undefined ||
    model === undefined
  ) {
    throw new TypeError("A stored answer lacks a field.");
  }
  return {
    completionWindow: undefined,
    request: undefined,
    requestId: undefined,
    usage: undefined,
    timing: undefined,
    replay: undefined,
    ...fields,
    ...{ parentId, content, reasoning, refusal, outcome: end, model },
  };
}

/** Reads a stored piece of context; throws as `decodeConversation` does. */
export function decodeContextItem(stored: unknown): ContextItem {
  const fields = object(stored, "context item");
  const id = string(fields, "id");
  if (fields["kind"] === "image") {
    return {
      kind: "image",
      id,
      name: string(fields, "name"),
      url: string(fields, "url"),
      width: optional(fields, "width", number),
      height: optional(fields, "height", number),
      bytes: number(fields, "bytes"),
    };
  }
  return {
    // The first versions kept selections only.
    kind: textContextKinds.find((kind) => kind === fields["kind"]) ?? "selection",
    id,
    path: string(fields, "path"),
    languageId: string(fields, "languageId"),
    text: string(fields, "text"),
    ...optionalField("uri", optional(fields, "uri", string)),
    ...optionalField("startLine", optional(fields, "startLine", number)),
    ...optionalField("endLine", optional(fields, "endLine", number)),
    ...optionalField("cut", optional(fields, "cut", string)),
  };
}

function sentRequest(fields: Fields): SentRequest {
  return {
    key: string(fields, "key"),
    bodyHash: string(fields, "bodyHash"),
    baseUrl: string(fields, "baseUrl"),
    stream: fields["stream"] === true,
    head: string(fields, "head"),
    last: optional(fields, "last", string),
    tail: string(fields, "tail"),
  };
}

/** Reads a stored list of sent messages; throws as `decodeConversation` does. */
export function sentMessages(fields: Fields, name: string): readonly SentMessage[] {
  return array(fields[name], name).map((value) => {
    const message = object(value, "sent message");
    const content = object(message["content"], "content");
    const sameAs = optional(content, "sameAs", string);
    return {
      id: string(message, "id"),
      after: optional(message, "after", string),
      content: sameAs === undefined ? { json: string(content, "json") } : { sameAs },
    };
  });
}

/** The field, if it has a value. */
function optionalField<K extends string, T>(name: K, value: T | undefined): Partial<Record<K, T>> {
  const field: Partial<Record<K, T>> = {};
  if (value !== undefined) {
    field[name] = value;
  }
  return field;
}

function outcome(fields: Fields): Outcome {
  const type = string(fields, "type");
  switch (type) {
    case "running":
      return { type: "running" };
    case "complete":
      return {
        type: "complete",
        truncated: fields["truncated"] === true,
        ...(fields["filtered"] === true ? { filtered: true } : {}),
      };
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
          ...windowsOf(failure["windows"]),
        },
      };
    }
    default:
      throw new TypeError(`An answer with an unknown outcome: ${type}.`);
  }
}

function windowsOf(stored: unknown): Pick<Failure, "windows"> {
  if (!Array.isArray(stored)) return {};
  return { windows: stored.flatMap((window) => completionWindow(window) ?? []) };
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

function replay(fields: Fields): Replay {
  return {
    content: string(fields, "content"),
    reasoning: string(fields, "reasoning"),
    refusal: string(fields, "refusal"),
    usage: optional(fields, "usage", (from, name) => usage(object(from[name], name))),
    whole: fields["whole"] === true,
    truncated: fields["truncated"] === true,
  };
}

import { assertNever } from "../util/assertNever.ts";
import { isRecord, parseJson } from "../util/record.ts";
import type {
  ChatMessage,
  ChatParameters,
  CompletionWindow,
  ContentPart,
  ResponseFormat,
  ToolCall,
  ToolChoice,
  ToolDefinition,
} from "./types.ts";

/**
 * The JSON body of `POST /chat/completions`, in the API's names. Unset fields are left out, since `JSON.stringify`
 * skips undefined. The parameters must have been checked. Source: “Create a chat completion”.
 */
export function requestBody(p: ChatParameters): string {
  return JSON.stringify({
    model: p.model,
    messages: p.messages.map(messageBody),
    temperature: p.temperature,
    top_p: p.topP,
    max_completion_tokens: p.maxCompletionTokens,
    response_format: p.responseFormat && responseFormatBody(p.responseFormat),
    reasoning_effort: p.reasoningEffort,
    n: p.n,
    modalities: p.modalities,
    stream: p.stream,
    stream_options: p.includeUsage === undefined ? undefined : { include_usage: p.includeUsage },
    store: p.store,
    user: p.user,
    metadata: metadataBody(p),
    tools: p.tools?.map(toolBody),
    tool_choice: p.toolChoice && toolChoiceBody(p.toolChoice, p.tools),
    parallel_tool_calls: p.parallelToolCalls,
  });
}

/** `max_completion_tokens` of a frozen body. */
export function tokenLimitOf(body: string): number | undefined {
  const json: unknown = JSON.parse(body);
  if (typeof json !== "object" || json === null || !("max_completion_tokens" in json)) return undefined;
  return typeof json.max_completion_tokens === "number" ? json.max_completion_tokens : undefined;
}

/** Model and completion window of a frozen body. */
export function modelOf(body: string): {
  readonly model: string;
  readonly completionWindow: CompletionWindow | undefined;
} {
  const json = parseJson(body);
  const { model, metadata } = isRecord(json) ? json : {};
  const window = isRecord(metadata) ? metadata["completion_window"] : undefined;
  return {
    model: typeof model === "string" ? model : "",
    completionWindow: window === "asap" || window === "standard" ? window : undefined,
  };
}

/** The texts of a frozen body's messages. */
export function promptTexts(body: string): readonly string[] {
  const json = parseJson(body);
  const messages = isRecord(json) ? json["messages"] : undefined;
  return listed(messages).flatMap((message) => {
    const content = isRecord(message) ? message["content"] : undefined;
    if (typeof content === "string") return [content];
    const texts = listed(content).map((part) => (isRecord(part) ? part["text"] : undefined));
    return texts.filter((text) => typeof text === "string");
  });
}

function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function messageBody(message: ChatMessage): object {
  switch (message.role) {
    case "system":
    case "developer":
      return { role: message.role, content: message.content };
    case "user": {
      const content = typeof message.content === "string" ? message.content : message.content.map(partBody);
      return { role: "user", content, name: message.name };
    }
    case "assistant":
      return {
        role: "assistant",
        content: message.content,
        tool_calls: message.toolCalls?.map(toolCallBody),
      };
    case "tool":
      return { role: "tool", tool_call_id: message.toolCallId, content: message.content };
    case "function":
      return { role: "function", name: message.name, content: message.content };
    default:
      return assertNever(message);
  }
}

function partBody(part: ContentPart): object {
  switch (part.type) {
    case "text":
      return { type: "text", text: part.text };
    case "image":
      return { type: "image_url", image_url: { url: part.url, detail: part.detail } };
    default:
      return assertNever(part);
  }
}

function toolCallBody(call: ToolCall): object {
  return call.type === "custom"
    ? { id: call.id, type: "custom", custom: { name: call.name, input: call.arguments } }
    : { id: call.id, type: "function", function: { name: call.name, arguments: call.arguments } };
}

function responseFormatBody(format: ResponseFormat): object {
  if (format.type !== "json_schema") return { type: format.type };
  const { name, description, schema, strict } = format;
  return { type: "json_schema", json_schema: { name, description, schema, strict } };
}

function metadataBody(p: ChatParameters): object | undefined {
  const scheduling = {
    completion_window: p.completionWindow,
    completion_webhook: p.completionWebhook,
    webhook_token: p.webhookToken,
  };
  const isSet = p.metadata !== undefined || Object.values(scheduling).some((value) => value !== undefined);
  return isSet ? { ...p.metadata, ...scheduling } : undefined;
}

function toolBody(tool: ToolDefinition): object {
  const { name, description, parameters, strict } = tool;
  return tool.type === "custom"
    ? { type: "custom", custom: { name, description } }
    : { type: "function", function: { name, description, parameters, strict } };
}

function toolChoiceBody(choice: ToolChoice, tools: readonly ToolDefinition[] | undefined): string | object {
  if (typeof choice === "string") return choice;
  const { name } = choice;
  const type = tools?.find((tool) => tool.name === name)?.type ?? "function";
  return { type, [type]: { name } };
}

import { assertNever } from "../util/assertNever.ts";
import { phrase } from "../util/phrase.ts";
import { isRecord } from "../util/record.ts";
import { checkImageUrl, maxImages } from "./image.ts";
import type { ModelInfo } from "./models.ts";
import { completionWindows, maxUserLength, reasoningEfforts } from "./parameterValues.ts";
import type { ChatMessage, ChatParameters, ContentPart, ResponseFormat, ToolDefinition } from "./types.ts";
import {
  checkBoolean,
  checkFilledList,
  checkFilledText,
  checkHttpUrl,
  checkName,
  checkNumber,
  checkObject,
  checkOneOf,
  checkPositiveInteger,
  checkText,
  checkWindow,
  refuse,
  refuseSaid,
} from "./validate.ts";

/** Metadata names the API gives a meaning; they have parameters of their own. */
const reservedMetadata = ["completion_window", "completion_webhook", "webhook_token"];

/**
 * Checks every parameter against the API's ranges, at run time too: values come from settings files. Throws
 * `ParameterError`. `model` is what is known of the model, if anything. Source: “Create a chat completion”.
 */
export function checkParameters(parameters: ChatParameters, model: ModelInfo | undefined): void {
  const p = parameters;
  checkFilledText("model", p.model);
  checkMessages(p.messages, model);
  ifSet(p.temperature, (value) => checkNumber("temperature", value, 0, 2));
  ifSet(p.topP, (value) => checkNumber("top_p", value, 0, 1));
  ifSet(p.maxCompletionTokens, (value) => checkPositiveInteger("max_completion_tokens", value));
  ifSet(p.responseFormat, checkResponseFormat);
  ifSet(p.reasoningEffort, (value) => checkOneOf("reasoning_effort", value, reasoningEfforts));
  ifSet(p.n, (value) => checkOneOf("n", value, [1]));
  ifSet(p.modalities, checkModalities);
  ifSet(p.stream, (value) => checkBoolean("stream", value));
  ifSet(p.includeUsage, (value) => {
    checkBoolean("stream_options.include_usage", value);
    if (p.stream !== true) refuse("stream_options", value, phrase("left out unless stream is true"));
  });
  ifSet(p.store, (value) => checkOneOf("store", value, [true]));
  ifSet(p.user, (value) => checkText("user", value, maxUserLength));
  ifSet(p.metadata, checkMetadata);
  checkScheduling(p, model);
  checkTools(p);
}

function ifSet<T>(value: T | undefined, check: (value: T) => void): void {
  if (value !== undefined) check(value);
}

function checkMessages(messages: readonly ChatMessage[], model: ModelInfo | undefined): void {
  checkFilledList("messages", messages);
  let images = 0;
  messages.forEach((message, index) => {
    images += checkMessage(`messages[${index}]`, message, model);
  });
  if (images > maxImages)
    refuseSaid(
      "messages",
      phrase("{0} images", images),
      phrase("at most {0} images in one request", maxImages),
    );
}

/** Returns how many images the message holds. */
function checkMessage(field: string, message: ChatMessage, model: ModelInfo | undefined): number {
  if (!isRecord(message)) refuse(field, message, phrase("a message"));
  switch (message.role) {
    case "system":
    case "developer":
      checkText(`${field}.content`, message.content);
      return 0;
    case "user":
      ifSet(message.name, (name) => checkFilledText(`${field}.name`, name));
      if (typeof message.content === "string") return 0;
      return checkParts(`${field}.content`, message.content, model);
    case "assistant":
      if (message.content !== null) checkText(`${field}.content`, message.content);
      ifSet(message.toolCalls, (calls) =>
        calls.forEach((call, index) => {
          checkFilledText(`${field}.tool_calls[${index}].id`, call.id);
          checkFilledText(`${field}.tool_calls[${index}].name`, call.name);
          checkText(`${field}.tool_calls[${index}].arguments`, call.arguments);
        }),
      );
      return 0;
    case "tool":
      checkFilledText(`${field}.tool_call_id`, message.toolCallId);
      checkText(`${field}.content`, message.content);
      return 0;
    case "function":
      checkFilledText(`${field}.name`, message.name);
      if (message.content !== null) checkText(`${field}.content`, message.content);
      return 0;
    default: {
      const unknown: { readonly role?: unknown } = message;
      return refuse(
        `${field}.role`,
        unknown.role,
        phrase("one of {0}", "system, developer, user, assistant, tool, function"),
      );
    }
  }
}

function checkParts(field: string, parts: readonly ContentPart[], model: ModelInfo | undefined): number {
  checkFilledList(field, parts);
  let images = 0;
  parts.forEach((part, index) => {
    const name = `${field}[${index}]`;
    switch (part.type) {
      case "text":
        checkText(`${name}.text`, part.text);
        break;
      case "image":
        images += 1;
        if (model?.imageInput === false)
          refuseSaid(name, phrase("an image"), phrase("text, since {0} takes no images", model.name));
        checkImageUrl(`${name}.image_url.url`, part.url);
        ifSet(part.detail, (detail) =>
          checkOneOf(`${name}.image_url.detail`, detail, ["auto", "low", "high"]),
        );
        break;
      default:
        assertNever(part);
    }
  });
  return images;
}

function checkResponseFormat(format: ResponseFormat): void {
  checkOneOf("response_format.type", format.type, ["text", "json_object", "json_schema"]);
  if (format.type !== "json_schema") return;
  checkName("response_format.json_schema.name", format.name);
  checkObject("response_format.json_schema.schema", format.schema);
  ifSet(format.description, (value) => checkText("response_format.json_schema.description", value));
  ifSet(format.strict, (value) => checkBoolean("response_format.json_schema.strict", value));
}

function checkModalities(value: readonly string[]): void {
  checkFilledList("modalities", value);
  for (const modality of value) checkOneOf("modalities", modality, ["text"]);
  if (value.length > 1) refuse("modalities", value, phrase("a list of {0}", 1));
}

function checkMetadata(metadata: Readonly<Record<string, string>>): void {
  checkObject("metadata", metadata);
  for (const [name, value] of Object.entries(metadata)) {
    // The value may be a secret: it is not quoted.
    if (reservedMetadata.includes(name))
      refuseSaid(`metadata.${name}`, phrase("set by hand"), phrase("set by its own parameter"));
    checkText(`metadata.${name}`, value);
  }
}

function checkScheduling(p: ChatParameters, model: ModelInfo | undefined): void {
  ifSet(p.completionWindow, (value) => {
    checkWindow("completion_window", value, model?.windows ?? completionWindows);
  });
  ifSet(p.completionWebhook, (value) => checkHttpUrl("completion_webhook", value));
  ifSet(p.webhookToken, (value) => {
    // The value is a secret: it must not be quoted.
    if (typeof value !== "string" || value === "")
      refuse("webhook_token", undefined, phrase("text that is not empty"));
    if (p.completionWebhook === undefined)
      refuse("completion_webhook", undefined, phrase("given with webhook_token"));
  });
}

function checkTools(p: ChatParameters): void {
  ifSet(p.tools, (tools) => {
    checkFilledList("tools", tools);
    for (const [index, tool] of tools.entries()) checkTool(`tools[${index}]`, tool);
  });
  ifSet(p.toolChoice, (choice) => {
    if (typeof choice === "string") checkOneOf("tool_choice", choice, ["none", "auto", "required"]);
    else if (p.tools?.some((tool) => tool.name === choice.name) !== true) {
      refuse("tool_choice", choice.name, phrase("none, auto, required or the name of one of the tools"));
    }
  });
  ifSet(p.parallelToolCalls, (value) => checkBoolean("parallel_tool_calls", value));
}

function checkTool(field: string, tool: ToolDefinition): void {
  checkObject(field, tool);
  ifSet(tool.type, (type) => checkOneOf(`${field}.type`, type, ["function", "custom"]));
  checkName(`${field}.name`, tool.name);
  ifSet(tool.description, (value) => checkText(`${field}.description`, value));
  ifSet(tool.parameters, (value) => checkObject(`${field}.parameters`, value));
  ifSet(tool.strict, (value) => checkBoolean(`${field}.strict`, value));
}

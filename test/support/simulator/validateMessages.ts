import { invalid } from "./apiFailure.ts";
import {
  oneOf,
  onlyFields,
  optionalString,
  requiredArray,
  requiredObject,
  requiredString,
} from "./checks.ts";
import type { ImageInput, JsonObject, RequestMessage, Role } from "./chatRequest.ts";

const roles: readonly Role[] = ["system", "developer", "user", "assistant", "tool", "function"];
const messageFields = ["role", "content", "name", "tool_calls", "tool_call_id", "function_call"];
const imageTypes = ["image/jpeg", "image/png", "image/webp", "image/gif"];
const maxImages = 20;
const maxImageBytes = 20 * 1024 * 1024;

/** Checks `messages`; throws `400 invalid_request_error` naming the exact place. */
export function validateMessages(value: unknown, imageInput: boolean, model: string): RequestMessage[] {
  if (value === undefined) {
    throw invalid("messages", "Missing required parameter: messages.", "missing_parameter");
  }
  const list = requiredArray(value, "messages");
  if (list.length === 0) throw invalid("messages", "messages must hold at least 1 message.", "empty_array");
  const messages: RequestMessage[] = [];
  const openCalls = new Set<string>();
  for (const [i, item] of list.entries()) {
    const message = validateMessage(requiredObject(item, `messages[${i}]`), `messages[${i}]`);
    message.toolCallIds.forEach((id) => openCalls.add(id));
    if (message.toolCallId !== undefined && !openCalls.has(message.toolCallId)) {
      throw invalid(
        `messages[${i}].tool_call_id`,
        `messages[${i}].tool_call_id does not name a tool call of an earlier assistant message.`,
      );
    }
    messages.push(message);
  }
  checkImages(messages, imageInput, model);
  return messages;
}

function validateMessage(object: JsonObject, at: string): RequestMessage {
  onlyFields(object, messageFields, at);
  if (object["role"] === undefined) throw invalid(`${at}.role`, `Missing required parameter: ${at}.role.`);
  const role = oneOf(object["role"], roles, `${at}.role`);
  optionalString(object, "name", `${at}.name`);
  if (object["function_call"] !== undefined) {
    requiredObject(object["function_call"], `${at}.function_call`);
  }
  const toolCallId = optionalString(object, "tool_call_id", `${at}.tool_call_id`);
  if (role === "tool" && toolCallId === undefined) {
    throw invalid(`${at}.tool_call_id`, `A tool message needs tool_call_id (${at}).`, "missing_parameter");
  }
  return {
    role,
    ...validateContent(object["content"], `${at}.content`),
    toolCallIds: validateToolCalls(object["tool_calls"], role, `${at}.tool_calls`),
    toolCallId,
    json: JSON.stringify(object),
  };
}

function validateContent(value: unknown, at: string): { text: string; images: ImageInput[] } {
  if (value === undefined || value === null) return { text: "", images: [] };
  if (typeof value === "string") return { text: value, images: [] };
  if (!Array.isArray(value)) throw invalid(at, `${at} must be a string, null or an array of parts.`);
  const texts: string[] = [];
  const images: ImageInput[] = [];
  for (const [i, item] of value.entries()) {
    const part = requiredObject(item, `${at}[${i}]`);
    const type = oneOf(part["type"], ["text", "image_url"] as const, `${at}[${i}].type`);
    if (type === "text") {
      onlyFields(part, ["type", "text"], `${at}[${i}]`);
      texts.push(requiredString(part, "text", `${at}[${i}].text`));
    } else {
      onlyFields(part, ["type", "image_url"], `${at}[${i}]`);
      images.push(
        validateImage(requiredObject(part["image_url"], `${at}[${i}].image_url`), `${at}[${i}].image_url`),
      );
    }
  }
  return { text: texts.join("\n\n"), images };
}

function validateImage(object: JsonObject, at: string): ImageInput {
  onlyFields(object, ["url", "detail"], at);
  const url = requiredString(object, "url", `${at}.url`);
  const detail =
    object["detail"] === undefined
      ? "auto"
      : oneOf(object["detail"], ["auto", "low", "high"] as const, `${at}.detail`);
  if (url.startsWith("data:")) {
    checkDataUri(url, `${at}.url`);
  } else if (!isWebUrl(url)) {
    throw invalid(`${at}.url`, `${at}.url must be a data URI or a public http(s) URL.`, "invalid_image_url");
  }
  return { url, detail };
}

function checkDataUri(uri: string, at: string): void {
  const comma = uri.indexOf(",");
  const [type = "", ...parameters] = uri.slice("data:".length, comma).split(";");
  if (comma < 0 || !parameters.includes("base64")) {
    throw invalid(at, `${at} must be of the form data:<media-type>;base64,<data>.`, "invalid_image_url");
  }
  if (!imageTypes.includes(type.toLowerCase())) {
    throw invalid(
      at,
      `${at}: images must be JPEG, PNG, WebP or GIF (got ${type || "no type"}).`,
      "invalid_image_format",
    );
  }
  const data = uri.slice(comma + 1);
  if (data === "" || data.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(data)) {
    throw invalid(at, `${at} holds no valid base64 data.`, "invalid_base64");
  }
  const bytes = (data.length / 4) * 3 - (data.endsWith("==") ? 2 : data.endsWith("=") ? 1 : 0);
  if (bytes > maxImageBytes) {
    throw invalid(at, `${at}: an image may have at most 20 MB (got ${bytes} bytes).`, "image_too_large");
  }
}

function checkImages(messages: readonly RequestMessage[], imageInput: boolean, model: string): void {
  const count = messages.reduce((sum, message) => sum + message.images.length, 0);
  if (count > 0 && !imageInput) {
    throw invalid("messages", `The model ${model} does not take image input.`, "image_input_not_supported");
  }
  if (count > maxImages) {
    throw invalid("messages", `At most ${maxImages} images a request (got ${count}).`, "too_many_images");
  }
}

function validateToolCalls(value: unknown, role: Role, at: string): string[] {
  if (value === undefined) return [];
  if (role !== "assistant") throw invalid(at, `Only an assistant message may hold tool_calls (${at}).`);
  return requiredArray(value, at).map((item, i) =>
    requiredString(requiredObject(item, `${at}[${i}]`), "id", `${at}[${i}].id`),
  );
}

/** True for an absolute http or https URL. */
export function isWebUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

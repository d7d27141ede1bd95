import { ApiFailure, invalid } from "./apiFailure.ts";
import type { ModelInfo } from "./catalog.ts";
import {
  oneOf,
  onlyFields,
  optionalBoolean,
  optionalInteger,
  optionalNumber,
  optionalString,
  requiredArray,
  requiredObject,
  requiredString,
  shown,
} from "./checks.ts";
import { isObject, type ChatRequest, type Effort, type JsonObject, type Window } from "./chatRequest.ts";
import { validateResponseFormat, validateToolChoice, validateTools } from "./validateTools.ts";
import { isWebUrl, validateMessages } from "./validateMessages.ts";

const efforts: readonly Effort[] = ["none", "minimal", "low", "medium", "high", "xhigh"];

/** Fields that the API refuses outright, and what to do instead. */
const rejected: Readonly<Record<string, string>> = {
  max_tokens: "use max_completion_tokens",
  functions: "use tools",
  function_call: "use tool_choice",
  frequency_penalty: "",
  presence_penalty: "",
  logit_bias: "",
  stop: "",
  seed: "",
  logprobs: "",
  top_logprobs: "",
  verbosity: "",
  audio: "",
  prediction: "",
  web_search_options: "",
};

const known = [
  ...["model", "messages", "temperature", "top_p", "max_completion_tokens", "response_format"],
  ...["reasoning_effort", "n", "modalities", "stream", "stream_options", "store", "user", "metadata"],
  ...["tools", "tool_choice", "parallel_tool_calls", "service_tier"],
];

export interface ValidationRules {
  readonly models: readonly ModelInfo[];
  readonly unknownModelStatus: 400 | 404;
}

/** Checks a body of `POST /chat/completions` as strictly as the documentation allows; throws `ApiFailure`. */
export function validateChatRequest(value: unknown, rules: ValidationRules): ChatRequest {
  if (!isObject(value)) {
    throw new ApiFailure(400, "invalid_request_error", "The body must be a JSON object.");
  }
  const body = value;
  const model = findModel(requiredString(body, "model"), rules);
  const messages = validateMessages(body["messages"], model.imageInput, model.id);
  for (const [name, advice] of Object.entries(rejected)) {
    if (name in body) {
      throw invalid(
        name,
        `${name} is not supported${advice ? `; ${advice} instead` : ""}.`,
        "unsupported_parameter",
      );
    }
  }
  optionalNumber(body, "temperature", 0, 2);
  optionalNumber(body, "top_p", 0, 1);
  checkFixed(body);
  const stream = optionalBoolean(body, "stream") ?? false;
  const tools = validateTools(body["tools"]);
  const { window, webhook } = validateMetadata(body["metadata"], model);
  return {
    model,
    messages,
    maxCompletionTokens: optionalInteger(body, "max_completion_tokens", 1),
    responseFormat: validateResponseFormat(body["response_format"]),
    effort: validateEffort(body["reasoning_effort"]),
    stream,
    includeUsage: validateStreamOptions(body["stream_options"], stream),
    tools,
    toolChoice: validateToolChoice(body["tool_choice"], tools),
    parallelToolCalls: optionalBoolean(body, "parallel_tool_calls") ?? true,
    window,
    webhook,
    unknownFields: Object.keys(body).filter((name) => !known.includes(name)),
  };
}

/**
 * The documented statuses of this endpoint are 400, 401, 408 and 500, and 400 stands for “asked for something
 * Valar does not support”: so an unknown model is a 400 unless a test wants the 404 of other vendors.
 */
function findModel(id: string, rules: ValidationRules): ModelInfo {
  const model = rules.models.find((entry) => entry.id === id);
  if (model) return model;
  throw new ApiFailure(
    rules.unknownModelStatus,
    "invalid_request_error",
    `The model ${shown(id)} does not exist or you have no access to it.`,
    { param: "model", code: "model_not_found" },
  );
}

/** Parameters that exist and have one allowed value. */
function checkFixed(body: JsonObject): void {
  if (body["n"] !== undefined && body["n"] !== 1) {
    throw invalid("n", `n must be 1 (got ${shown(body["n"])}).`);
  }
  if (body["store"] !== undefined && body["store"] !== true) {
    throw invalid("store", `store must be true (got ${shown(body["store"])}).`);
  }
  const tier = body["service_tier"];
  if (tier !== undefined && tier !== null && tier !== "auto") {
    throw invalid("service_tier", `service_tier must be auto (got ${shown(tier)}).`, "unsupported_parameter");
  }
  if (body["modalities"] !== undefined) {
    const modalities = requiredArray(body["modalities"], "modalities");
    if (modalities.length !== 1 || modalities[0] !== "text") {
      throw invalid("modalities", `modalities must be ["text"] (got ${shown(modalities)}).`);
    }
  }
  const user = optionalString(body, "user");
  if (user !== undefined && user.length > 256) {
    throw invalid("user", `user may have at most 256 characters (got ${user.length}).`);
  }
}

function validateEffort(value: unknown): Effort {
  if (value === undefined || value === null) return "medium";
  return oneOf(value, efforts, "reasoning_effort");
}

function validateStreamOptions(value: unknown, stream: boolean): boolean {
  if (value === undefined || value === null) return false;
  const options = requiredObject(value, "stream_options");
  onlyFields(options, ["include_usage"], "stream_options");
  const include = optionalBoolean(options, "include_usage", "stream_options.include_usage") ?? false;
  return include && stream;
}

function validateMetadata(value: unknown, model: ModelInfo): Pick<ChatRequest, "window" | "webhook"> {
  const fallback: Window = model.windows.includes("standard") ? "standard" : "asap";
  if (value === undefined || value === null) return { window: fallback, webhook: undefined };
  const metadata = requiredObject(value, "metadata");
  for (const [key, entry] of Object.entries(metadata)) {
    if (typeof entry !== "string") {
      throw invalid(`metadata.${key}`, `metadata.${key} must be a string (got ${shown(entry)}).`);
    }
  }
  const url = optionalString(metadata, "completion_webhook");
  if (url !== undefined && !isWebUrl(url)) {
    throw invalid("metadata.completion_webhook", "metadata.completion_webhook must be an http or https URL.");
  }
  const wanted = optionalString(metadata, "completion_window");
  return {
    window: wanted === undefined ? fallback : findWindow(wanted, model),
    webhook: url === undefined ? undefined : { url, token: optionalString(metadata, "webhook_token") },
  };
}

function findWindow(wanted: string, model: ModelInfo): Window {
  const found = model.windows.find((window) => window === wanted);
  if (found !== undefined) return found;
  const why =
    wanted === "flex"
      ? "The completion window flex requires background=true, which this endpoint does not have."
      : `The model ${model.id} does not support the completion window ${shown(wanted)}.`;
  throw invalid(
    "metadata.completion_window",
    `${why} Supported completion windows: ${model.windows.join(", ")}.`,
    "unsupported_completion_window",
  );
}

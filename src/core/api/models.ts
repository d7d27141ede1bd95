import type { CompletionWindow } from "./types.ts";

/** What is known of a model. `GET /models` tells ids only. */
export interface ModelInfo {
  readonly id: string;
  /** For people. */
  readonly name: string;
  /** Undefined is unknown. */
  readonly imageInput: boolean | undefined;
  readonly reasoning: boolean | undefined;
  /** Undefined is unknown. */
  readonly windows: readonly CompletionWindow[] | undefined;
  /** Tokens that prompt and answer may have together. Undefined is unknown. */
  readonly contextTokens: number | undefined;
}

export const defaultModel = "zai-org/GLM-5.1-FP8";

const model = (id: string, name: string, imageInput: boolean | undefined): ModelInfo => ({
  id,
  name,
  imageInput,
  reasoning: true,
  windows: ["asap", "standard"],
  contextTokens: undefined,
});

/** Source: the vendor's model list of `pricesDate`. */
export const knownModels: readonly ModelInfo[] = [
  model(defaultModel, "GLM-5.1", false),
  model("moonshotai/Kimi-K2.6", "Kimi K2.6", true),
  model("deepseek-ai/DeepSeek-V4-Pro", "DeepSeek V4 Pro", false),
  model("deepseek-ai/DeepSeek-V4-Flash", "DeepSeek V4 Flash", false),
  model("openai/gpt-oss-120b", "gpt-oss-120b", false),
  model("Qwen/Qwen3.5-397B-A17B", "Qwen3.5 397B A17B", false),
  model("google/gemma-4-31B-it", "Gemma 4 31B IT", true),
  model("MiniMaxAI/MiniMax-M2.7", "MiniMax M2.7", undefined),
];

/** What is known of `id`; for a model not in `models`, its id and nothing else. */
export function modelInfo(id: string, models: readonly ModelInfo[] = knownModels): ModelInfo {
  return (
    models.find((entry) => entry.id === id) ?? {
      id,
      name: id.slice(id.lastIndexOf("/") + 1),
      imageInput: undefined,
      reasoning: undefined,
      windows: undefined,
      contextTokens: undefined,
    }
  );
}

/** `wanted`, or one that the model has where it lacks that. */
export function offeredWindow({ windows }: ModelInfo, wanted: CompletionWindow): CompletionWindow {
  return windows === undefined || windows.includes(wanted) ? wanted : (windows[0] ?? wanted);
}

/** The window a request runs in when it names none: `standard` where the model has it, else `asap`. */
export function defaultWindow(info: ModelInfo): CompletionWindow | undefined {
  if (info.windows === undefined) return undefined;
  return info.windows.includes("standard") ? "standard" : "asap";
}

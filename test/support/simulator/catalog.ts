import type { Window } from "./chatRequest.ts";

export interface ModelInfo {
  readonly id: string;
  /** Unix time, seconds. */
  readonly created: number;
  readonly imageInput: boolean;
  /** Completion windows of this endpoint; `flex` is for background work and never among them. */
  readonly windows: readonly Window[];
}

const both: readonly Window[] = ["asap", "standard"];

/** The models of the vendor's public price list (2026-06). Image input that is not documented counts as none. */
export function defaultCatalog(): readonly ModelInfo[] {
  return [
    { id: "zai-org/GLM-5.1-FP8", created: 1_775_000_000, imageInput: false, windows: both },
    { id: "moonshotai/Kimi-K2.6", created: 1_776_000_000, imageInput: true, windows: both },
    { id: "deepseek-ai/DeepSeek-V4-Pro", created: 1_777_000_000, imageInput: false, windows: both },
    { id: "deepseek-ai/DeepSeek-V4-Flash", created: 1_777_000_001, imageInput: false, windows: both },
    { id: "openai/gpt-oss-120b", created: 1_754_000_000, imageInput: false, windows: both },
    { id: "Qwen/Qwen3.5-397B-A17B", created: 1_771_000_000, imageInput: false, windows: both },
    { id: "google/gemma-4-31B-it", created: 1_774_000_000, imageInput: true, windows: both },
    { id: "MiniMaxAI/MiniMax-M2.7", created: 1_773_000_000, imageInput: false, windows: both },
  ];
}

/** One entry of `GET /models`. */
export function modelObject(model: ModelInfo): object {
  const [owner] = model.id.split("/");
  return { id: model.id, object: "model", created: model.created, owned_by: owner };
}

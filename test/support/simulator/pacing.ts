import type { SimulatorConfig } from "./config.ts";
import type { Inference } from "./inference.ts";

/** Clock time at which so much of the answer exists. `units` are UTF-16 units of everything the model wrote. */
export function dueAt(inference: Inference, units: number, config: SimulatorConfig): number {
  const { window } = inference.request;
  const first = config.firstTokenMs + (window === "standard" ? config.standardDelayMs : 0);
  const perUnit = config.tokensPerSecond > 0 ? 1000 / (config.tokensPerSecond * 4) : 0;
  return inference.startedAt + first + units * perUnit;
}

/** Clock time at which the whole answer exists. */
export function completeAt(inference: Inference, config: SimulatorConfig): number {
  const { reasoning, content, refusal, toolCalls } = inference.answer;
  const calls = toolCalls.reduce((sum, call) => sum + call.input.length, 0);
  return dueAt(inference, reasoning.length + (content ?? refusal ?? "").length + calls, config);
}

import { completionWindows } from "./parameterValues.ts";
import type { CompletionWindow } from "./types.ts";

/**
 * The windows that a refusal says a model has; none when it is about something else. They are listed at the end:
 * “… does not support the completion window "standard". Supported completion windows: asap.”
 */
export function offeredWindows(message: string): readonly CompletionWindow[] {
  if (!/completion[ _]window/i.test(message)) return [];
  const [, ...listed] = message.split(/:\s|must be|supports only/i);
  const words = new Set<string>(listed.at(-1)?.toLowerCase().match(/\w+/g));
  return completionWindows.filter((window) => words.has(window));
}

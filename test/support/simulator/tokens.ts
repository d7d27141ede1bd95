import { createHash } from "node:crypto";
import type { RequestMessage } from "./chatRequest.ts";

const charsPerToken = 4;

/** A deterministic estimate: about 4 characters a token. */
export function countTokens(text: string): number {
  return Math.ceil(text.length / charsPerToken);
}

/** The longest beginning of `text` of at most `tokens` tokens that cuts no character in two. */
export function firstTokens(text: string, tokens: number): string {
  let end = Math.max(0, Math.min(text.length, tokens * charsPerToken));
  const last = text.charCodeAt(end - 1);
  if (end < text.length && last >= 0xd800 && last <= 0xdbff) end--;
  return text.slice(0, end);
}

function messageTokens(message: RequestMessage): number {
  const imageTokens = message.images.length * 400;
  const dataUris = message.images.reduce((sum, image) => sum + image.url.length, 0);
  return 4 + imageTokens + Math.ceil(Math.max(0, message.json.length - dataUris) / charsPerToken);
}

/** Remembers which prompts were seen, to tell how much of a new one would come from the prefix cache. */
export class PromptCache {
  readonly #seen = new Set<string>();

  /** Prompt tokens, and how many of them lead a prompt that was seen before under the same `scope`. */
  count(scope: string, messages: readonly RequestMessage[]): { prompt: number; cached: number } {
    let prompt = 0;
    let cached = 0;
    let prefix = scope;
    let matches = true;
    for (const message of messages) {
      prefix = createHash("sha256").update(prefix).update("\n").update(message.json).digest("hex");
      matches &&= this.#seen.has(prefix);
      this.#seen.add(prefix);
      prompt += messageTokens(message);
      if (matches) cached = prompt;
    }
    // At least one token is always computed anew.
    return { prompt, cached: Math.min(cached, Math.max(0, prompt - 1)) };
  }

  clear(): void {
    this.#seen.clear();
  }
}

import { ApiError } from "../api/errors.ts";
import type { ChatEvent, Finish } from "../api/types.ts";

/** The whole answer that a replay gave in place of the one begun; undefined when `error` holds none. */
export function divergedAnswer(error: unknown): AsyncGenerator<ChatEvent, void> | undefined {
  const replay = error instanceof ApiError && error.kind === "diverged" ? error.details.replay : undefined;
  return replay?.finish && answer(replay.content, replay.refusal, replay.finish);
}

async function* answer(content: string, refusal: string, finish: Finish): AsyncGenerator<ChatEvent, void> {
  await Promise.resolve();
  if (content !== "") yield { type: "delta", channel: "content", text: content };
  if (refusal !== "") yield { type: "delta", channel: "refusal", text: refusal };
  yield { type: "finished", finish };
}

import type { ChatEvent, PreparedRequest } from "../core/api/types.ts";
import { isReplayable, toFailure } from "./errorView.ts";
import type { RetriedRequests } from "./retriedRequests.ts";

/** Streams a request, or the same one that failed before, under its key; one that fails is remembered in turn. */
export async function* streamRetried(
  retried: RetriedRequests,
  fresh: PreparedRequest,
  stream: (request: PreparedRequest) => AsyncIterable<ChatEvent>,
): AsyncGenerator<ChatEvent, void> {
  const request = retried.firstOf(fresh);
  try {
    yield* stream(request);
  } catch (error) {
    if (isReplayable(toFailure(error))) retried.failed(request);
    throw error;
  }
}

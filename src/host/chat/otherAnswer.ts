import { l10n } from "vscode";
import { ApiError } from "../../core/api/errors.ts";
import type { Answer, Replay } from "../../core/chat/conversation.ts";

/** What an error holds of a replay that differed from what is shown. */
export function replayOf(error: unknown): Replay | undefined {
  const replay = error instanceof ApiError ? error.details.replay : undefined;
  if (!replay) {
    return undefined;
  }
  const { content, reasoning, refusal, usage, finish } = replay;
  return {
    ...{ content, reasoning, refusal, usage },
    whole: finish !== undefined,
    truncated: finish?.truncated ?? false,
  };
}

/**
 * The replay of a frozen answer as an answer of its own, to stand after `parentId`. One that broke off keeps the
 * request, so that the rest can be fetched without a second charge.
 */
export function otherAnswer(frozen: Answer, replay: Replay, parentId: string): Answer {
  const { content, reasoning, refusal, usage, whole, truncated } = replay;
  const { requestId } = frozen;
  const brokenOff = { kind: "network", message: l10n.t("This answer broke off."), requestId };
  return {
    ...frozen,
    id: crypto.randomUUID(),
    parentId,
    ...{ content, reasoning, refusal, usage },
    outcome: whole ? { type: "complete", truncated } : { type: "failed", failure: brokenOff },
    request: whole ? undefined : frozen.request,
    replay: undefined,
  };
}

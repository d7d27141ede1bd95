import type { SizeEstimates } from "./branchSize.ts";
import type { ContextItem, Message } from "./conversation.ts";

/** A branch with something left out, and what that was. */
export interface Reduced {
  readonly branch: readonly Message[];
  /** Messages left out, answers included. */
  readonly droppedMessages: number;
  /** The largest first. */
  readonly droppedContext: readonly ContextItem[];
  /** Of what is left, before calibration. */
  readonly size: number;
}

/** Room kept for an answer whose length nothing limits. */
const answerReserve = 8192;

/**
 * Tokens a prompt may have: the smaller of the model's and the person's own limit, less room for the answer. That
 * room never takes more than half. Undefined when there is no limit.
 */
export function promptLimit(
  modelTokens: number | undefined,
  ownTokens: number | undefined,
  maxCompletionTokens: number | undefined,
): number | undefined {
  const total = Math.min(modelTokens ?? Infinity, ownTokens ?? Infinity);
  if (total === Infinity) return undefined;
  const reserve = maxCompletionTokens ?? Math.min(answerReserve, total / 4);
  return Math.max(1, Math.floor(total - Math.min(reserve, total / 2)));
}

/**
 * Leaves out the oldest turns, each whole, until the rest is at most `limit`. The last question always stays.
 * Sizes are before calibration.
 */
export function dropOldest(branch: readonly Message[], limit: number, sizes: SizeEstimates): Reduced {
  const starts = branch.flatMap((message, at) => (message.kind === "user" && at > 0 ? [at] : []));
  let start = 0;
  let size = sizes.branch(branch);
  for (const next of starts) {
    if (size <= limit) break;
    start = next;
    size = sizes.branch(branch.slice(start));
  }
  return { branch: branch.slice(start), droppedMessages: start, droppedContext: [], size };
}

/**
 * Leaves out attached context, the largest first, and the oldest turns where that is not enough. The rules of earlier
 * messages are not sent anyway.
 */
export function dropContext(branch: readonly Message[], limit: number, sizes: SizeEstimates): Reduced {
  const last = branch.at(-1);
  const question = last?.kind === "user" ? last : undefined;
  const bySize = branch
    .flatMap((message) => (message.kind === "user" ? message.context : []))
    .filter((item) => item.kind !== "rules" || question?.context.includes(item))
    .toSorted((a, b) => sizes.item(b) - sizes.item(a));
  const dropped = new Set<ContextItem>();
  let left = branch;
  for (const item of bySize) {
    if (sizes.branch(left) <= limit) break;
    dropped.add(item);
    left = branch.map((message) => withoutContext(message, dropped));
  }
  return { ...dropOldest(left, limit, sizes), droppedContext: [...dropped] };
}

function withoutContext(message: Message, dropped: ReadonlySet<ContextItem>): Message {
  if (message.kind !== "user" || !message.context.some((item) => dropped.has(item))) return message;
  return { ...message, context: message.context.filter((item) => !dropped.has(item)) };
}

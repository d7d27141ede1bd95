import { type Conversation, newestLeaf, remainingMessages } from "./conversation.ts";
import { neededMessages } from "./sentRequest.ts";

/**
 * The conversation without the messages marked deleted, without all that hangs on them, and without what was sent
 * for those alone.
 */
export function eraseDeleted(conversation: Conversation): Conversation {
  const messages = [...remainingMessages(conversation)];
  if (messages.length === conversation.messages.length) {
    return conversation;
  }
  const { sentMessages: pool, ...rest } = conversation;
  const sents = messages.flatMap((message) =>
    message.kind === "answer" && message.sent !== undefined ? [message.sent] : [],
  );
  const erased = { ...rest, messages, ...(pool && { sentMessages: neededMessages(sents, pool) }) };
  return { ...erased, leafId: remainingLeaf(conversation, erased) };
}

/** The end of the branch that is shown; where it is gone, that of the branch it went off from. */
function remainingLeaf(before: Conversation, after: Conversation): string | undefined {
  const left = new Set(after.messages.map(({ id }) => id));
  let { leafId } = before;
  if (leafId === undefined || left.has(leafId)) {
    return leafId;
  }
  const parents = new Map(before.messages.map(({ id, parentId }) => [id, parentId]));
  for (let steps = 0; leafId !== undefined && !left.has(leafId) && steps < parents.size; steps++) {
    leafId = parents.get(leafId);
  }
  const first = after.messages.findLast(({ parentId }) => parentId === undefined)?.id;
  const root = leafId ?? first;
  return root === undefined ? undefined : newestLeaf(after, root);
}

import { type Conversation, newestLeaf } from "./conversation.ts";
import { neededMessages } from "./sentRequest.ts";

/**
 * The conversation without the messages marked deleted, without all that hangs on them, and without what was sent
 * for those alone.
 */
export function eraseDeleted(conversation: Conversation): Conversation {
  const gone = new Set<string>();
  for (const { id, parentId, deleted } of conversation.messages) {
    if (deleted === true || (parentId !== undefined && gone.has(parentId))) {
      gone.add(id);
    }
  }
  if (gone.size === 0) {
    return conversation;
  }
  const messages = conversation.messages.filter(({ id }) => !gone.has(id));
  const { sentMessages: pool, ...rest } = conversation;
  const sents = messages.flatMap((message) =>
    message.kind === "answer" && message.sent !== undefined ? [message.sent] : [],
  );
  const erased = { ...rest, messages, ...(pool && { sentMessages: neededMessages(sents, pool) }) };
  return { ...erased, leafId: remainingLeaf(conversation, erased, gone) };
}

/** The end of the branch that is shown; where it is gone, that of the branch it went off from. */
function remainingLeaf(
  before: Conversation,
  after: Conversation,
  gone: ReadonlySet<string>,
): string | undefined {
  let leafId = before.leafId;
  if (leafId === undefined || !gone.has(leafId)) {
    return leafId;
  }
  const parents = new Map(before.messages.map(({ id, parentId }) => [id, parentId]));
  for (let steps = 0; leafId !== undefined && gone.has(leafId) && steps < parents.size; steps++) {
    leafId = parents.get(leafId);
  }
  const first = after.messages.findLast(({ parentId }) => parentId === undefined)?.id;
  const root = leafId ?? first;
  return root === undefined ? undefined : newestLeaf(after, root);
}

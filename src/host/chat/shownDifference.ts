import { branchPlaces, type BranchPlace } from "../../core/chat/branchPlaces.ts";
import { type Conversation, type Message, shownMessages } from "../../core/chat/conversation.ts";
import type { HostEvent, MessageView } from "../../protocol/chat.ts";

/**
 * What has to be told so that a view of `before` shows `after`: two branches share their beginning, so the rest
 * goes and the new rest comes. Messages that stay may have got or lost siblings.
 */
export function shownDifference(
  before: Conversation,
  after: Conversation,
  view: (message: Message) => MessageView,
): readonly HostEvent[] {
  const old = shownMessages(before);
  const now = shownMessages(after);
  const differs = now.findIndex((message, at) => message.id !== old[at]?.id);
  const shared = differs === -1 ? Math.min(now.length, old.length) : differs;
  const gone = old.slice(shared).map(({ id }) => id);
  const come = now.slice(shared).map((message) => view(message));
  const events: HostEvent[] = [];
  const placesBefore = branchPlaces(before);
  const placesNow = branchPlaces(after);
  for (const message of now.slice(0, shared)) {
    if (!isSamePlace(placesBefore.get(message.id), placesNow.get(message.id))) {
      events.push({ type: "messageChanged", message: view(message) });
    }
  }
  if (gone.length > 0 && come.length > 0) {
    events.push({ type: "messagesReplaced", ids: gone, messages: come });
  } else if (gone.length > 0) {
    events.push({ type: "messagesRemoved", ids: gone });
  } else {
    for (const message of come) {
      events.push({ type: "messageAdded", message });
    }
  }
  return events;
}

function isSamePlace(one: BranchPlace | undefined, other: BranchPlace | undefined): boolean {
  return one?.index === other?.index && one?.count === other?.count;
}

import type { Conversation, Message } from "./conversation.ts";

/** Which of how many a message is among those that stand in the same place; `index` from 0. */
export interface BranchPlace {
  readonly index: number;
  readonly count: number;
}

/** The places of all messages that are not deleted, found in one pass. */
export function branchPlaces(conversation: Conversation): ReadonlyMap<string, BranchPlace> {
  const groups = new Map<string, Message[]>();
  for (const message of conversation.messages) {
    if (message.deleted === true) {
      continue;
    }
    const key = `${message.kind} ${message.parentId ?? ""}`;
    const group = groups.get(key);
    if (group) {
      group.push(message);
    } else {
      groups.set(key, [message]);
    }
  }
  const places = new Map<string, BranchPlace>();
  for (const group of groups.values()) {
    group.forEach(({ id }, index) => places.set(id, { index, count: group.length }));
  }
  return places;
}

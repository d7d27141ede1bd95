import {
  changeConversation,
  type Conversation,
  type ConversationChange,
} from "../../core/chat/conversation.ts";
import type { Clock } from "../../core/util/clock.ts";
import type { Disposable } from "../../core/util/disposable.ts";
import { type ConversationStore, newConversation } from "./conversationStore.ts";

/** How often a changing conversation is written to disk at most, ms. */
const saveEveryMs = 500;

/** The conversation that is open, kept in step with its file. */
export class ConversationKeeper implements Disposable {
  readonly #store: ConversationStore;
  readonly #clock: Clock;
  #current = newConversation();
  #timer: Disposable | undefined;

  constructor(store: ConversationStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  get current(): Conversation {
    return this.#current;
  }

  /** Shows another conversation; what was there must have been flushed. */
  replace(conversation: Conversation): void {
    this.#current = conversation;
  }

  change(change: ConversationChange): void {
    this.#current = changeConversation(this.#current, change);
    this.#timer ??= this.#clock.setTimeout(() => {
      this.#timer = undefined;
      void this.#store.save(this.#current);
    }, saveEveryMs);
  }

  /** Resolves when everything so far is on disk. */
  async flush(): Promise<void> {
    this.dispose();
    if (this.#current.messages.length > 0) {
      await this.#store.save(this.#current);
    }
  }

  dispose(): void {
    this.#timer?.dispose();
    this.#timer = undefined;
  }
}

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
  /** What is not yet on its way to the disk. */
  #unsaved: ConversationChange[] = [];
  #timer: Disposable | undefined;
  #saving: Promise<void> = Promise.resolve();

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
    this.#unsaved.push(change);
    this.#timer ??= this.#clock.setTimeout(() => void this.flush(), saveEveryMs);
  }

  /** Resolves when everything so far is on disk, or was said not to be. */
  async flush(): Promise<void> {
    this.dispose();
    const changes = this.#unsaved;
    this.#unsaved = [];
    if (changes.length > 0) {
      this.#saving = this.#store.save(this.#current, changes);
    }
    await this.#saving;
  }

  dispose(): void {
    this.#timer?.dispose();
    this.#timer = undefined;
  }
}

import {
  changeConversation,
  type Conversation,
  type ConversationChange,
} from "../../core/chat/conversation.ts";
import type { Clock } from "../../core/util/clock.ts";
import type { Disposable } from "../../core/util/disposable.ts";
import type { ConversationStore } from "./conversationStore.ts";

/** How often a changing conversation is written to disk at most, ms. */
const saveEveryMs = 500;

/** An open conversation, kept in step with its file. */
export class ConversationKeeper implements Disposable {
  readonly #store: Pick<ConversationStore, "save">;
  readonly #clock: Clock;
  #current: Conversation;
  /** What is not yet on its way to the disk. */
  #unsaved: ConversationChange[] = [];
  #timer: Disposable | undefined;
  #saving: Promise<void> = Promise.resolve();

  constructor(store: Pick<ConversationStore, "save">, clock: Clock, conversation: Conversation) {
    this.#store = store;
    this.#clock = clock;
    this.#current = conversation;
  }

  get current(): Conversation {
    return this.#current;
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

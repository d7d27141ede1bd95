import type { ContextItem } from "../../core/chat/conversation.ts";
import type { QueueView } from "../../protocol/chat.ts";
import { contextView } from "./messageViews.ts";
import type { PanelStore, QueuedMessage } from "./panelStore.ts";

export type QueueStore = Pick<PanelStore, "loadQueue" | "addToQueue" | "takeFromQueue">;

/**
 * The messages of one conversation that wait for the answers before them. Every change is on disk at once. After a
 * reload other windows may have the same ones: what one of them takes out is gone.
 */
export class MessageQueue {
  readonly #store: QueueStore;
  readonly #conversationId: string;
  readonly #tell: (queue: QueueView) => void;
  #messages: readonly QueuedMessage[] = [];
  /** Those that the disk did not take: no other window knows them. */
  readonly #unsaved = new Set<string>();
  #isPaused = false;
  /** What the last pause was for, though nothing waited then. */
  #isStopped = false;
  #adding: Promise<void> = Promise.resolve();

  constructor(store: QueueStore, conversationId: string, tell: (queue: QueueView) => void) {
    this.#store = store;
    this.#conversationId = conversationId;
    this.#tell = tell;
  }

  /**
   * Reads what waited when the window was last seen, but for what was sent since. It waits for the person then:
   * nothing is sent by itself after a reload.
   */
  async load(isAsked: (messageId: string) => boolean): Promise<void> {
    const stored = await this.#store.loadQueue(this.#conversationId);
    this.#messages = stored.filter(({ message }) => !isAsked(message.id));
    this.#isPaused = this.#messages.length > 0;
  }

  get view(): QueueView {
    return {
      messages: this.#messages.map(({ message }) => ({
        id: message.id,
        text: message.text,
        context: message.context.map(contextView),
      })),
      isPaused: this.#isPaused,
      ...(this.#isPaused && this.#isStopped && { isStopped: true }),
    };
  }

  get isEmpty(): boolean {
    return this.#messages.length === 0;
  }

  /** The one to be sent now; undefined when there is none or the queue is paused. */
  get next(): QueuedMessage | undefined {
    return this.#isPaused ? undefined : this.#messages[0];
  }

  has(messageId: string): boolean {
    return this.#messages.some(({ message }) => message.id === messageId);
  }

  contextOf(messageId: string): readonly ContextItem[] {
    return this.#messages.find(({ message }) => message.id === messageId)?.message.context ?? [];
  }

  async add(message: QueuedMessage): Promise<void> {
    this.#set([...this.#messages, message]);
    const adding = this.#store.addToQueue(this.#conversationId, message);
    this.#adding = adding.then((isSaved) => {
      if (!isSaved) {
        this.#unsaved.add(message.message.id);
      }
    });
    await this.#adding;
  }

  /** Takes a message out and gives it back once it is kept; undefined when it is gone. */
  async remove(
    messageId: string,
    keep: (removed: QueuedMessage) => Promise<void>,
  ): Promise<QueuedMessage | undefined> {
    const found = this.#messages.find(({ message }) => message.id === messageId);
    if (!found) {
      return undefined;
    }
    await this.#adding;
    let isTaken = this.#unsaved.delete(messageId);
    if (isTaken) {
      await keep(found);
    } else {
      isTaken = await this.#store.takeFromQueue(this.#conversationId, messageId, () => keep(found));
    }
    this.#set(this.#messages.filter(({ message }) => message.id !== messageId));
    return isTaken ? found : undefined;
  }

  /**
   * Waits for the person, who stopped what was before or not, if that is known; an empty queue has nothing to wait
   * with.
   */
  pause(isStopped = this.#isStopped): void {
    const isSame = isStopped === this.#isStopped;
    this.#isStopped = isStopped;
    this.#setPaused(this.#messages.length > 0, isSame);
  }

  resume(): void {
    this.#setPaused(false);
  }

  #setPaused(isPaused: boolean, isSame = true): void {
    if (isPaused !== this.#isPaused || !isSame) {
      this.#isPaused = isPaused;
      this.#tell(this.view);
    }
  }

  #set(messages: readonly QueuedMessage[]): void {
    this.#messages = messages;
    this.#isPaused &&= messages.length > 0;
    this.#tell(this.view);
  }
}

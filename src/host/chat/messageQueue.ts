import type { ContextItem } from "../../core/chat/conversation.ts";
import type { QueueView } from "../../protocol/chat.ts";
import { contextView } from "./messageViews.ts";
import type { PanelStore, QueuedMessage } from "./panelStore.ts";

/** The messages of one conversation that wait for the answers before them. Every change is on disk at once. */
export class MessageQueue {
  readonly #store: Pick<PanelStore, "loadQueue" | "saveQueue">;
  readonly #conversationId: string;
  readonly #tell: (queue: QueueView) => void;
  #messages: readonly QueuedMessage[] = [];
  #isPaused = false;

  constructor(
    store: Pick<PanelStore, "loadQueue" | "saveQueue">,
    conversationId: string,
    tell: (queue: QueueView) => void,
  ) {
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

  add(message: QueuedMessage): Promise<void> {
    this.#set([...this.#messages, message]);
    return this.#save();
  }

  /**
   * Takes a message out and gives it back. `keep` puts it elsewhere before it is out on disk, so that a crash in
   * between loses nothing.
   */
  async remove(
    messageId: string,
    keep?: (removed: QueuedMessage) => Promise<void>,
  ): Promise<QueuedMessage | undefined> {
    const index = this.#messages.findIndex(({ message }) => message.id === messageId);
    const found = this.#messages[index];
    if (found) {
      this.#set(this.#messages.toSpliced(index, 1));
      await keep?.(found);
      await this.#save();
    }
    return found;
  }

  /** Waits for the person; an empty queue has nothing to wait with. */
  pause(): void {
    this.#setPaused(this.#messages.length > 0);
  }

  resume(): void {
    this.#setPaused(false);
  }

  #setPaused(isPaused: boolean): void {
    if (isPaused !== this.#isPaused) {
      this.#isPaused = isPaused;
      this.#tell(this.view);
    }
  }

  #set(messages: readonly QueuedMessage[]): void {
    this.#messages = messages;
    this.#isPaused &&= messages.length > 0;
    this.#tell(this.view);
  }

  #save(): Promise<void> {
    return this.#store.saveQueue(this.#conversationId, this.#messages);
  }
}

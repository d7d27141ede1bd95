import type { Disposable } from "../../core/util/disposable.ts";
import { type ConversationStore, newConversation } from "./conversationStore.ts";
import { LiveConversation, type LiveConversationDeps } from "./liveConversation.ts";

export interface OpenConversationsDeps extends LiveConversationDeps {
  readonly store: Pick<ConversationStore, "open" | "mentions" | "save">;
}

interface Entry {
  readonly live: LiveConversation;
  /** In how many places it is shown. */
  users: number;
}

/**
 * The conversations that are shown somewhere or at work. Places that show the same one share it. One that is left
 * in mid-answer goes on, its queue too, and is let go of when it comes to rest.
 */
export class OpenConversations implements Disposable {
  readonly #deps: OpenConversationsDeps;
  readonly #opening = new Map<string, Promise<Entry>>();
  readonly #entries = new Map<string, Entry>();

  constructor(deps: OpenConversationsDeps) {
    this.#deps = deps;
  }

  dispose(): void {
    for (const { live } of this.#entries.values()) {
      live.dispose();
    }
  }

  /** Writes what is not yet on disk. */
  async flush(): Promise<void> {
    await Promise.all([...this.#entries.values()].map(({ live }) => live.flush()));
  }

  /** The conversation if it is open; what is on disk may then be older. */
  find(id: string): LiveConversation | undefined {
    return this.#entries.get(id)?.live;
  }

  /** A stored conversation, or a new one when it cannot be read. Every call is paired with a `release`. */
  async acquire(id: string): Promise<LiveConversation> {
    const entry = this.#entries.get(id) ?? (await this.#openOnce(id));
    entry.users += 1;
    return entry.live;
  }

  create(): LiveConversation {
    const entry = this.#add(new LiveConversation(this.#deps, newConversation()));
    entry.users += 1;
    return entry.live;
  }

  release(live: LiveConversation): void {
    const entry = this.#entries.get(live.current.id);
    if (entry) {
      entry.users -= 1;
      void this.#letGo(entry);
    }
  }

  #openOnce(id: string): Promise<Entry> {
    const opening = this.#opening.get(id) ?? this.#open(id).finally(() => this.#opening.delete(id));
    this.#opening.set(id, opening);
    return opening;
  }

  async #open(id: string): Promise<Entry> {
    const conversation = (await this.#deps.store.open(id)) ?? newConversation();
    const live = new LiveConversation(this.#deps, conversation);
    await live.load();
    return this.#add(live);
  }

  #add(live: LiveConversation): Entry {
    const entry = { live, users: 0 };
    this.#entries.set(live.current.id, entry);
    live.onDidChangeRunning((isRunning) => {
      if (!isRunning) {
        void this.#letGo(entry);
      }
    });
    return entry;
  }

  /** Forgets a conversation that no place shows, once it is at rest and on disk. */
  async #letGo(entry: Entry): Promise<void> {
    await entry.live.flush();
    if (entry.users === 0 && !entry.live.isBusy) {
      this.#entries.delete(entry.live.current.id);
      entry.live.dispose();
    }
  }
}

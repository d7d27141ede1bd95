import type { ContextItem, UserMessage } from "../../core/chat/conversation.ts";
import { decodeContextItem, decodeMessage } from "../../core/chat/decodeConversation.ts";
import { isRecord, parseJson } from "../../core/util/record.ts";
import { Sequencer } from "../../core/util/sequencer.ts";
import type { DraftVersion } from "../../protocol/chat.ts";
import type { HistoryFiles } from "../historyFiles.ts";
import type { Log } from "../log.ts";
import type { GuardedWrites } from "./guardedWrites.ts";

/** Where a chat is shown: the view, or an editor tab with an id of its own. */
export type PlaceId = "view" | `editor-${string}`;

/** What a place had when it was last seen. */
export interface PanelState {
  readonly conversationId: string | undefined;
  readonly draft: string;
  readonly draftVersion?: DraftVersion | undefined;
  readonly context: readonly ContextItem[];
}

/** A message that waits for the answers before it. */
export interface QueuedMessage {
  /** As it will be asked, but for its parent. */
  readonly message: UserMessage;
  /** Which of its context the person attached: that goes back to the box with the text. */
  readonly attachedIds: readonly string[];
}

/**
 * Keeps what is not yet asked: for each place its draft and attached context, for each conversation its queue.
 * Context has a file of its own, since a draft changes with every pause in typing and an image is large.
 */
export class PanelStore {
  readonly #files: HistoryFiles;
  readonly #writes: GuardedWrites;
  readonly #log: Pick<Log, "error">;
  readonly #queues = new Sequencer();

  constructor(files: HistoryFiles, writes: GuardedWrites, log: Pick<Log, "error">) {
    this.#files = files;
    this.#writes = writes;
    this.#log = log;
  }

  async load(place: PlaceId): Promise<PanelState> {
    const panel = await this.#read(panelFile(place));
    const stored = isRecord(panel) ? panel : {};
    const { conversationId, draft } = stored;
    return {
      conversationId: typeof conversationId === "string" ? conversationId : undefined,
      draft: typeof draft === "string" ? draft : "",
      draftVersion: decodeVersion(stored["draftVersion"]),
      context: (await this.#readAll(contextFile(place), decodeContextItem)) ?? [],
    };
  }

  async save(place: PlaceId, state: Omit<PanelState, "context">): Promise<void> {
    const { conversationId, draft, draftVersion } = state;
    await this.#write(panelFile(place), { version: 1, conversationId, draft, draftVersion });
  }

  async saveContext(place: PlaceId, items: readonly ContextItem[]): Promise<void> {
    await this.#write(contextFile(place), { version: 1, items });
  }

  /** Nothing shows the place any more. */
  async forget(place: PlaceId): Promise<void> {
    await this.#writes.run(async () => {
      await this.#files.remove(panelFile(place));
      await this.#files.remove(contextFile(place));
    });
  }

  async loadQueue(conversationId: string): Promise<readonly QueuedMessage[]> {
    return (await this.#readQueue(conversationId)) ?? [];
  }

  /** False when it could not be written. */
  addToQueue(conversationId: string, added: QueuedMessage): Promise<boolean> {
    return this.#alone(conversationId, async () =>
      this.#writeQueue(conversationId, [...(await this.loadQueue(conversationId)), added]),
    );
  }

  /**
   * Takes a message out, for one window alone: false when it is there no more, and nothing is done. `keep` puts it
   * elsewhere before it is out on disk, so that a crash in between loses nothing.
   */
  takeFromQueue(conversationId: string, messageId: string, keep: () => Promise<void>): Promise<boolean> {
    return this.#alone(conversationId, async () => {
      const items = await this.#readQueue(conversationId);
      const left = items?.filter(({ message }) => message.id !== messageId);
      if (left && left.length === items?.length) {
        return false;
      }
      await keep();
      if (left) {
        await this.#writeQueue(conversationId, left);
      }
      return true;
    });
  }

  /** Runs a task while neither this window nor another changes the queue. */
  #alone<T>(conversationId: string, task: () => Promise<T>): Promise<T> {
    return this.#queues.run(() => this.#files.exclusively(queueFile(conversationId), task));
  }

  #readQueue(conversationId: string): Promise<readonly QueuedMessage[] | undefined> {
    return this.#readAll(queueFile(conversationId), decodeQueued);
  }

  #writeQueue(conversationId: string, items: readonly QueuedMessage[]): Promise<boolean> {
    return this.#write(queueFile(conversationId), { version: 1, items });
  }

  /** Undefined when there is no such file or it cannot be read. */
  async #readAll<T>(name: string, decode: (stored: unknown) => T): Promise<readonly T[] | undefined> {
    const stored = await this.#read(name);
    const items: unknown = isRecord(stored) ? stored["items"] : undefined;
    try {
      return Array.isArray(items) ? items.map((item) => decode(item)) : undefined;
    } catch (error) {
      this.#log.error(`${name} could not be read; it is left as it is`, error);
      return undefined;
    }
  }

  async #read(name: string): Promise<unknown> {
    try {
      const bytes = await this.#files.read(name);
      return bytes && parseJson(new TextDecoder().decode(bytes));
    } catch (error) {
      this.#log.error(`${name} could not be read; it is left as it is`, error);
      return undefined;
    }
  }

  #write(name: string, value: unknown): Promise<boolean> {
    return this.#writes.run(() => this.#files.replace(name, new TextEncoder().encode(JSON.stringify(value))));
  }
}

function decodeVersion(stored: unknown): DraftVersion | undefined {
  const { page, count } = isRecord(stored) ? stored : {};
  return typeof page === "string" && typeof count === "number" ? { page, count } : undefined;
}

function decodeQueued(stored: unknown): QueuedMessage {
  const fields = isRecord(stored) ? stored : {};
  const message = decodeMessage(fields["message"]);
  const ids = fields["attachedIds"];
  if (message.kind !== "user") {
    throw new TypeError("A waiting message that is none of the person's.");
  }
  return {
    message,
    attachedIds: Array.isArray(ids) ? ids.filter((id) => typeof id === "string") : [],
  };
}

function panelFile(place: PlaceId): string {
  return place === "view" ? "panel.json" : `panel-${safeName(place)}.json`;
}

function contextFile(place: PlaceId): string {
  return `context-${safeName(place)}.json`;
}

function queueFile(conversationId: string): string {
  return `queue-${safeName(conversationId)}.json`;
}

/** A name that stays in its folder, whatever the id holds. */
function safeName(id: string): string {
  return id.replaceAll(/[^A-Za-z0-9-]/g, "_");
}

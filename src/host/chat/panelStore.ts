import type { ContextItem, UserMessage } from "../../core/chat/conversation.ts";
import { decodeContextItem, decodeMessage } from "../../core/chat/decodeConversation.ts";
import { isRecord, parseJson } from "../../core/util/record.ts";
import type { HistoryFiles } from "../historyFiles.ts";
import type { Log } from "../log.ts";
import type { GuardedWrites } from "./guardedWrites.ts";

/** Where a chat is shown: the view, or an editor tab with an id of its own. */
export type PlaceId = "view" | `editor-${string}`;

/** What a place had when it was last seen. */
export interface PanelState {
  readonly conversationId: string | undefined;
  readonly draft: string;
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
      context: await this.#readAll(contextFile(place), decodeContextItem),
    };
  }

  save(place: PlaceId, { conversationId, draft }: Omit<PanelState, "context">): Promise<void> {
    return this.#write(panelFile(place), { version: 1, conversationId, draft });
  }

  saveContext(place: PlaceId, items: readonly ContextItem[]): Promise<void> {
    return this.#write(contextFile(place), { version: 1, items });
  }

  /** Nothing shows the place any more. */
  forget(place: PlaceId): Promise<void> {
    return this.#writes.run(async () => {
      await this.#files.remove(panelFile(place));
      await this.#files.remove(contextFile(place));
    });
  }

  loadQueue(conversationId: string): Promise<readonly QueuedMessage[]> {
    return this.#readAll(queueFile(conversationId), decodeQueued);
  }

  saveQueue(conversationId: string, items: readonly QueuedMessage[]): Promise<void> {
    return this.#write(queueFile(conversationId), { version: 1, items });
  }

  async #readAll<T>(name: string, decode: (stored: unknown) => T): Promise<readonly T[]> {
    const stored = await this.#read(name);
    const items: unknown = isRecord(stored) ? stored["items"] : undefined;
    try {
      return Array.isArray(items) ? items.map((item) => decode(item)) : [];
    } catch (error) {
      this.#log.error(`${name} could not be read; it is left as it is`, error);
      return [];
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

  #write(name: string, value: unknown): Promise<void> {
    return this.#writes.run(() => this.#files.replace(name, new TextEncoder().encode(JSON.stringify(value))));
  }
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

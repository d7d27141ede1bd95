import type {
  ChatSnapshot,
  HostEvent,
  HostMethod,
  HostRequests,
  ToHost,
  ToWebview,
} from "../protocol/chat.ts";

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** How long the host may take to hand over its state, ms. */
const readyTimeout = 15_000;

export interface ConnectionObserver {
  readonly snapshot: (snapshot: ChatSnapshot) => void;
  readonly event: (event: HostEvent) => void;
  /** The host did not hand over its state. */
  readonly lost: () => void;
}

/**
 * The line to the host: requests with their answers, and its events in order. Until a snapshot has come, and
 * again when a number is missing, events wait for the next snapshot.
 */
export class Connection {
  readonly #post: (message: ToHost) => void;
  readonly #observer: ConnectionObserver;
  readonly #pending = new Map<number, Pending>();
  readonly #waiting: { readonly seq: number; readonly event: HostEvent }[] = [];
  #lastId = 0;
  #seq: number | undefined;
  #asking = false;

  constructor(post: (message: ToHost) => void, observer: ConnectionObserver) {
    this.#post = post;
    this.#observer = observer;
  }

  /** Asks the host. Rejects when the host fails, and at once when `signal` is aborted. */
  request<M extends HostMethod>(
    method: M,
    params: HostRequests[M][0],
    signal?: AbortSignal,
  ): Promise<HostRequests[M][1]> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      // What comes from the host is typed by the protocol that both sides share.
      this.#pending.set(id, { resolve: (result) => resolve(result as HostRequests[M][1]), reject });
      this.#post({ type: "request", id, method, params });
      signal?.addEventListener("abort", () => {
        if (!this.#pending.delete(id)) return;
        this.#post({ type: "cancel", id });
        reject(new DOMException("The request was cancelled", "AbortError"));
      });
    });
  }

  /** Asks for the whole state. */
  async synchronise(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    this.#seq = undefined;
    try {
      const snapshot = await this.request("ready", undefined, AbortSignal.timeout(readyTimeout));
      this.#asking = false;
      this.#observer.snapshot(snapshot);
      this.#seq = snapshot.seq;
      for (const { seq, event } of this.#waiting.splice(0)) this.#take(seq, event);
    } catch {
      this.#asking = false;
      this.#observer.lost();
    }
  }

  receive(message: ToWebview): void {
    switch (message.type) {
      case "event":
        this.#take(message.seq, message.event);
        return;
      case "result":
        this.#settle(message.id)?.resolve(message.result);
        return;
      case "failure":
        this.#settle(message.id)?.reject(new Error(message.message));
        return;
    }
  }

  #settle(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }

  #take(seq: number, event: HostEvent): void {
    if (this.#seq === undefined) {
      this.#waiting.push({ seq, event });
    } else if (seq === this.#seq + 1) {
      this.#seq = seq;
      this.#observer.event(event);
    } else if (seq > this.#seq) {
      this.#waiting.push({ seq, event });
      void this.synchronise();
    }
  }
}

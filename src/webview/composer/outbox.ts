import type { FitId, HostRequests, SendResult, Unsent } from "../../protocol/chat.ts";

/** What a message was to carry could not be attached. */
interface Unattached {
  readonly type: "unattached";
}

type Send = (params: HostRequests["send"][0]) => Promise<SendResult | Unattached>;

/** Why messages did not go: what the host said, or what was thrown instead. */
export type Refusal =
  | Exclude<SendResult, { readonly type: "accepted" | "queued" }>
  | Unattached
  | { readonly type: "failed"; readonly error: unknown };

export interface OutboxObserver {
  /** Others than before are on their way. */
  readonly changed: () => void;
  readonly taken: () => void;
  /** These come back, oldest first: the one that was refused, and those behind it. */
  readonly refused: (texts: readonly string[], why: Refusal) => void;
}

type Outgoing = HostRequests["send"][0];

/**
 * Messages on their way to the host, one after another, each once. One that got no answer is repeated under the same
 * id when it is sent again, so that the host can tell.
 */
export class Outbox {
  readonly #send: Send;
  readonly #newId: () => string;
  readonly #observer: OutboxObserver;
  readonly #messages: Outgoing[] = [];
  #unsettled: Outgoing | undefined;
  #isSending = false;

  constructor(send: Send, newId: () => string, observer: OutboxObserver) {
    this.#send = send;
    this.#newId = newId;
    this.#observer = observer;
  }

  /** What is on its way, oldest first. */
  get messages(): Unsent["sending"] {
    return this.#messages;
  }

  add(text: string, fit?: FitId): void {
    const isSame = this.#unsettled?.text === text && this.#unsettled.fit === fit;
    const clientId = isSame && this.#unsettled !== undefined ? this.#unsettled.clientId : this.#newId();
    this.#messages.push({ clientId, text, ...(fit === undefined ? {} : { fit }) });
    this.#observer.changed();
    if (!this.#isSending) void this.#sendAll();
  }

  async #sendAll(): Promise<void> {
    this.#isSending = true;
    for (let next = this.#messages[0]; next !== undefined; next = this.#messages[0]) {
      const refusal = await this.#give(next);
      const gone = this.#messages.splice(0, refusal === undefined ? 1 : this.#messages.length);
      this.#observer.changed();
      if (refusal === undefined) this.#observer.taken();
      else
        this.#observer.refused(
          gone.map(({ text }) => text),
          refusal,
        );
    }
    this.#isSending = false;
  }

  async #give(message: Outgoing): Promise<Refusal | undefined> {
    this.#unsettled = message;
    try {
      const result = await this.#send(message);
      this.#unsettled = undefined;
      return result.type === "accepted" || result.type === "queued" ? undefined : result;
    } catch (error) {
      return { type: "failed", error };
    }
  }
}

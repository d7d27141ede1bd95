import type { FitId, HostRequests, SendResult } from "../../protocol/chat.ts";

type Send = (params: HostRequests["send"][0]) => Promise<SendResult>;

/**
 * Sends the text of the box once, however often Send is pressed. A press after a lost connection repeats the
 * same message under the same id, so that the host can tell.
 */
export class Sender {
  readonly #send: Send;
  readonly #newId: () => string;
  #unsettled: HostRequests["send"][0] | undefined;
  #isSending = false;

  constructor(send: Send, newId: () => string) {
    this.#send = send;
    this.#newId = newId;
  }

  /** What the host said; undefined while the press before is still on its way. Rejects without an answer. */
  async send(text: string, fit?: FitId): Promise<SendResult | undefined> {
    if (this.#isSending) return undefined;
    this.#isSending = true;
    const isSame = this.#unsettled?.text === text && this.#unsettled.fit === fit;
    const clientId = isSame && this.#unsettled !== undefined ? this.#unsettled.clientId : this.#newId();
    this.#unsettled = { clientId, text, ...(fit === undefined ? {} : { fit }) };
    try {
      const result = await this.#send(this.#unsettled);
      this.#unsettled = undefined;
      return result;
    } finally {
      this.#isSending = false;
    }
  }
}

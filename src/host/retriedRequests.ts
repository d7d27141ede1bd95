import type { PreparedRequest } from "../core/api/types.ts";

/** Bodies can be large: more are forgotten, the oldest first. */
const mostKept = 8;

/** Remembers requests that may have reached the server: the same one again goes with its key, and is billed once. */
export class RetriedRequests {
  readonly #failed = new Map<string, PreparedRequest>();

  failed(request: PreparedRequest): void {
    this.#failed.delete(request.bodyHash);
    this.#failed.set(request.bodyHash, request);
    for (const oldest of this.#failed.keys()) {
      if (this.#failed.size > mostKept) this.#failed.delete(oldest);
    }
  }

  /** The request as it was first prepared, once, if `request` is one that failed and is now sent again. */
  firstOf(request: PreparedRequest): PreparedRequest {
    const failed = this.#failed.get(request.bodyHash);
    this.#failed.delete(request.bodyHash);
    const isSame =
      failed?.body === request.body &&
      failed.baseUrl === request.baseUrl &&
      failed.tokenFingerprint === request.tokenFingerprint;
    return isSame ? failed : request;
  }
}

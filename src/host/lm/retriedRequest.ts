import type { PreparedRequest } from "../../core/api/types.ts";

/** Remembers the last request that may have reached the server: the same one again goes with its key. */
export class RetriedRequest {
  #failed: PreparedRequest | undefined;

  failed(request: PreparedRequest): void {
    this.#failed = request;
  }

  /** The request as it was first prepared, if `request` is the one that failed, sent again by the person. */
  firstOf(request: PreparedRequest): PreparedRequest {
    const failed = this.#failed;
    const isSame =
      failed?.bodyHash === request.bodyHash &&
      failed.body === request.body &&
      failed.baseUrl === request.baseUrl &&
      failed.tokenFingerprint === request.tokenFingerprint;
    this.#failed = undefined;
    return isSame ? failed : request;
  }
}

import { ApiFailure } from "./apiFailure.ts";
import type { Inference } from "./inference.ts";

interface Reservation {
  readonly bodyHash: string;
  readonly inference: Promise<Inference>;
}

/** Stored responses by (organization, API key, Idempotency-Key), each with the fingerprint of its body. */
export class Reservations {
  readonly #byKey = new Map<string, Reservation>();

  /**
   * The stored inference of this reservation, or undefined when the key is free.
   * @throws ApiFailure `400 idempotency_error` when the key was used with another body.
   */
  find(reservation: string, bodyHash: string): Promise<Inference> | undefined {
    const found = this.#byKey.get(reservation);
    if (found && found.bodyHash !== bodyHash) {
      const message = "This Idempotency-Key was used before with another request body.";
      throw new ApiFailure(400, "idempotency_error", message, { code: "idempotency_key_reused" });
    }
    return found?.inference;
  }

  store(reservation: string, bodyHash: string, inference: Promise<Inference>): void {
    this.#byKey.set(reservation, { bodyHash, inference });
  }

  get size(): number {
    return this.#byKey.size;
  }

  clear(): void {
    this.#byKey.clear();
  }
}

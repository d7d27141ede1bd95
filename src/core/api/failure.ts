import type { ApiError } from "./errors.ts";

/** How one attempt failed. Only a transient failure is worth sending the same request again. */
export interface Failure {
  readonly error: ApiError;
  readonly transient: boolean;
}

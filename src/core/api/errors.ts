import { PhraseError, type PhraseValue } from "../util/phrase.ts";
import type { ChatCompletion, CompletionWindow } from "./types.ts";

/** What went wrong, as far as a person's next step depends on it. */
export type ApiErrorKind =
  | "network"
  | "tls"
  | "proxy"
  | "timeout"
  | "unauthorized"
  | "billing"
  | "forbidden"
  | "notFound"
  | "conflict"
  | "tooLarge"
  | "rateLimited"
  | "quota"
  | "invalidRequest"
  | "idempotency"
  | "server"
  | "redirect"
  | "protocol"
  | "diverged"
  | "tokenChanged"
  | "noToken"
  /** One's own budget is used up: nothing was sent. */
  | "overBudget";

export interface ApiErrorDetails {
  /** HTTP status, when there was an answer. */
  readonly status?: number | undefined;
  /** `error.type` of the envelope. */
  readonly type?: string | undefined;
  readonly param?: string | undefined;
  readonly code?: string | undefined;
  /** `X-Request-ID`: support asks for it. */
  readonly requestId?: string | undefined;
  /** Milliseconds the server asked us to wait. */
  readonly retryAfterMs?: number | undefined;
  /** For `diverged`: the replay's own answer, to be offered as a separate one. `finish` only if it was whole. */
  readonly replay?: (Omit<ChatCompletion, "finish"> & Partial<Pick<ChatCompletion, "finish">>) | undefined;
  /** Attempts made before giving up. */
  readonly attempts?: number | undefined;
  /** What the platform said, e.g. `ECONNRESET`: for the log. Holds no token. */
  readonly reason?: string | undefined;
}

/** Every failure of the client. `message` is fit to be shown and holds no token. */
export class ApiError extends PhraseError {
  override readonly name = "ApiError";
  readonly kind: ApiErrorKind;
  readonly details: ApiErrorDetails;

  constructor(kind: ApiErrorKind, said: PhraseValue, details: ApiErrorDetails = {}) {
    super(said);
    this.kind = kind;
    this.details = details;
  }
}

/** A parameter outside the API's ranges, found before anything was sent. */
export class ParameterError extends PhraseError {
  override readonly name = "ParameterError";
  /** The API's name of the field, e.g. `temperature`. */
  readonly field: string;
  /** For a completion window that the model lacks, those that it has. */
  readonly windows: readonly CompletionWindow[];

  /** `said` names the field, the given value and what is allowed. */
  constructor(field: string, said: PhraseValue, windows: readonly CompletionWindow[] = []) {
    super(said);
    this.field = field;
    this.windows = windows;
  }
}

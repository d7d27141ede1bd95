export interface ErrorEnvelope {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    readonly code: string | null;
  };
}

/** A refusal in the API's own words: a status and the error envelope. */
export class ApiFailure extends Error {
  override readonly name = "ApiFailure";
  readonly status: number;
  readonly envelope: ErrorEnvelope;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    type: string,
    message: string,
    more: { param?: string; code?: string; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message);
    this.status = status;
    this.envelope = errorEnvelope(type, message, more.param, more.code);
    this.headers = more.headers ?? {};
  }
}

/** `{"error": {message, type, param, code}}`, as documented. */
export function errorEnvelope(type: string, message: string, param?: string, code?: string): ErrorEnvelope {
  return { error: { message, type, param: param ?? null, code: code ?? null } };
}

/** `400 invalid_request_error` about one parameter. */
export function invalid(param: string, message: string, code?: string): ApiFailure {
  return new ApiFailure(400, "invalid_request_error", message, { param, ...(code ? { code } : {}) });
}

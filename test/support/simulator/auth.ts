import { createHash } from "node:crypto";
import { ApiFailure } from "./apiFailure.ts";
import type { KeyInfo } from "./config.ts";

export interface Principal extends KeyInfo {
  /** Stands for the key in reservations and in the journal, which never hold the key itself. */
  readonly keyHash: string;
}

/** First 16 hexadecimal digits of SHA-256. */
export function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** The token of an `Authorization: Bearer` header. */
export function bearerToken(header: string | undefined): string | undefined {
  return /^Bearer +(\S+)$/i.exec(header ?? "")?.[1];
}

/** Who asks; throws 401 without a valid key and 403 for a key that may do nothing. Never repeats the key. */
export function authenticate(header: string | undefined, keys: Readonly<Record<string, KeyInfo>>): Principal {
  const headers = { "WWW-Authenticate": "Bearer" };
  const token = bearerToken(header);
  if (token === undefined) {
    const message = "No API key was given. Send it in the header Authorization: Bearer <key>.";
    throw new ApiFailure(401, "authentication_error", message, { code: "missing_api_key", headers });
  }
  const info = Object.hasOwn(keys, token) ? keys[token] : undefined;
  if (!info) {
    const message = "The API key is not valid. Keys are managed at https://app.valarhq.ai.";
    throw new ApiFailure(401, "authentication_error", message, { code: "invalid_api_key", headers });
  }
  if (info.state === "forbidden") {
    const message = "This API key may not use this resource.";
    throw new ApiFailure(403, "permission_error", message, { code: "permission_denied" });
  }
  return { ...info, keyHash: shortHash(token) };
}

/** Refuses new inference for a key without credit or quota. A replay is never asked. */
export function checkFunds(principal: Principal): void {
  if (principal.state === "noCredit") {
    const message = "This API key is disabled for lack of credit. Add credit at https://app.valarhq.ai.";
    throw new ApiFailure(402, "billing_error", message, { code: "billing_error" });
  }
  if (principal.state === "noQuota") {
    const message = "The spend cap of your organization is reached.";
    throw new ApiFailure(429, "insufficient_quota", message, { code: "insufficient_quota" });
  }
}

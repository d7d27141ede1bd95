import { ApiError } from "./errors.ts";
import { sha256 } from "./fingerprint.ts";
import { requestBody } from "./requestBody.ts";
import type { ChatParameters, PreparedRequest } from "./types.ts";
import { phrase } from "../util/phrase.ts";
import { parseJson, isRecord } from "../util/record.ts";

/**
 * The API wants the webhook's token inside the body, and prepared requests are stored to be recovered. So a
 * prepared body is sealed: a mark stands where the token goes, and the hash is that of the body as it is sent.
 * The token comes back right before sending, and the hash tells whether it is the same one.
 */
const mark = "[webhook token]";

export interface SealedBody {
  /** With the mark in place of the token. */
  readonly body: string;
  /** SHA-256 of the whole body, hexadecimal. */
  readonly bodyHash: string;
}

/** The body of a request, fit to be stored. */
export async function sealBody(parameters: ChatParameters): Promise<SealedBody> {
  const whole = requestBody(parameters);
  const body =
    parameters.webhookToken === undefined ? whole : requestBody({ ...parameters, webhookToken: mark });
  return { body, bodyHash: await sha256(whole) };
}

/** What is sent: the body of the hash, and the webhook's token in it, if there is one. */
export interface OpenedBody {
  readonly body: string;
  readonly webhookToken: string | undefined;
}

/** `webhookToken` gives the token for a webhook's address. Throws `ApiError` when there is no way to that body. */
export async function openBody(
  request: Pick<PreparedRequest, "body" | "bodyHash">,
  webhookToken: (webhook: string) => Promise<string | undefined>,
): Promise<OpenedBody> {
  const { body, bodyHash } = request;
  if ((await sha256(body)) === bodyHash) return { body, webhookToken: undefined };
  const webhook = body.includes(member(mark)) ? webhookOf(body) : undefined;
  if (webhook === undefined) {
    throw new ApiError("invalidRequest", phrase("The stored request is damaged and cannot be sent again."));
  }
  const token = await webhookToken(webhook);
  if (token !== undefined) {
    const whole = body.replace(member(mark), () => member(token));
    if ((await sha256(whole)) === bodyHash) return { body: whole, webhookToken: token };
  }
  throw new ApiError(
    "tokenChanged",
    phrase(
      "The webhook’s token has changed since the request was made. Sending it again may be charged a second time.",
    ),
  );
}

function member(token: string): string {
  return `"webhook_token":${JSON.stringify(token)}`;
}

function webhookOf(body: string): string | undefined {
  const json = parseJson(body);
  const metadata = isRecord(json) ? json["metadata"] : undefined;
  const webhook = isRecord(metadata) ? metadata["completion_webhook"] : undefined;
  return typeof webhook === "string" ? webhook : undefined;
}

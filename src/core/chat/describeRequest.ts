import { sha256 } from "../api/fingerprint.ts";
import { isRecord, parseJson } from "../util/record.ts";
import type { SentRequest } from "./sentRequest.ts";

/**
 * What was sent, as a person reads it: JSON with the request line, the headers and the body. The token was never
 * stored, so none can be shown. Images are named by length and SHA-256 in place of their bytes.
 */
export async function describeRequest(
  sent: SentRequest,
  body: string,
  requestId: string | undefined,
): Promise<string> {
  const json = parseJson(body);
  const description = {
    method: "POST",
    url: `${sent.baseUrl}/chat/completions`,
    headers: {
      Authorization: "Bearer …",
      "Content-Type": "application/json",
      Accept: sent.stream ? "text/event-stream, application/json" : "application/json",
      "Idempotency-Key": sent.key,
    },
    body: await withoutImages(json === undefined ? body : json),
    bodySha256: sent.bodyHash,
    requestId,
  };
  return `${JSON.stringify(description, undefined, 2)}\n`;
}

/** Data URIs longer than this are shortened, characters. */
const longestUri = 256;
const dataUri = /^data:[^,]{0,100},/;

async function withoutImages(value: unknown): Promise<unknown> {
  if (typeof value === "string") {
    return shortened(value);
  }
  if (Array.isArray(value)) {
    return Promise.all(value.map(withoutImages));
  }
  if (isRecord(value)) {
    const entries = Object.entries(value).map(
      async ([name, one]) => [name, await withoutImages(one)] as const,
    );
    return Object.fromEntries(await Promise.all(entries));
  }
  return value;
}

async function shortened(text: string): Promise<string> {
  const head = text.length > longestUri ? dataUri.exec(text)?.[0] : undefined;
  return head === undefined
    ? text
    : `${head}… (${text.length} characters in all, SHA-256 ${await sha256(text)})`;
}

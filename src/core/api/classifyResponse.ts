import { phrase, sentences, type Phrase, type PhraseValue } from "../util/phrase.ts";
import { parseJson } from "../util/record.ts";
import { ApiError, type ApiErrorDetails, type ApiErrorKind } from "./errors.ts";
import type { Failure } from "./failure.ts";
import { readErrorEnvelope, type ErrorEnvelope } from "./wire.ts";

/** What is known of a response that was no answer. */
export interface BadResponse {
  readonly status: number;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly body: string;
}

/** A response with an error status to a failure. `redact` takes the token out of what the server wrote. */
export function classifyResponse(response: BadResponse, redact: (text: string) => string): Failure {
  const { status, body } = response;
  const envelope = readErrorEnvelope(parseJson(body));
  const kind = kindOfStatus(status, envelope);
  const said =
    envelope?.message === undefined ? describeBody(body, status, redact) : tidy(redact(envelope.message));
  return failure(kind, said, status, { ...detailsOf(envelope, redact), ...pick(response) });
}

/** An error envelope that came where an answer was due: with status 200, or in the stream. */
export function classifyEnvelope(
  envelope: ErrorEnvelope,
  redact: (text: string) => string,
  requestId: string | undefined,
): Failure {
  const kind = kindOfType(envelope.type, envelope.code) ?? "server";
  return failure(kind, tidy(redact(envelope.message ?? "")), undefined, {
    ...detailsOf(envelope, redact),
    requestId,
  });
}

/** A success status with a body that is neither an answer nor an error. */
export function classifyStrangeBody(response: BadResponse, redact: (text: string) => string): Failure {
  const page = describeBody(response.body, response.status, redact);
  const said = page === "" ? phrase("The answer was not in the API's format.") : page;
  return {
    error: new ApiError("protocol", sentences(lead.protocol, said), pick(response)),
    transient: false,
  };
}

function pick({ status, requestId, retryAfterMs }: BadResponse): ApiErrorDetails {
  return { status, requestId, retryAfterMs };
}

function detailsOf(envelope: ErrorEnvelope | undefined, redact: (text: string) => string): ApiErrorDetails {
  const clean = (text: string | undefined): string | undefined => text && redact(text).slice(0, 200);
  return { type: clean(envelope?.type), param: clean(envelope?.param), code: clean(envelope?.code) };
}

function failure(
  kind: ApiErrorKind,
  said: PhraseValue,
  status: number | undefined,
  details: ApiErrorDetails,
): Failure {
  const opening =
    kind === "server" && status !== undefined
      ? phrase("The server has a problem (status {0}).", status)
      : lead[kind];
  const message = said === "" ? opening : sentences(opening, said);
  return { error: new ApiError(kind, message, details), transient: isTransientKind(kind) };
}

/** What happened, in a few words; the server's own message follows. */
const lead: Readonly<Record<ApiErrorKind, Phrase>> = {
  network: phrase("The connection failed."),
  tls: phrase("The secure connection could not be made."),
  proxy: phrase("The proxy wants a user name and password."),
  timeout: phrase("The server did not answer in time."),
  unauthorized: phrase("The API token was not accepted."),
  billing: phrase("The account has no credit."),
  forbidden: phrase("The API token may not do this."),
  notFound: phrase("The server does not know this address or model."),
  conflict: phrase("The same request is still being worked on."),
  tooLarge: phrase("The request is too large. Send less context."),
  rateLimited: phrase("Too many requests in a short time."),
  quota: phrase("The spend limit of the account is reached."),
  invalidRequest: phrase("The request was not accepted."),
  idempotency: phrase("The request changed between two attempts, which is a fault of this extension."),
  server: phrase("The server has a problem."),
  redirect: phrase(
    "The server pointed to another address, which is not followed, to keep the API token safe.",
  ),
  protocol: phrase("The server's answer could not be read."),
  diverged: phrase("The connection broke, and the answer sent again differs from what is shown."),
  tokenChanged: phrase("The API token or the server's address changed while the request was being retried."),
  noToken: phrase("No API token is set."),
  overBudget: phrase("The budget is used up."),
};

export function isTransientKind(kind: ApiErrorKind): boolean {
  return ["network", "timeout", "conflict", "rateLimited", "server"].includes(kind);
}

function kindOfStatus(status: number, envelope: ErrorEnvelope | undefined): ApiErrorKind {
  if (status >= 300 && status < 400) return "redirect";
  if (status >= 500) return "server";
  const told = kindOfType(envelope?.type, envelope?.code);
  switch (status) {
    case 400:
      return told === "idempotency" ? told : "invalidRequest";
    case 401:
      return "unauthorized";
    case 402:
      return "billing";
    case 403:
      return "forbidden";
    case 404:
      return "notFound";
    case 407:
      return "proxy";
    case 408:
      return "timeout";
    case 409:
      return told === "idempotency" ? told : "conflict";
    case 413:
      return "tooLarge";
    case 429:
      return told === "quota" ? told : "rateLimited";
    default:
      return "invalidRequest";
  }
}

function kindOfType(type: string | undefined, code: string | undefined): ApiErrorKind | undefined {
  return kindsByType.get(type ?? "") ?? kindsByType.get(code ?? "");
}

const kindsByType: ReadonlyMap<string, ApiErrorKind> = new Map([
  ["invalid_request_error", "invalidRequest"],
  ["idempotency_error", "idempotency"],
  ["authentication_error", "unauthorized"],
  ["invalid_api_key", "unauthorized"],
  ["billing_error", "billing"],
  ["permission_error", "forbidden"],
  ["permission_denied_error", "forbidden"],
  ["not_found_error", "notFound"],
  ["model_not_found", "notFound"],
  ["conflict_error", "conflict"],
  ["request_too_large", "tooLarge"],
  ["rate_limit_exceeded", "rateLimited"],
  ["rate_limit_error", "rateLimited"],
  ["insufficient_quota", "quota"],
  ["timeout_error", "timeout"],
  ["server_error", "server"],
  ["api_error", "server"],
  ["overloaded_error", "server"],
]);

/** What a body that is not the API's JSON seems to be; empty where there is nothing to say. */
function describeBody(body: string, status: number, redact: (text: string) => string): PhraseValue {
  if (body.trim() === "") return "";
  if (/^\s*(<!doctype|<html|<\?xml)/i.test(body)) {
    const title = tidy(redact(/<title[^>]*>([^<]*)/i.exec(body)?.[1] ?? ""), "");
    return title === ""
      ? phrase(
          "A web page came instead of an answer (status {0}). Check the base URL, the network and any proxy.",
          status,
        )
      : phrase(
          "A web page titled “{0}” came instead of an answer (status {1}). Check the base URL, the network and any proxy.",
          title,
          status,
        );
  }
  return parseJson(body) === undefined ? tidy(redact(body)) : "";
}

/** One short line without control characters, whatever the server wrote, with an end. */
function tidy(text: string, end = "."): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
  const short = line.length <= 500 ? line : `${line.slice(0, 499)}…`;
  return short === "" || /[.!?…”)]$/.test(short) ? short : `${short}${end}`;
}

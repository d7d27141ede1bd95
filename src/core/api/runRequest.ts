import { abortable, sleep } from "../util/abort.ts";
import type { Clock } from "../util/clock.ts";
import { assertNever } from "../util/assertNever.ts";
import { phrase } from "../util/phrase.ts";
import { Attempt } from "./attempt.ts";
import { parseBaseUrl } from "./baseUrl.ts";
import { ApiError } from "./errors.ts";
import { fingerprintOf } from "./fingerprint.ts";
import type { ApiLog } from "./log.ts";
import type { RequestWatch } from "./meter.ts";
import type { RateBudget } from "./rateBudget.ts";
import { receive } from "./receive.ts";
import { redactor } from "./redact.ts";
import { tokenLimitOf } from "./requestBody.ts";
import { RequestMachine } from "./requestMachine.ts";
import { retryAfterMs } from "./retry.ts";
import { openBody, type OpenedBody } from "./sealedBody.ts";
import type { Timeouts } from "./timeouts.ts";
import type { Access, ChatEvent, PreparedRequest, ShownAnswer } from "./types.ts";

/** What driving a request needs from outside. */
export interface RequestContext {
  readonly access: () => Promise<Access | undefined>;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly random: () => number;
  readonly timeouts: Timeouts;
  readonly rateBudget: RateBudget;
  readonly log: ApiLog;
  /** The token of a webhook's address, for a sealed body. */
  readonly webhookToken: (webhook: string) => Promise<string | undefined>;
  readonly watch: RequestWatch | undefined;
}

/**
 * Drives one logical request to its end: does what the machine's state says and tells it what happened.
 * Throws `ApiError`; after an abort just ends.
 */
export async function* runRequest(
  request: PreparedRequest,
  context: RequestContext,
  signal: AbortSignal,
  shown: ShownAnswer = {},
): AsyncGenerator<ChatEvent, void> {
  try {
    for await (const event of drive(request, context, signal, shown)) {
      // Watched in any case: what the answer took is known though nobody wants it any more.
      context.watch?.event(event);
      if (signal.aborted) return;
      yield event;
    }
  } catch (error) {
    // However a cancel surfaced, it is an outcome and no error.
    if (!signal.aborted) throw error;
  }
}

async function* drive(
  request: PreparedRequest,
  context: RequestContext,
  signal: AbortSignal,
  shown: ShownAnswer,
): AsyncGenerator<ChatEvent, void> {
  const { clock, rateBudget, log } = context;
  let redact = (text: string): string => text;
  const machine = new RequestMachine({
    random: context.random,
    redact: (text) => redact(text),
    tokenLimit: () => tokenLimitOf(request.body),
    shown,
  });
  let livelyMs = 0;
  const { body, webhookToken } = await abortable(openStored(request, context), signal);
  for (;;) {
    const { state } = machine;
    switch (state.type) {
      case "ready": {
        const heldMs = rateBudget.waitMs();
        if (heldMs > 0) yield* hold(machine, heldMs);
        const turn = await rateBudget.turn(signal);
        const token = await authorize(request, context, signal);
        redact = redactor(token, webhookToken);
        machine.sending();
        yield* machine.take();
        const timeouts = { ...context.timeouts, totalMs: context.timeouts.totalMs - livelyMs };
        const attempt = new Attempt({ fetch: context.fetch, clock, timeouts, redact }, signal);
        try {
          const opened = await attempt.open(`${request.baseUrl}/chat/completions`, {
            method: "POST",
            headers: requestHeaders(request, token),
            body,
          });
          if (opened.type === "broken") machine.broken(opened.failure);
          else {
            const { response } = opened;
            const askedMs = retryAfterMs(response.headers, clock.wallNow());
            turn.answered(response.headers, response.status === 429 ? askedMs : undefined);
            yield* receive(machine, attempt, response, { retryAfterMs: askedMs, redact, signal });
          }
        } finally {
          attempt.dispose();
          livelyMs += attempt.livelyMs;
        }
        yield* machine.take();
        break;
      }
      case "waiting":
        log.info(
          `Attempt ${machine.attempts} failed (${summary(state.error)}); the next in ${Math.round(state.wait.delayMs)} ms`,
        );
        await sleep(clock, state.wait.delayMs, signal);
        machine.waited();
        break;
      case "complete":
        log.debug(`Answer complete, attempts: ${machine.attempts}`);
        return;
      case "failed":
        log.warn(`Request failed after ${machine.attempts} attempts: ${summary(state.error)}`);
        throw state.error;
      case "answering":
        // Only after a cancel: an attempt otherwise tells the machine how it ended.
        return;
      default:
        assertNever(state);
    }
  }
}

function* hold(machine: RequestMachine, delayMs: number): Generator<ChatEvent, void> {
  machine.held({ type: "rateLimited", delayMs });
  yield* machine.take();
}

function summary({ kind, details }: ApiError): string {
  const parts = [kind, details.status, details.type, details.reason, details.requestId];
  return parts.filter((part) => part !== undefined).join(", ");
}

function requestHeaders(request: PreparedRequest, token: string): Record<string, string> {
  return {
    Authorization: `Bearer ${token}`,
    "Content-Type": "application/json",
    Accept: request.stream ? "text/event-stream, application/json" : "application/json",
    "Idempotency-Key": request.key,
  };
}

/** A stored request may have been torn: another body with the same key would be refused by the server. */
async function openStored(request: PreparedRequest, context: RequestContext): Promise<OpenedBody> {
  const base = parseBaseUrl(request.baseUrl);
  if (base.type === "error") throw new ApiError("invalidRequest", base.said);
  return openBody(request, context.webhookToken);
}

/** The token, provided it is the one the request was prepared for: another key is another charge. */
async function authorize(
  request: PreparedRequest,
  context: RequestContext,
  signal: AbortSignal,
): Promise<string> {
  const access = await abortable(context.access(), signal);
  if (access === undefined) throw new ApiError("noToken", phrase("No API token is set."));
  const [origin, wanted] = [access.baseUrl, request.baseUrl].map((url) => new URL(url).origin);
  if (origin !== wanted || (await fingerprintOf(access)) !== request.tokenFingerprint) {
    throw new ApiError(
      "tokenChanged",
      phrase(
        "The API token or the server has changed since the request was made. Sending it again may be charged a second time.",
      ),
    );
  }
  return access.token;
}

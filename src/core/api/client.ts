import { abortError, throwIfAborted } from "../util/abort.ts";
import type { Clock } from "../util/clock.ts";
import { phrase } from "../util/phrase.ts";
import { parseJson } from "../util/record.ts";
import { Attempt } from "./attempt.ts";
import { parseBaseUrl } from "./baseUrl.ts";
import { checkParameters } from "./checkParameters.ts";
import { classifyResponse, classifyStrangeBody } from "./classifyResponse.ts";
import { ApiError } from "./errors.ts";
import { fingerprintOf } from "./fingerprint.ts";
import type { ApiLog } from "./log.ts";
import type { RequestMeter } from "./meter.ts";
import { knownModels, type ModelInfo } from "./models.ts";
import { RateBudget, type RateLeft } from "./rateBudget.ts";
import { redactor } from "./redact.ts";
import { retryAfterMs } from "./retry.ts";
import { runRequest } from "./runRequest.ts";
import { sealBody } from "./sealedBody.ts";
import type { Timeouts } from "./timeouts.ts";
import type {
  Access,
  ChatCompletion,
  ChatEvent,
  ChatParameters,
  Finish,
  ModelEntry,
  PreparedRequest,
  ShownAnswer,
  ToolCall,
  Usage,
} from "./types.ts";
import { readModelList, WireError } from "./wire.ts";

export interface ApiClientOptions {
  /** Current base URL and token, or undefined when signed out; asked before every attempt. */
  readonly access: () => Promise<Access | undefined>;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly randomUuid: () => string;
  readonly timeouts: () => Timeouts;
  readonly log: ApiLog;
  /** What is known of models, for checks before sending; `knownModels` when left out. */
  readonly models?: () => readonly ModelInfo[];
  /** The token of a webhook's address: a request prepared before a restart no longer has it. */
  readonly webhookToken?: (webhook: string) => Promise<string | undefined>;
  readonly meter?: RequestMeter;
  /** What is left of the account's rate limit, as each answer says. */
  readonly onRate?: (left: RateLeft) => void;
}

/** The Valar API as the product uses it. Holds no token, no conversation, no timer of its own. */
export class ApiClient {
  readonly #options: ApiClientOptions;
  readonly #running = new Set<string>();
  /** Every attempt sends the token the request was prepared with, also when it has been changed meanwhile. */
  readonly #webhookTokens = new WeakMap<PreparedRequest, string>();
  #budget: { readonly fingerprint: string; readonly budget: RateBudget } | undefined;

  constructor(options: ApiClientOptions) {
    this.#options = options;
  }

  /** Throws `ApiError`, or `AbortError` on abort. */
  async listModels(signal: AbortSignal): Promise<readonly ModelEntry[]> {
    return this.#fetchModels(await this.#access(), signal);
  }

  /** Like `listModels`, as somebody who is not signed in yet. */
  async checkToken(access: Access, signal: AbortSignal): Promise<readonly ModelEntry[]> {
    return this.#fetchModels(normalised(access), signal);
  }

  /**
   * Checks the parameters and freezes them into one logical request; sends nothing. Throws `ParameterError`,
   * `ApiError` of kind `noToken`, or what the meter throws that lets none be sent.
   */
  async prepareChat(parameters: ChatParameters): Promise<PreparedRequest> {
    const models = this.#options.models?.() ?? knownModels;
    checkParameters(
      parameters,
      models.find((model) => model.id === parameters.model),
    );
    const access = await this.#access();
    const [sealed, tokenFingerprint] = await Promise.all([sealBody(parameters), fingerprintOf(access)]);
    const request: PreparedRequest = {
      key: this.#options.randomUuid(),
      ...sealed,
      baseUrl: access.baseUrl,
      tokenFingerprint,
      stream: parameters.stream === true,
    };
    await this.#options.meter?.admit(request);
    if (parameters.webhookToken !== undefined) this.#webhookTokens.set(request, parameters.webhookToken);
    return request;
  }

  /**
   * Runs one logical request: attempts, replays, catching up. Leaving the iteration, or aborting, ends it; after
   * an abort the iteration just ends. Throws `ApiError`. With `shown`, goes on from what the person already has.
   */
  async *streamChat(
    request: PreparedRequest,
    signal: AbortSignal,
    shown?: ShownAnswer,
  ): AsyncGenerator<ChatEvent, void> {
    if (this.#running.has(request.key)) {
      throw new ApiError("conflict", phrase("This request is already running."));
    }
    this.#running.add(request.key);
    const watch = this.#options.meter?.watch(request);
    let failure: unknown;
    try {
      const { access, fetch, clock, random, log } = this.#options;
      const timeouts = this.#options.timeouts();
      const rateBudget = this.#rateBudget(request.tokenFingerprint);
      const context = {
        access: () => normalisedOrNone(access()),
        fetch,
        clock,
        random,
        timeouts,
        rateBudget,
        log,
        webhookToken: (webhook: string) => this.#webhookToken(request, webhook),
        watch,
      };
      yield* runRequest(request, context, signal, shown);
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      this.#running.delete(request.key);
      watch?.ended(failure);
    }
  }

  /** The same for those who want the answer in one piece. Throws `ApiError`, or `AbortError` on abort. */
  async completeChat(request: PreparedRequest, signal: AbortSignal): Promise<ChatCompletion> {
    const text = { content: "", reasoning: "", refusal: "" };
    const toolCalls: ToolCall[] = [];
    let usage: Usage | undefined;
    let finish: Finish | undefined;
    for await (const event of this.streamChat(request, signal)) {
      if (event.type === "delta") text[event.channel] += event.text;
      else if (event.type === "toolCall") toolCalls.push(event.call);
      else if (event.type === "usage") usage = event.usage;
      else if (event.type === "finished") finish = event.finish;
    }
    if (finish === undefined) throw abortError();
    return { ...text, toolCalls, usage, finish };
  }

  async #webhookToken(request: PreparedRequest, webhook: string): Promise<string | undefined> {
    return this.#webhookTokens.get(request) ?? (await this.#options.webhookToken?.(webhook));
  }

  async #access(): Promise<Access> {
    const access = await normalisedOrNone(this.#options.access());
    if (access === undefined) throw new ApiError("noToken", phrase("No API token is set."));
    return access;
  }

  /** The limit belongs to the account, so another token starts afresh. */
  #rateBudget(fingerprint: string): RateBudget {
    if (this.#budget?.fingerprint !== fingerprint) {
      const budget = new RateBudget(this.#options.clock, (left) => {
        if (this.#budget?.budget === budget) this.#options.onRate?.(left);
      });
      this.#budget = { fingerprint, budget };
    }
    return this.#budget.budget;
  }

  async #fetchModels(access: Access, signal: AbortSignal): Promise<readonly ModelEntry[]> {
    const { fetch, clock } = this.#options;
    const redact = redactor(access.token);
    const turn = await this.#rateBudget(await fingerprintOf(access)).turn(signal);
    const attempt = new Attempt({ fetch, clock, timeouts: this.#options.timeouts(), redact }, signal);
    try {
      const opened = await attempt.open(`${access.baseUrl}/models`, {
        method: "GET",
        headers: { Authorization: `Bearer ${access.token}`, Accept: "application/json" },
      });
      throwIfAborted(signal);
      if (opened.type === "broken") throw opened.failure.error;
      const { status, ok, headers } = opened.response;
      turn.answered(headers);
      const { text, failure } = await attempt.readText(maxListBytes);
      throwIfAborted(signal);
      if (failure !== undefined) throw failure.error;
      const requestId = headers.get("x-request-id") ?? undefined;
      const bad = { status, requestId, retryAfterMs: retryAfterMs(headers, clock.wallNow()), body: text };
      if (!ok) throw classifyResponse(bad, redact).error;
      try {
        return readModelList(parseJson(text));
      } catch (error) {
        throw error instanceof WireError ? classifyStrangeBody(bad, redact).error : error;
      }
    } finally {
      attempt.dispose();
    }
  }
}

const maxListBytes = 4 * 1024 * 1024;

async function normalisedOrNone(asked: Promise<Access | undefined>): Promise<Access | undefined> {
  const access = await asked;
  return access && normalised(access);
}

/** Throws `ApiError` when the token could not be sent, or must not be sent to such an address. */
function normalised(access: Access): Access {
  const base = parseBaseUrl(access.baseUrl);
  if (base.type === "error") throw new ApiError("invalidRequest", base.said);
  const token = access.token.trim();
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new ApiError(
      "unauthorized",
      phrase("The API token holds characters that no token has. Set it again."),
    );
  }
  return { baseUrl: base.url, token };
}

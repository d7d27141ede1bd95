import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Clock } from "../../../src/core/util/clock.ts";
import { sleep } from "../clock.ts";
import { createAnswer } from "./answers/createAnswer.ts";
import { ApiFailure, invalid } from "./apiFailure.ts";
import { authenticate, checkFunds, type Principal } from "./auth.ts";
import { modelObject } from "./catalog.ts";
import { asObject, type ChatRequest } from "./chatRequest.ts";
import type { SimulatorConfig } from "./config.ts";
import type { Exchange } from "./exchange.ts";
import { FaultQueue, type Fault, type FaultAction } from "./faults.ts";
import { Gate } from "./gate.ts";
import { createInference, type Inference } from "./inference.ts";
import type { Journal } from "./journal.ts";
import { completeAt } from "./pacing.ts";
import { RateLimiter } from "./rateLimiter.ts";
import { Reservations } from "./reservations.ts";
import { respondWithInference, sendJson, sendStatus } from "./respond.ts";
import { PromptCache } from "./tokens.ts";
import { validateChatRequest } from "./validate.ts";
import { callWebhook } from "./webhook.ts";

/** The Valar API itself: who may ask, what is wrong with the request, which inference answers it. */
export class Api {
  readonly faults = new FaultQueue();
  readonly gate = new Gate();
  readonly reservations = new Reservations();
  /** How often the model was run: what a person would pay for. */
  inferences = 0;
  config: SimulatorConfig;
  /** Told when a fault wants connections refused for a while, milliseconds. */
  onDown: (ms: number) => void = () => undefined;
  readonly #clock: Clock;
  readonly #journal: Journal;
  readonly #limiter: RateLimiter;
  readonly #cache = new PromptCache();

  constructor(config: SimulatorConfig, journal: Journal, clock: Clock) {
    this.config = config;
    this.#journal = journal;
    this.#clock = clock;
    this.#limiter = new RateLimiter(clock);
  }

  /** Forgets everything but the configuration. */
  reset(): void {
    this.faults.clear();
    this.gate.release();
    this.reservations.clear();
    this.#cache.clear();
    this.#limiter.clear();
    this.inferences = 0;
  }

  async handle(exchange: Exchange): Promise<void> {
    try {
      const tooLarge = !(await this.#readBody(exchange));
      const fault = this.#takeFault(exchange);
      if (fault?.latencyMs && !(await sleep(this.#clock, fault.latencyMs, exchange.left))) return;
      await this.#answer(exchange, fault, tooLarge);
      if (fault?.downMs) this.onDown(fault.downMs);
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      exchange.send(error.status, JSON.stringify(error.envelope), error.headers);
    }
  }

  /** Reads the body; false when it is too large, and then only its beginning is kept. */
  async #readBody(exchange: Exchange): Promise<boolean> {
    const { entry, request } = exchange;
    const body = await readAll(request, this.config.maxBodyBytes);
    entry.bodyText = body.bytes.toString("utf8");
    entry.bodyHash = createHash("sha256").update(body.bytes).digest("hex");
    entry.body = asObject(parseJson(entry.bodyText));
    if (entry.idempotencyKey !== undefined) {
      const same = this.#journal.entries.filter((other) => other.idempotencyKey === entry.idempotencyKey);
      entry.attempt = Math.max(1, same.indexOf(entry) + 1);
    }
    return !body.tooLarge;
  }

  #takeFault(exchange: Exchange): Fault | undefined {
    const fault = this.faults.take(exchange.entry);
    if (fault) exchange.entry.fault = fault.name ?? fault.action.type;
    exchange.changed();
    return fault;
  }

  async #answer(exchange: Exchange, fault: Fault | undefined, tooLarge: boolean): Promise<void> {
    const action: FaultAction = fault?.action ?? { type: "none" };
    if (action.type === "status" && !(action.reserve ?? isServerSide(action.status))) {
      sendStatus(exchange, action);
      return;
    }
    const principal = this.#admit(exchange);
    if (tooLarge) {
      const message = `The body may have at most ${this.config.maxBodyBytes} bytes.`;
      throw new ApiFailure(413, "invalid_request_error", message, { code: "request_too_large" });
    }
    const respond = this.#route(exchange, principal);
    const inference = await respond.inference;
    switch (action.type) {
      case "status":
        sendStatus(exchange, action);
        return;
      case "reset":
        return exchange.reset();
      case "stall":
        return;
      case "hold":
        exchange.entry.held = true;
        exchange.changed();
        if (!(await this.gate.pass(exchange.left))) return;
        exchange.entry.held = false;
        break;
      default:
        break;
    }
    const { config, gate } = this;
    const delivery = { ...config.delivery, ...fault?.delivery };
    const settings = { config, clock: this.#clock, delivery, gate, action };
    if (inference) await respondWithInference(exchange, inference, settings);
    else await sendJson(exchange, respond.json, settings);
  }

  /** Authenticates and counts the request against the rate limit, which is shown on every response. */
  #admit(exchange: Exchange): Principal {
    const { config } = this;
    const principal = authenticateShowingRate(exchange, config);
    const rate = this.#limiter.take(principal.organization, config.requestsPerMinute);
    exchange.showRate(rate);
    if (!rate.allowed) {
      const message = `More than ${rate.limit} requests a minute. Try again in ${rate.retryAfterSeconds} s.`;
      const headers = { "Retry-After": String(rate.retryAfterSeconds) };
      throw new ApiFailure(429, "rate_limit_exceeded", message, { code: "rate_limit_exceeded", headers });
    }
    return principal;
  }

  #route(exchange: Exchange, principal: Principal): { inference?: Promise<Inference>; json: string } {
    const { method, path } = exchange.entry;
    const route = `${method} ${path}`;
    if (route === "GET /v1/models") {
      return { json: JSON.stringify({ object: "list", data: this.config.models.map(modelObject) }) };
    }
    if (route === "POST /v1/chat/completions") {
      return { inference: this.#infer(exchange, principal), json: "" };
    }
    const knownPath = path === "/v1/models" || path === "/v1/chat/completions";
    throw new ApiFailure(knownPath ? 405 : 404, "invalid_request_error", `Unknown request: ${route}.`, {
      code: knownPath ? "method_not_allowed" : "not_found",
    });
  }

  /** The stored inference of this reservation, or a new one. */
  #infer(exchange: Exchange, principal: Principal): Promise<Inference> {
    const { entry } = exchange;
    const key = entry.idempotencyKey;
    if (key !== undefined && key.length > 255) {
      throw invalid(
        "Idempotency-Key",
        `Idempotency-Key may have at most 255 characters (got ${key.length}).`,
      );
    }
    const body = parseJson(entry.bodyText);
    if (body === undefined) throw new ApiFailure(400, "invalid_request_error", "The body is not valid JSON.");
    const request = validateChatRequest(body, this.config);
    entry.unknownFields = request.unknownFields;
    const reservation = [principal.organization, principal.keyHash, key].join("\n");
    const stored = key === undefined ? undefined : this.reservations.find(reservation, entry.bodyHash);
    if (stored) {
      entry.replay = true;
      return stored;
    }
    checkFunds(principal);
    const started = this.#start(request, principal.organization);
    if (key !== undefined) this.reservations.store(reservation, entry.bodyHash, started);
    return started;
  }

  #start(request: ChatRequest, organization: string): Promise<Inference> {
    const { config } = this;
    const scope = `${organization}\n${request.model.id}`;
    const promptTokens = this.#cache.count(scope, request.messages);
    if (config.contextTokens > 0 && promptTokens.prompt > config.contextTokens) {
      const message = `The prompt has ${promptTokens.prompt} tokens; the model takes ${config.contextTokens}.`;
      throw invalid("messages", message, "context_length_exceeded");
    }
    this.inferences++;
    const startedAt = this.#clock.now();
    const { truncatedFinishReason, usageDetails } = config;
    return createAnswer(request, config).then((answer) => {
      const settings = { startedAt, promptTokens, truncatedFinishReason, usageDetails };
      const inference = createInference(request, answer, settings);
      if (config.webhooks && request.webhook) {
        const delay = Math.max(0, completeAt(inference, config) - this.#clock.now());
        const { webhook } = request;
        this.#clock.setTimeout(() => void callWebhook(webhook, inference), delay);
      }
      return inference;
    });
  }
}

function authenticateShowingRate(exchange: Exchange, config: SimulatorConfig): Principal {
  try {
    return authenticate(exchange.request.headers.authorization, config.keys);
  } catch (error) {
    // Nobody's bucket: the headers are there all the same.
    const limit = config.requestsPerMinute;
    exchange.showRate({ allowed: true, limit, remaining: limit, resetSeconds: 0, retryAfterSeconds: 0 });
    throw error;
  }
}

/** By default a failure on the server's side comes after the reservation, one on the client's side before. */
function isServerSide(status: number): boolean {
  return status === 408 || status >= 500;
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

async function readAll(request: IncomingMessage, max: number): Promise<{ bytes: Buffer; tooLarge: boolean }> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    if (!Buffer.isBuffer(part)) continue;
    size += part.length;
    // What is too much is read and thrown away, so that the client gets to read the answer.
    if (size <= max) parts.push(part);
  }
  return { bytes: Buffer.concat(parts), tooLarge: size > max };
}

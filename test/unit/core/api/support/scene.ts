import assert from "node:assert/strict";
import { setImmediate as nextTurn } from "node:timers/promises";
import { inspect } from "node:util";
import { ApiClient } from "../../../../../src/core/api/client.ts";
import { ApiError } from "../../../../../src/core/api/errors.ts";
import type { RequestMeter } from "../../../../../src/core/api/meter.ts";
import { defaultTimeouts } from "../../../../../src/core/api/timeouts.ts";
import type {
  Access,
  Channel,
  ChatEvent,
  ChatParameters,
  Finish,
  PreparedRequest,
  ShownAnswer,
  ToolCall,
} from "../../../../../src/core/api/types.ts";
import { ManualClock } from "../../../../support/clock.ts";

export const token = "sk_test_valar_simulator";
export const model = "zai-org/GLM-5.1-FP8";

/** What a request led to, as its caller saw it. */
export interface Outcome {
  readonly events: ChatEvent[];
  readonly text: Record<Channel, string>;
  readonly toolCalls: ToolCall[];
  readonly phases: string[];
  readonly finish: Finish | undefined;
  readonly error: ApiError | undefined;
}

interface Sent {
  readonly url: string;
  readonly key: string | null;
  readonly authorization: string | null;
  readonly body: string;
}

export interface SceneOptions {
  readonly fetch?: typeof globalThis.fetch;
  readonly baseUrl?: string;
  readonly random?: () => number;
  readonly access?: () => Promise<Access | undefined>;
  readonly webhookToken?: (webhook: string) => Promise<string | undefined>;
  readonly meter?: RequestMeter;
}

/** A client whose time stands still and whose every request and log line is recorded. */
export class Scene {
  readonly clock = new ManualClock();
  readonly sent: Sent[] = [];
  readonly log: string[] = [];
  readonly client: ApiClient;
  /** Waits the client asked for, ms. */
  readonly waits: number[] = [];

  constructor(options: SceneOptions = {}) {
    const fetch = options.fetch ?? globalThis.fetch;
    const { baseUrl = "https://api.example.test/v1" } = options;
    const note = (line: string): void => void this.log.push(line);
    let uuid = 0;
    this.client = new ApiClient({
      access: options.access ?? (() => Promise.resolve({ baseUrl, token })),
      fetch: (input, init = {}) => {
        const headers = new Headers(init.headers);
        if (typeof input !== "string") assert.fail("the client asks by text");
        this.sent.push({
          url: input,
          key: headers.get("idempotency-key"),
          authorization: headers.get("authorization"),
          body: typeof init.body === "string" ? init.body : "",
        });
        return fetch(input, init);
      },
      clock: this.clock,
      random: options.random ?? (() => 0.5),
      randomUuid: () => `key-${(uuid += 1)}-${crypto.randomUUID()}`,
      timeouts: () => defaultTimeouts,
      log: { debug: note, info: note, warn: note },
      ...(options.webhookToken === undefined ? {} : { webhookToken: options.webhookToken }),
      ...(options.meter === undefined ? {} : { meter: options.meter }),
    });
  }

  prepare(parameters: Partial<ChatParameters> | string = "hello"): Promise<PreparedRequest> {
    const given = typeof parameters === "string" ? { messages: userSays(parameters) } : parameters;
    return this.client.prepareChat({
      model,
      messages: userSays("hello"),
      stream: true,
      includeUsage: true,
      ...given,
    });
  }

  /** Runs a request to its end. Waits pass at once; `onEvent` may do something at a certain point. */
  async run(
    request: PreparedRequest,
    options: {
      readonly signal?: AbortSignal;
      readonly shown?: ShownAnswer;
      readonly onEvent?: (event: ChatEvent) => void | Promise<void>;
      readonly passWaits?: boolean;
    } = {},
  ): Promise<Outcome> {
    const { signal = new AbortController().signal, passWaits = true } = options;
    const outcome = {
      events: [] as ChatEvent[],
      text: { content: "", reasoning: "", refusal: "" },
      toolCalls: [] as ToolCall[],
      phases: [] as string[],
      finish: undefined as Finish | undefined,
      error: undefined as ApiError | undefined,
    };
    try {
      for await (const event of this.client.streamChat(request, signal, options.shown)) {
        assert.equal(outcome.finish, undefined, "nothing comes after finished");
        outcome.events.push(event);
        if (event.type === "delta") outcome.text[event.channel] += event.text;
        if (event.type === "toolCall") outcome.toolCalls.push(event.call);
        if (event.type === "finished") outcome.finish = event.finish;
        if (event.type === "phase") {
          outcome.phases.push(event.phase.type);
          if ("delayMs" in event.phase) {
            this.waits.push(event.phase.delayMs);
            if (passWaits) void this.#pass(event.phase.delayMs);
          }
        }
        await options.onEvent?.(event);
      }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      outcome.error = error;
    }
    this.checkOracle(outcome);
    return outcome;
  }

  /** Moves time on in steps until `condition` holds. */
  async advanceUntil(stepMs: number, condition: () => boolean): Promise<void> {
    while (!condition()) {
      await nextTurn();
      this.clock.advance(stepMs);
    }
  }

  /** What holds for every request, whatever happened to it. */
  checkOracle(outcome: Outcome): void {
    const chats = this.sent.filter(({ url }) => url.endsWith("/chat/completions"));
    for (const field of ["key", "body", "authorization"] as const) {
      assert.ok(new Set(chats.map((sent) => sent[field])).size <= 1, `one ${field} for all attempts`);
    }
    const told = inspect([outcome.events, outcome.error, this.log], { depth: 12, maxStringLength: null });
    assert.ok(!told.includes(token) && !/bearer/i.test(told), "no token in events, errors or logs");
    assert.equal(this.clock.pending, 0, "no timer left");
    assert.ok(outcome.finish === undefined || outcome.error === undefined, "one final state");
  }

  async #pass(delayMs: number): Promise<void> {
    // The wait's timer is set after the event has been taken.
    await nextTurn();
    this.clock.advance(delayMs);
  }
}

export function userSays(content: string): ChatParameters["messages"] {
  return [{ role: "user", content }];
}

/** The error of an outcome that must have failed with this kind. */
export function failed(outcome: Outcome, kind: ApiError["kind"]): ApiError {
  assert.ok(outcome.error !== undefined, `expected ${kind}, but it ended well`);
  assert.equal(outcome.error.kind, kind, outcome.error.message);
  return outcome.error;
}

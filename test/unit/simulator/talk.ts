import { createParser } from "eventsource-parser";
import { isObject, type JsonObject } from "../../support/simulator/chatRequest.ts";
import { testKey } from "../../support/simulator/config.ts";
import { startSimulator, type Simulator, type SimulatorOptions } from "../../support/simulator/server.ts";

export const model = "zai-org/GLM-5.1-FP8";

/** Runs with a simulator of its own, closed afterwards whatever happens. */
export async function withSimulator(
  options: SimulatorOptions,
  run: (simulator: Simulator) => Promise<void>,
): Promise<void> {
  const simulator = await startSimulator(options);
  try {
    await run(simulator);
  } finally {
    await simulator.close();
  }
}

/** A minimal body with one question. */
export function question(content: string, more: object = {}): object {
  return { model, messages: [{ role: "user", content }], ...more };
}

export interface PostOptions {
  readonly key?: string;
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
  readonly redirect?: RequestRedirect;
}

/** Sends a body, given as an object or as its exact text. */
export function post(
  simulator: Simulator,
  body: object | string,
  options: PostOptions = {},
): Promise<Response> {
  return fetch(`${simulator.baseUrl}/chat/completions`, {
    method: "POST",
    headers: {
      Authorization: `Bearer ${options.key ?? testKey}`,
      "Content-Type": "application/json",
      ...(options.idempotencyKey === undefined ? {} : { "Idempotency-Key": options.idempotencyKey }),
    },
    body: typeof body === "string" ? body : JSON.stringify(body),
    signal: options.signal ?? null,
    redirect: options.redirect ?? "follow",
  });
}

/** The JSON object of a response. */
export async function json(response: Response): Promise<JsonObject> {
  const value: unknown = await response.json();
  if (!isObject(value)) throw new Error("The response is no JSON object.");
  return value;
}

/** The value at a path such as `choices.0.message.content`. */
export function at(value: unknown, path: string): unknown {
  let target = value;
  for (const part of path.split(".")) {
    if (Array.isArray(target)) target = target[Number(part)];
    else target = isObject(target) ? target[part] : undefined;
  }
  return target;
}

/** `status type param code` of an error response, after a check that it is an envelope. */
export async function refusal(response: Response): Promise<string> {
  const error = at(await json(response), "error");
  return [response.status, at(error, "type"), at(error, "param"), at(error, "code")].map(String).join(" ");
}

/** The string at a path, empty when there is none. */
export function textAt(value: unknown, path: string): string {
  const found = at(value, path);
  return typeof found === "string" ? found : "";
}

export interface Transcript {
  /** Data of each event, `[DONE]` included. */
  readonly data: readonly string[];
  readonly chunks: readonly JsonObject[];
  readonly content: string;
  readonly reasoning: string;
  /** How the body ended. */
  readonly end: "clean" | "broken";
}

/** Reads a stream to its end, however it ends. */
export async function readStream(response: Response): Promise<Transcript> {
  const data: string[] = [];
  const parser = createParser({ onEvent: (event) => void data.push(event.data) });
  let end: Transcript["end"] = "clean";
  try {
    const decoder = new TextDecoder();
    let last = "";
    for await (const bytes of response.body ?? []) {
      last = decoder.decode(bytes, { stream: true });
      parser.feed(last);
    }
    // The parser waits whether a line feed follows the last carriage return.
    if (last.endsWith("\r")) parser.feed("\n");
  } catch {
    end = "broken";
  }
  const chunks = data.flatMap((text) => {
    const value = parse(text);
    return isObject(value) ? [value] : [];
  });
  return {
    data,
    chunks,
    content: join(chunks, "content"),
    reasoning: join(chunks, "reasoning_content"),
    end,
  };
}

function join(chunks: readonly JsonObject[], field: string): string {
  return chunks.map((chunk) => textAt(chunk, `choices.0.delta.${field}`)).join("");
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/** The whole content of an unstreamed answer. */
export async function ask(simulator: Simulator, body: object): Promise<string> {
  return String(at(await json(await post(simulator, body)), "choices.0.message.content"));
}

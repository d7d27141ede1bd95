import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { bearerToken, shortHash } from "./auth.ts";
import type { Journal, JournalEntry, Outcome } from "./journal.ts";
import type { RateState } from "./rateLimiter.ts";

/** One API request and its response, with what both sides may know of it. */
export class Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly entry: JournalEntry;
  /** Aborted when the client has left or the simulator closes. */
  readonly left: AbortSignal;
  readonly #journal: Journal;
  readonly #headers: Record<string, string>;

  constructor(request: IncomingMessage, response: ServerResponse, journal: Journal, cors: boolean) {
    this.request = request;
    this.response = response;
    this.#journal = journal;
    const requestId = `req_${randomUUID().replaceAll("-", "")}`;
    this.#headers = { "X-Request-ID": requestId, ...(cors ? corsHeaders() : {}) };
    this.entry = newEntry(request, requestId, journal.nextNumber());
    journal.add(this.entry);
    const left = new AbortController();
    this.left = left.signal;
    response.on("close", () => {
      if (!response.writableFinished) this.end("clientLeft");
      left.abort();
    });
  }

  /** The header with this name, in lower case. */
  header(name: string): string | undefined {
    return this.entry.headers[name];
  }

  showRate(rate: RateState): void {
    if (rate.limit === 0) return;
    this.#headers["X-RateLimit-Limit"] = String(rate.limit);
    this.#headers["X-RateLimit-Remaining"] = String(rate.remaining);
    this.#headers["X-RateLimit-Reset"] = String(rate.resetSeconds);
  }

  writeHead(status: number, headers: Readonly<Record<string, string>>): void {
    this.entry.status = status;
    this.response.socket?.setNoDelay(true);
    this.response.writeHead(status, { ...this.#headers, ...headers });
    this.response.flushHeaders();
    this.changed();
  }

  /** Sends a whole response in good order. */
  send(status: number, body: string, headers: Readonly<Record<string, string>> = {}): void {
    const bytes = Buffer.from(body);
    this.entry.status = status;
    this.entry.bytesWritten = bytes.length;
    this.response.writeHead(status, {
      ...this.#headers,
      "Content-Type": "application/json",
      "Content-Length": String(bytes.length),
      ...headers,
    });
    this.response.end(bytes);
    this.end("answered");
  }

  /** TCP reset, after what was written had a chance to arrive. */
  async reset(): Promise<void> {
    await turn();
    this.end("broken");
    this.response.socket?.resetAndDestroy();
  }

  /** Closes the connection in the middle of the body. */
  async drop(): Promise<void> {
    await turn();
    this.end("broken");
    this.response.socket?.destroy();
  }

  /** Notes how it ended; the first word counts. */
  end(outcome: Outcome): void {
    if (this.entry.outcome !== "open") return;
    this.entry.outcome = outcome;
    this.entry.endedAt = epochNow();
    this.changed();
  }

  changed(): void {
    this.#journal.changed();
  }
}

/** Epoch milliseconds with fractions. */
export function epochNow(): number {
  return performance.timeOrigin + performance.now();
}

export function corsHeaders(): Record<string, string> {
  return {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, POST, DELETE, OPTIONS",
    "Access-Control-Allow-Headers": "*, Authorization, Content-Type, Idempotency-Key",
    "Access-Control-Expose-Headers":
      "X-Request-ID, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, Retry-After",
  };
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}

function newEntry(request: IncomingMessage, requestId: string, number: number): JournalEntry {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (name === "authorization" || value === undefined) continue;
    headers[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  const token = bearerToken(request.headers.authorization);
  return {
    number,
    method: request.method ?? "GET",
    path: new URL(request.url ?? "/", "http://simulator").pathname,
    headers,
    keyHash: token === undefined ? undefined : shortHash(token),
    idempotencyKey: headers["idempotency-key"],
    requestId,
    receivedAt: epochNow(),
    bodyText: "",
    bodyHash: "",
    body: undefined,
    attempt: 1,
    unknownFields: [],
    fault: undefined,
    status: undefined,
    responseId: undefined,
    replay: false,
    outcome: "open",
    held: false,
    bytesWritten: 0,
    contentWritten: 0,
    firstContentAt: undefined,
    endedAt: undefined,
  };
}

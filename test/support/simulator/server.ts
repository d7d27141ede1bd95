import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { createSystemClock, type Clock } from "../../../src/core/util/clock.ts";
import { Api } from "./api.ts";
import { defaultConfig, type SimulatorConfig } from "./config.ts";
import { handleControl, type ControlledSimulator } from "./control.ts";
import { defaultDelivery, type Delivery } from "./delivery.ts";
import { corsHeaders, Exchange } from "./exchange.ts";
import type { FaultQueue } from "./faults.ts";
import { envelopeOf } from "./respond.ts";
import { Journal, type JournalEntry } from "./journal.ts";

export interface SimulatorOptions extends Omit<Partial<SimulatorConfig>, "delivery"> {
  readonly delivery?: Partial<Delivery>;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  readonly host?: string;
  readonly clock?: Clock;
}

export interface SimulatorStats {
  readonly requests: number;
  readonly chatRequests: number;
  readonly inferences: number;
  readonly replays: number;
  readonly reservations: number;
  /** Requests that are being answered. */
  readonly open: number;
  /** Answers that wait for `release`. */
  readonly held: number;
  readonly faultsLeft: number;
}

/** A running simulator, as tests in the same process use it. Others use its control endpoints. */
export interface Simulator {
  /** E.g. `http://127.0.0.1:1234/v1`. */
  readonly baseUrl: string;
  readonly origin: string;
  readonly config: SimulatorConfig;
  readonly faults: FaultQueue;
  readonly requests: readonly JournalEntry[];
  /** How often the model was run. */
  readonly inferences: number;
  stats(): SimulatorStats;
  configure(change: SimulatorOptions): void;
  /** Resolves once `test` holds for the journal; with false when `signal` was aborted first. */
  waitUntil(test: (requests: readonly JournalEntry[]) => boolean, signal?: AbortSignal): Promise<boolean>;
  /** Lets held answers go on. */
  release(): void;
  /** Resets every open API connection. */
  dropConnections(): void;
  /** Refuses connections until `up`; drops the open ones. */
  down(): void;
  /** Listens again on the same port. */
  up(): Promise<void>;
  /** Forgets requests, faults, stored responses and configuration changes. */
  reset(): void;
  close(): Promise<void>;
}

/** Starts a simulator of the Valar API. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const server = new SimulatorServer(options);
  await server.up();
  return server;
}

class SimulatorServer implements ControlledSimulator {
  readonly #options: SimulatorOptions;
  readonly #journal = new Journal();
  readonly #api: Api;
  readonly #host: string;
  #port: number;
  #server: Server | undefined;
  #closed = false;
  readonly #sockets = new Set<Socket>();
  readonly #controlSockets = new WeakSet<Socket>();
  readonly #clock: Clock;

  constructor(options: SimulatorOptions) {
    this.#options = options;
    this.#host = options.host ?? "127.0.0.1";
    this.#port = options.port ?? 0;
    this.#clock = options.clock ?? createSystemClock();
    this.#api = new Api(defaultConfig(), this.#journal, this.#clock);
    this.configure(options);
    this.#api.onDown = (ms) => this.downFor(ms);
  }

  get origin(): string {
    return `http://${this.#host.includes(":") ? `[${this.#host}]` : this.#host}:${this.#port}`;
  }

  get baseUrl(): string {
    return `${this.origin}/v1`;
  }

  get config(): SimulatorConfig {
    return this.#api.config;
  }

  get faults(): FaultQueue {
    return this.#api.faults;
  }

  get requests(): readonly JournalEntry[] {
    return this.#journal.entries;
  }

  get inferences(): number {
    return this.#api.inferences;
  }

  stats(): SimulatorStats {
    const { entries } = this.#journal;
    return {
      requests: this.#journal.count,
      chatRequests: entries.filter((entry) => entry.path.endsWith("/chat/completions")).length,
      inferences: this.#api.inferences,
      replays: entries.filter((entry) => entry.replay).length,
      reservations: this.#api.reservations.size,
      open: entries.filter((entry) => entry.outcome === "open").length,
      held: this.#api.gate.waiting,
      faultsLeft: this.#api.faults.pending.length,
    };
  }

  configure(change: SimulatorOptions): void {
    const { config } = this.#api;
    const delivery = { ...config.delivery, ...change.delivery };
    this.#api.config = { ...config, ...change, delivery };
  }

  waitUntil(
    test: (requests: readonly JournalEntry[]) => boolean,
    signal = new AbortController().signal,
  ): Promise<boolean> {
    return this.#journal.waitUntil(test, signal);
  }

  release(): void {
    this.#api.gate.release();
  }

  dropConnections(): void {
    for (const socket of this.#sockets) {
      if (!this.#controlSockets.has(socket)) socket.resetAndDestroy();
    }
  }

  down(): void {
    const server = this.#server;
    this.#server = undefined;
    // Listening stops at once; the callback waits for the control connection that may have asked for this.
    server?.close();
    this.dropConnections();
  }

  async up(): Promise<void> {
    if (this.#server || this.#closed) return;
    const server = createServer((request, response) => this.#onRequest(request, response));
    this.#server = server;
    // A client that keeps its connection must not meet a close at the moment it asks again.
    server.keepAliveTimeout = 120_000;
    server.requestTimeout = 0;
    server.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(this.#port, this.#host, () => {
        server.off("error", reject);
        resolve();
      });
    });
    this.#port = portOf(server.address());
  }

  reset(): void {
    this.#journal.clear();
    this.#api.reset();
    this.#api.config = defaultConfig();
    this.configure({ delivery: defaultDelivery(), ...this.#options });
  }

  async close(): Promise<void> {
    this.#closed = true;
    const server = this.#server;
    this.#server = undefined;
    for (const socket of this.#sockets) socket.destroy();
    if (server) await new Promise((resolve) => server.close(resolve));
  }

  downFor(ms: number): void {
    this.down();
    this.#clock.setTimeout(() => void this.up(), ms);
  }

  #onRequest(request: IncomingMessage, response: ServerResponse): void {
    const { config } = this.#api;
    if (request.url?.startsWith("/__simulator")) {
      this.#controlSockets.add(request.socket);
      void handleControl(request, response, this);
      return;
    }
    if (request.method === "OPTIONS" && config.cors) {
      response.writeHead(204, corsHeaders()).end();
      return;
    }
    const exchange = new Exchange(request, response, this.#journal, config.cors);
    this.#api.handle(exchange).catch((error: unknown) => {
      // A client that leaves while its request is read ends here too.
      if (!exchange.left.aborted) console.error("Valar API simulator:", error);
      if (response.headersSent) response.destroy();
      else exchange.send(500, JSON.stringify(envelopeOf(500)));
    });
  }
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === "string") throw new Error("The server has no TCP address.");
  return address.port;
}
